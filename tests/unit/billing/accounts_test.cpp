#include "hotline/billing/accounts.h"

#include <gtest/gtest.h>

namespace hotline::billing {
namespace {

Package package(std::int64_t min_balance_li) {
  Package package;
  package.name = "standard";
  package.tariff = Tariff{Money::from_li(300), Seconds(60), Seconds(60)};
  package.min_balance = Money::from_li(min_balance_li);
  return package;
}

constexpr WallTime kNow{Milliseconds(1'780'000'000'000)};

Book active(std::int64_t posted_li) {
  Book book{"acme", Money::from_li(posted_li), {}, standing_of_new(kNow), {}, {}};
  book.standing.state = AccountState::active;
  return book;
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
    EXPECT_EQ(accounts.admit("acme", package(row.min_balance_li)), row.verdict) << row.balance_li;
  }
  EXPECT_EQ(Accounts().admit("nobody", package(0)), Admission::suspended);
}

TEST(Accounts, reservations_stand_between_calls) {
  Accounts accounts;
  accounts.open(active(700));
  EXPECT_EQ(accounts.admit("acme", package(0)), Admission::granted);
  EXPECT_EQ(accounts.reserve("acme", Money::from_li(300), 5), 1) << "400 are left";
  EXPECT_EQ(accounts.admit("acme", package(0)), Admission::no_credit);
  accounts.settle("acme", Money::from_li(600), Money::from_li(300), kNow, kNow);
  EXPECT_EQ(accounts.find("acme")->posted.li(), 400);
  EXPECT_EQ(accounts.find("acme")->reserved.li(), 0);
}

TEST(Accounts, a_negative_balance_affords_nothing) {
  Accounts accounts;
  accounts.open(active(-100));
  EXPECT_EQ(accounts.reserve("acme", Money::from_li(300), 1), 0);
}

TEST(Accounts, overspending_aborts) {
  Accounts accounts;
  accounts.open(active(300));
  ASSERT_EQ(accounts.admit("acme", package(0)), Admission::granted);
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
    ASSERT_EQ(accounts.reserve("acme", Money::from_li(li), 1), 1);
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
  EXPECT_EQ(world.accounts.admit("acme", package(0)), Admission::suspended);
  world.accounts.moved("acme", Money::from_li(100'000), EntryKind::recharge, kNow);
  EXPECT_EQ(world.news(), "active by recharge");
  EXPECT_EQ(world.accounts.admit("acme", package(0)), Admission::granted);
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
  EXPECT_EQ(accounts.admit("acme", package(0)), Admission::granted);
}

TEST(Accounts, a_closed_account_serves_nobody_however_rich) {
  World world;
  world.accounts.open(active(900'000));
  world.accounts.close("acme", {{}, kNow, {}, "closed", "wang", "moved away"});
  EXPECT_EQ(world.news(), "closed by closed");
  world.accounts.moved("acme", Money::from_li(1), EntryKind::adjustment, kNow);
  EXPECT_EQ(world.news(), "");
  EXPECT_EQ(world.accounts.admit("acme", package(0)), Admission::suspended);
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
