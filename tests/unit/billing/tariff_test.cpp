#include "hotline/billing/tariff.h"

#include <gtest/gtest.h>

#include "hotline/billing/ledger.h"

namespace hotline::billing {
namespace {

TEST(Rate, every_started_unit_counts_in_full) {
  struct Row {
    int first_s;
    int next_s;
    std::int64_t talk_ms;
    std::int64_t billed_s;
    std::int64_t charge_li;
  };
  const Row rows[] = {
      {60, 60, 0, 0, 0},         {60, 60, 1, 60, 300},       {60, 60, 59'999, 60, 300},
      {60, 60, 60'000, 60, 300}, {60, 60, 60'001, 120, 600}, {60, 60, 3'600'000, 3600, 18'000},
      {1, 1, 1, 1, 5},           {1, 1, 1000, 1, 5},         {1, 1, 1001, 2, 10},
      {6, 6, 6001, 12, 60},      {60, 6, 60'001, 66, 330},   {60, 6, 66'000, 66, 330},
      {60, 6, 66'001, 72, 360},  {30, 60, 30'001, 90, 450},
  };
  for (const Row& row : rows) {
    const Tariff tariff{Money::from_li(300), Seconds(row.first_s), Seconds(row.next_s)};
    const Rated rated = rate(tariff, Milliseconds(row.talk_ms));
    EXPECT_EQ(rated.billed.count(), row.billed_s) << row.talk_ms;
    EXPECT_EQ(rated.charge.li(), row.charge_li) << row.talk_ms;
  }
}

TEST(Tariff, knows_which_prices_divide_evenly) {
  EXPECT_TRUE(divides_evenly(Money::from_li(300), Seconds(1)));
  EXPECT_TRUE(divides_evenly(Money::from_li(310), Seconds(6)));
  EXPECT_FALSE(divides_evenly(Money::from_li(310), Seconds(1)));
  EXPECT_TRUE(divides_evenly(Money::from_li(0), Seconds(7)));
}

TEST(Ledger, entries_have_ids_of_their_own) {
  const CallId call = CallIdSource(1).next(WallTime(Milliseconds(1)));
  const LedgerEntry charge = call_charge("acme", call, Money::from_li(300), WallTime());
  EXPECT_EQ(charge.id, "call:" + call.to_string());
  EXPECT_EQ(charge.amount.li(), -300);
  const LedgerEntry one = recharge("acme", Money::from_li(1), "bank-1", WallTime());
  const LedgerEntry other = recharge("acme2", Money::from_li(1), "bank-1", WallTime());
  EXPECT_NE(one.id, other.id);
  EXPECT_EQ(entry_kind_from_string("recharge"), EntryKind::recharge);
  EXPECT_EQ(entry_kind_from_string("gift"), std::nullopt);
}

}  // namespace
}  // namespace hotline::billing
