#include "hotline/billing/accounts.h"

#include <gtest/gtest.h>

namespace hotline::billing {
namespace {

Package package(std::int64_t min_balance_li) {
  return Package{"standard", Tariff{Money::from_li(300), Seconds(60), Seconds(60)},
                 Money::from_li(min_balance_li), Seconds(7200)};
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
    EXPECT_EQ(accounts.admit("acme", package(row.min_balance_li)), row.verdict) << row.balance_li;
  }
  EXPECT_EQ(Accounts().admit("nobody", package(0)), Admission::suspended);
}

TEST(Accounts, reservations_stand_between_calls) {
  Accounts accounts;
  accounts.open("acme", Money::from_li(700));
  EXPECT_EQ(accounts.admit("acme", package(0)), Admission::granted);
  EXPECT_EQ(accounts.reserve("acme", Money::from_li(300), 5), 1) << "400 are left";
  EXPECT_EQ(accounts.admit("acme", package(0)), Admission::no_credit);
  accounts.settle("acme", Money::from_li(600), Money::from_li(300));
  EXPECT_EQ(accounts.find("acme")->posted.li(), 400);
  EXPECT_EQ(accounts.find("acme")->reserved.li(), 0);
}

TEST(Accounts, a_negative_balance_affords_nothing) {
  Accounts accounts;
  accounts.open("acme", Money::from_li(-100));
  EXPECT_EQ(accounts.reserve("acme", Money::from_li(300), 1), 0);
}

TEST(Accounts, overspending_aborts) {
  Accounts accounts;
  accounts.open("acme", Money::from_li(300));
  ASSERT_EQ(accounts.admit("acme", package(0)), Admission::granted);
  EXPECT_DEATH(accounts.settle("acme", Money::from_li(300), Money::from_li(301)),
               "contract broken");
}

}  // namespace
}  // namespace hotline::billing
