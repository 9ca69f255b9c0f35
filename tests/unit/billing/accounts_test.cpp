#include "hotline/billing/accounts.h"

#include <gtest/gtest.h>

namespace hotline::billing {
namespace {

const Tariff kByMinute{Money::from_li(300), Seconds(60), Seconds(60)};
constexpr WallTime kNow{Milliseconds(1'780'000'000'000)};

Book active(std::int64_t posted_li) {
  Book book{"acme", Money::from_li(posted_li), {}, standing_of_new(kNow), {}, {}};
  book.standing.state = AccountState::active;
  return book;
}

Package package(std::int64_t min_balance_li) {
  Package package;
  package.min_balance = Money::from_li(min_balance_li);
  return package;
}

Admission admit(Accounts& accounts, std::int64_t min_balance_li, const Tariff& tariff = kByMinute) {
  return accounts.admit("acme", package(min_balance_li), tariff);
}

TEST(Accounts, admits_only_who_can_pay_the_first_unit) {
  struct Row {
    std::int64_t balance_li;
    std::int64_t min_balance_li;
    Admission verdict;
  };
  const Row rows[] = {
      {15'000, 15'000, Admission::granted}, {14'999, 15'000, Admission::suspended},
      {300, 0, Admission::granted},         {299, 0, Admission::no_credit},
      {0, 0, Admission::no_credit},         {-1, 0, Admission::suspended},
  };
  for (const Row& row : rows) {
    Accounts accounts;
    accounts.open(active(row.balance_li));
    EXPECT_EQ(admit(accounts, row.min_balance_li), row.verdict) << row.balance_li;
  }
  Accounts nobody;
  EXPECT_EQ(admit(nobody, 0), Admission::suspended);
}

TEST(Accounts, reservations_stand_between_calls) {
  Accounts accounts;
  accounts.open(active(700));
  EXPECT_EQ(admit(accounts, 0), Admission::granted);
  const Reserved reserved = accounts.reserve("acme", kByMinute, 1, 5);
  EXPECT_EQ(reserved.units, 1) << "400 are left";
  EXPECT_EQ(reserved.amount, Money::from_li(300));
  EXPECT_EQ(admit(accounts, 0), Admission::no_credit);
  accounts.settle("acme", Money::from_li(600), Money::from_li(300), kNow, kNow);
  EXPECT_EQ(accounts.find("acme")->posted.li(), 400);
  EXPECT_EQ(accounts.find("acme")->reserved.li(), 0);
}

// Two units at 0.300, then 0.100 each: 0.790 pay the set-up fee, both dear ones and one cheap one.
TEST(Accounts, units_in_a_row_cost_what_each_costs) {
  const Tariff tariff = *tariff_from_text("0.300 60/60 setup 0.050 from 120 0.100");
  Accounts accounts;
  accounts.open(active(350));
  EXPECT_EQ(admit(accounts, 0, tariff), Admission::granted);
  EXPECT_EQ(accounts.find("acme")->reserved.li(), 350);
  accounts.moved("acme", Money::from_li(440), EntryKind::recharge, kNow);
  const Reserved reserved = accounts.reserve("acme", tariff, 1, 3);
  EXPECT_EQ(reserved.units, 2);
  EXPECT_EQ(reserved.amount.li(), 400);
  EXPECT_EQ(accounts.find("acme")->available().li(), 40);
}

TEST(Accounts, who_cannot_pay_the_set_up_fee_too_is_refused) {
  const Tariff tariff = *tariff_from_text("0.300 60/60 setup 0.050");
  Accounts accounts;
  accounts.open(active(349));
  EXPECT_EQ(admit(accounts, 0, tariff), Admission::no_credit);
  EXPECT_EQ(accounts.find("acme")->reserved, Money());
}

TEST(Accounts, a_negative_balance_affords_nothing) {
  Accounts accounts;
  accounts.open(active(-100));
  EXPECT_EQ(accounts.reserve("acme", kByMinute, 1, 1).units, 0);
  EXPECT_EQ(accounts.reserve("acme", Tariff{}, 1, 1).units, 1) << "what costs nothing";
}

// As many as would be reserved, and nothing is.
TEST(Accounts, foresees_what_it_would_reserve) {
  const Tariff tariff = *tariff_from_text("0.300 60/60 setup 0.050 from 120 0.100");
  Accounts accounts;
  accounts.open(active(350));
  ASSERT_EQ(admit(accounts, 0, tariff), Admission::granted);
  EXPECT_EQ(accounts.foresee("acme", tariff, 1, 3), 0);
  accounts.moved("acme", Money::from_li(440), EntryKind::recharge, kNow);
  EXPECT_EQ(accounts.foresee("acme", tariff, 1, 1), 1);
  EXPECT_EQ(accounts.foresee("acme", tariff, 1, 3), 2);
  EXPECT_EQ(accounts.foresee("acme", tariff, 1, 0), 0);
  EXPECT_EQ(accounts.foresee("acme", Tariff{}, 1, 7), 7) << "what costs nothing";
  EXPECT_EQ(accounts.find("acme")->available().li(), 440);
  EXPECT_EQ(accounts.reserve("acme", tariff, 1, 3).units, 2);
}

TEST(Accounts, overspending_aborts) {
  Accounts accounts;
  accounts.open(active(300));
  ASSERT_EQ(admit(accounts, 0), Admission::granted);
  EXPECT_DEATH(accounts.settle("acme", Money::from_li(300), Money::from_li(301), kNow, kNow),
               "contract broken");
}

// The account's own package, from the day it is known.
struct World {
  World() {
    auto agreed = std::make_shared<Package>(package(15'000));
    agreed->low_balance = Money::from_li(50'000);
    terms["acme"] = Terms{agreed, {}};
    accounts.use(terms, kNow);
  }
  // What became of the state, in words: "low by call_charge".
  std::string news() {
    std::string said;
    for (const Posting& posting : accounts.take_postings()) {
      for (const AccountEvent& event : posting.events) {
        said += std::string(said.empty() ? "" : ", ") + std::string(to_string(event.to)) + " by " +
                event.cause;
      }
    }
    return said;
  }
  void spend(std::int64_t li) {
    const Tariff whole{Money::from_li(li), Seconds(60), Seconds(60)};
    ASSERT_EQ(accounts.reserve("acme", whole, 0, 1).units, 1);
    accounts.settle("acme", Money::from_li(li), Money::from_li(li), kNow, kNow);
  }

  TermsOf terms;
  Accounts accounts;
};

TEST(Accounts, calls_and_payments_move_the_state) {
  World world;
  world.accounts.open(active(50'600));
  world.spend(600);
  EXPECT_EQ(world.news(), "") << "50.000 is not below 50";
  world.spend(1);
  EXPECT_EQ(world.news(), "low by call_charge");
  world.spend(35'000);
  EXPECT_EQ(world.news(), "suspended by call_charge");
  EXPECT_EQ(admit(world.accounts, 0), Admission::suspended);
  world.accounts.moved("acme", Money::from_li(100'000), EntryKind::recharge, kNow);
  EXPECT_EQ(world.news(), "active by recharge");
  EXPECT_EQ(admit(world.accounts, 0), Admission::granted);
  world.accounts.moved("acme", Money::from_li(-100'000), EntryKind::adjustment, kNow);
  EXPECT_EQ(world.news(), "suspended by adjustment");
}

TEST(Accounts, new_terms_move_the_state) {
  World world;
  world.accounts.open(active(20'000));
  TermsOf stricter;
  stricter["acme"] = Terms{std::make_shared<Package>(package(30'000)), {}};
  world.accounts.use(stricter, kNow);
  EXPECT_EQ(world.news(), "suspended by configuration");
}

TEST(Accounts, without_terms_the_state_stays) {
  Accounts accounts;
  accounts.open(active(20'000));
  accounts.moved("acme", Money::from_li(-19'000), EntryKind::adjustment, kNow);
  EXPECT_TRUE(accounts.take_postings().empty());
  EXPECT_EQ(admit(accounts, 0), Admission::granted);
}

TEST(Accounts, a_closed_account_serves_nobody_however_rich) {
  World world;
  world.accounts.open(active(900'000));
  world.accounts.close("acme", {{}, kNow, {}, "closed", "wang", "moved away"});
  EXPECT_EQ(world.news(), "closed by closed");
  world.accounts.moved("acme", Money::from_li(1), EntryKind::adjustment, kNow);
  EXPECT_EQ(world.news(), "");
  EXPECT_EQ(admit(world.accounts, 0), Admission::suspended);
  EXPECT_FALSE(world.accounts.reinstate("acme", {{}, kNow, {}, "reinstated", "wang", "back"}));
}

TEST(Accounts, a_reclaimed_one_needs_money_and_a_hand) {
  World world;
  Book book = active(-1'000);
  book.standing.state = AccountState::reclaimed;
  world.accounts.open(std::move(book));
  const AccountEvent back{{}, kNow, {}, "reinstated", "wang", "paid"};
  EXPECT_FALSE(world.accounts.reinstate("acme", back)) << "below its minimum";
  world.accounts.moved("acme", Money::from_li(31'000), EntryKind::recharge, kNow);
  EXPECT_EQ(world.news(), "") << "money alone does not bring the number back";
  EXPECT_TRUE(world.accounts.reinstate("acme", back));
  EXPECT_EQ(world.news(), "active by reinstated, low by reinstated");
}

}  // namespace
}  // namespace hotline::billing
