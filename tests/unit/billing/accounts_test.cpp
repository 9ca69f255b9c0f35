#include "hotline/billing/accounts.h"

#include <gtest/gtest.h>

namespace hotline::billing {
namespace {

const Tariff kByMinute{Money::from_li(300), Seconds(60), Seconds(60)};

Admission admit(Accounts& accounts, std::int64_t min_balance_li, const Tariff& tariff = kByMinute) {
  Package package;
  package.min_balance = Money::from_li(min_balance_li);
  return accounts.admit("acme", package, tariff);
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
    accounts.open("acme", Money::from_li(row.balance_li));
    EXPECT_EQ(admit(accounts, row.min_balance_li), row.verdict) << row.balance_li;
  }
  Accounts nobody;
  EXPECT_EQ(admit(nobody, 0), Admission::suspended);
}

TEST(Accounts, reservations_stand_between_calls) {
  Accounts accounts;
  accounts.open("acme", Money::from_li(700));
  EXPECT_EQ(admit(accounts, 0), Admission::granted);
  const Reserved reserved = accounts.reserve("acme", kByMinute, 1, 5);
  EXPECT_EQ(reserved.units, 1) << "400 are left";
  EXPECT_EQ(reserved.amount, Money::from_li(300));
  EXPECT_EQ(admit(accounts, 0), Admission::no_credit);
  accounts.settle("acme", Money::from_li(600), Money::from_li(300));
  EXPECT_EQ(accounts.find("acme")->posted.li(), 400);
  EXPECT_EQ(accounts.find("acme")->reserved.li(), 0);
}

// Two units at 0.300, then 0.100 each: 0.790 pay the set-up fee, both dear ones and one cheap one.
TEST(Accounts, units_in_a_row_cost_what_each_costs) {
  const Tariff tariff = *tariff_from_text("0.300 60/60 setup 0.050 from 120 0.100");
  Accounts accounts;
  accounts.open("acme", Money::from_li(350));
  EXPECT_EQ(admit(accounts, 0, tariff), Admission::granted);
  EXPECT_EQ(accounts.find("acme")->reserved.li(), 350);
  accounts.recharge("acme", Money::from_li(440));
  const Reserved reserved = accounts.reserve("acme", tariff, 1, 3);
  EXPECT_EQ(reserved.units, 2);
  EXPECT_EQ(reserved.amount.li(), 400);
  EXPECT_EQ(accounts.find("acme")->available().li(), 40);
}

TEST(Accounts, who_cannot_pay_the_set_up_fee_too_is_refused) {
  const Tariff tariff = *tariff_from_text("0.300 60/60 setup 0.050");
  Accounts accounts;
  accounts.open("acme", Money::from_li(349));
  EXPECT_EQ(admit(accounts, 0, tariff), Admission::no_credit);
  EXPECT_EQ(accounts.find("acme")->reserved, Money());
}

TEST(Accounts, a_negative_balance_affords_nothing) {
  Accounts accounts;
  accounts.open("acme", Money::from_li(-100));
  EXPECT_EQ(accounts.reserve("acme", kByMinute, 1, 1).units, 0);
  EXPECT_EQ(accounts.reserve("acme", Tariff{}, 1, 1).units, 1) << "what costs nothing";
}

TEST(Accounts, overspending_aborts) {
  Accounts accounts;
  accounts.open("acme", Money::from_li(300));
  ASSERT_EQ(admit(accounts, 0), Admission::granted);
  EXPECT_DEATH(accounts.settle("acme", Money::from_li(300), Money::from_li(301)),
               "contract broken");
}

}  // namespace
}  // namespace hotline::billing
