#include "hotline/billing/tariff.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "hotline/billing/ledger.h"

namespace hotline::billing {
namespace {

Tariff tariff(const std::string& text) {
  const auto read = tariff_from_text(text);
  if (!read) throw std::invalid_argument(text);
  return *read;
}

TEST(Rate, every_started_unit_counts_in_full) {
  struct Row {
    const char* tariff;
    std::int64_t talk_ms;
    std::int64_t billed_s;
    std::int64_t charge_li;
  };
  const Row rows[] = {
      // units alone
      {"0.300 60/60", 0, 0, 0},
      {"0.300 60/60", 1, 60, 300},
      {"0.300 60/60", 59'999, 60, 300},
      {"0.300 60/60", 60'000, 60, 300},
      {"0.300 60/60", 60'001, 120, 600},
      {"0.300 60/60", 3'600'000, 3600, 18'000},
      {"0.300 1/1", 1, 1, 5},
      {"0.300 1/1", 1000, 1, 5},
      {"0.300 1/1", 1001, 2, 10},
      {"0.300 6/6", 6001, 12, 60},
      {"0.300 60/6", 60'001, 66, 330},
      {"0.300 60/6", 66'000, 66, 330},
      {"0.300 60/6", 66'001, 72, 360},
      {"0.300 30/60", 30'001, 90, 450},
      {"0.000 60/60", 60'001, 120, 0},
      // a set-up fee, once
      {"0.300 60/60 setup 0.100", 0, 0, 0},
      {"0.300 60/60 setup 0.100", 1, 60, 400},
      {"0.300 60/60 setup 0.100", 60'001, 120, 700},
      {"0.000 60/60 setup 0.100", 1, 60, 100},
      // free seconds: units begin behind them
      {"0.300 60/60 free 6", 6000, 0, 0},
      {"0.300 60/60 free 6", 6001, 60, 300},
      {"0.300 60/60 free 6", 66'000, 60, 300},
      {"0.300 60/60 free 6", 66'001, 120, 600},
      {"0.300 60/60 setup 0.100 free 6", 6000, 0, 0},
      {"0.300 60/60 setup 0.100 free 6", 6001, 60, 400},
      // steps
      {"0.300 60/60 from 180 0.200", 180'000, 180, 900},
      {"0.300 60/60 from 180 0.200", 180'001, 240, 1100},
      {"0.300 60/60 from 180 0.200", 240'001, 300, 1300},
      {"0.300 60/60 from 60 0.200", 60'000, 60, 300},
      {"0.300 60/60 from 60 0.200", 60'001, 120, 500},
      {"0.300 60/60 from 60 0.200 from 120 0.600", 120'001, 180, 1100},
      {"0.300 180/60 from 180 0.200", 180'000, 180, 900},
      {"0.300 180/60 from 180 0.200", 180'001, 240, 1100},
      {"0.300 180/6 from 240 0.100", 240'000, 240, 1200},
      {"0.300 180/6 from 240 0.100", 240'001, 246, 1210},
      {"0.300 60/60 from 600 0.000", 7'200'000, 7200, 3000},
      {"0.300 60/60 setup 0.100 free 6 from 180 0.200", 186'000, 180, 1000},
      {"0.300 60/60 setup 0.100 free 6 from 180 0.200", 186'001, 240, 1200},
      // rounding, of one unit's price: 0.301 a minute are 5 1/60 厘 a second
      {"0.301 1/1 up", 10'000, 10, 60},
      {"0.301 1/1 down", 10'000, 10, 50},
      {"0.301 1/1 nearest", 10'000, 10, 50},
      {"0.330 1/1 nearest", 10'000, 10, 60},
      {"0.329 1/1 nearest", 10'000, 10, 50},
      {"0.330 1/1 down", 10'000, 10, 50},
      {"0.300 1/1 up", 10'000, 10, 50},
      {"0.300 60/1 from 60 0.301 up", 61'000, 61, 306},
  };
  for (const Row& row : rows) {
    const Rated rated = rate(tariff(row.tariff), Milliseconds(row.talk_ms));
    EXPECT_EQ(rated.billed.count(), row.billed_s) << row.tariff << ", " << row.talk_ms;
    EXPECT_EQ(rated.charge.li(), row.charge_li) << row.tariff << ", " << row.talk_ms;
  }
}

TEST(Rate, no_talk_below_zero) {
  EXPECT_DEATH(rate(Tariff{}, Milliseconds(-1)), "contract broken");
}

// Charge and boundary of the first n units by the unit are those of a call that talked them.
TEST(Rate, is_the_sum_of_its_units) {
  for (const char* text :
       {"0.300 60/60", "0.300 60/6 setup 0.100 free 6 from 66 0.200 from 90 0.600",
        "0.301 7/13 free 1 from 7 0.299 from 33 0.777 nearest", "0.000 1/3600 setup 1.000"}) {
    const Tariff by = tariff(text);
    Money charge = by.entry_price();
    for (std::int64_t units = 1; units < 40; ++units) {
      const Milliseconds boundary = by.paid_by(units);
      EXPECT_EQ(rate(by, boundary).charge, charge) << text << ", " << units;
      charge += by.unit_price(units);
      EXPECT_EQ(rate(by, boundary + Milliseconds(1)).charge, charge) << text << ", " << units;
    }
  }
}

TEST(Calculation, shows_each_step) {
  const Calculation steps =
      calculate(tariff("0.300 60/60 setup 0.100 free 6 from 180 0.200"), Milliseconds(306'001));
  EXPECT_EQ(steps.free, Milliseconds(6000));
  EXPECT_EQ(steps.setup_fee.li(), 100);
  ASSERT_EQ(steps.blocks.size(), 2U);
  EXPECT_EQ(steps.blocks[0].units, 3);
  EXPECT_EQ(steps.blocks[0].unit_price.li(), 300);
  EXPECT_EQ(steps.blocks[1].units, 3);
  EXPECT_EQ(steps.blocks[1].price_per_min.li(), 200);
  EXPECT_EQ(steps.blocks[1].charge().li(), 600);
  EXPECT_EQ(steps.total.charge.li(), 1600);
  EXPECT_EQ(steps.total.billed, Seconds(360));
}

TEST(Calculation, a_first_unit_of_its_own_length_is_a_step_of_its_own) {
  const Calculation steps = calculate(tariff("0.300 60/6 from 60 0.200"), Milliseconds(70'000));
  ASSERT_EQ(steps.blocks.size(), 2U);
  EXPECT_EQ(steps.blocks[0].unit, Seconds(60));
  EXPECT_EQ(steps.blocks[0].units, 1);
  EXPECT_EQ(steps.blocks[1].unit, Seconds(6));
  EXPECT_EQ(steps.blocks[1].units, 2);
  EXPECT_EQ(steps.blocks[1].unit_price.li(), 20);
}

TEST(Calculation, free_talk_costs_nothing) {
  const Calculation steps = calculate(tariff("0.300 60/60 setup 0.100 free 6"), Milliseconds(4000));
  EXPECT_EQ(steps.free, Milliseconds(4000));
  EXPECT_EQ(steps.setup_fee, Money());
  EXPECT_TRUE(steps.blocks.empty());
  EXPECT_EQ(steps.total.charge, Money());
}

TEST(CallerFee, is_taken_by_started_minutes_of_talk) {
  const Tariff by = tariff("0.300 1/1 free 6 caller 0.110");
  EXPECT_EQ(caller_fee(by, Milliseconds(0)), Money());
  EXPECT_EQ(caller_fee(by, Milliseconds(1)).li(), 110);
  EXPECT_EQ(caller_fee(by, Milliseconds(60'000)).li(), 110);
  EXPECT_EQ(caller_fee(by, Milliseconds(60'001)).li(), 220);
  EXPECT_EQ(caller_fee(Tariff{}, Milliseconds(60'001)), Money());
}

TEST(Tariff, knows_which_prices_divide_evenly) {
  EXPECT_TRUE(divides_evenly(Money::from_li(300), Seconds(1)));
  EXPECT_TRUE(divides_evenly(Money::from_li(310), Seconds(6)));
  EXPECT_FALSE(divides_evenly(Money::from_li(310), Seconds(1)));
  EXPECT_TRUE(divides_evenly(Money::from_li(0), Seconds(7)));
}

TEST(Tariff, knows_where_units_begin) {
  const Tariff by = tariff("0.300 60/6");
  for (const auto& [from_s, begins] :
       {std::pair{0, false}, {6, false}, {59, false}, {60, true}, {65, false}, {66, true}}) {
    EXPECT_EQ(begins_unit(by, Seconds(from_s)), begins) << from_s;
  }
}

TEST(TariffText, one_line_and_back) {
  for (const char* text : {
           "0.300 60/60",
           "0.000 1/3600",
           "0.300 60/60 setup 0.100 free 6 from 180 0.200 caller 0.100",
           "0.301 6/1 from 6 0.123 from 7 0.000 up",
           "0.301 6/1 down caller 1000.000",
           "1000.000 7/1 nearest",
       }) {
    const auto read = tariff_from_text(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(to_text(*read), text);
    EXPECT_EQ(tariff_from_text(to_text(*read)), read) << text;
  }
}

TEST(TariffText, anything_else_is_none) {
  for (const char* text : {
           "",
           "0.300",
           "0.300 60",
           "0.300 60/",
           "0.300 60/0",
           "0.300 -1/60",
           "0.300 60/3601",
           "-0.300 60/60",
           "1000.001 60/60",
           "0.3 60/60",  // not as we write it
           "0.300  60/60",
           "0.300 60/60 ",
           "0.300 060/60",
           "0.300 60/60 setup",
           "0.300 60/60 setup 0.000",
           "0.300 60/60 free 0",
           "0.300 60/60 free 6 setup 0.100",  // out of order
           "0.300 60/60 none",
           "0.300 60/60 gift 1",
           "0.300 60/60 from 60",
           "0.300 60/60 from 61 0.200",                 // no unit begins there
           "0.300 60/60 from 120 0.200 from 60 0.100",  // falling
           "0.300 60/60 from 60 0.200 from 60 0.100",
           "0.301 1/1",  // no whole 厘
           "0.300 1/1 from 1 0.301",
           "0.300 60/60 free 3601",
           "0.300 60/60 free 99999999999999999999",
           "0.300 60/60 from 86460 0.200",
           "0.300 60/60 from 60 0.100 from 120 0.100 from 180 0.100 from 240 0.100 from 300 "
           "0.100 from 360 0.100 from 420 0.100 from 480 0.100 from 540 0.100",  // one too many
       }) {
    EXPECT_FALSE(tariff_from_text(text)) << text;
  }
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
