#include "hotline/call/rate_again.h"

#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace hotline::call {
namespace {

TEST(RateAgain, makes_the_charge_of_what_the_record_says) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  const struct {
    const char* what;
    bool is_answered;
    std::int64_t billable_ms, billed_s, price_li;
    std::string tariff;
    std::int64_t must_be_billed_s, must_cost_li;
  } rows[] = {
      {"by its tariff", true, 61'000, 120, 300, "0.300 60/60", 120, 600},
      {"whatever it says was billed", true, 61'000, 60, 300, "0.300 60/60", 120, 600},
      {"whatever its price says", true, 61'000, 120, 200, "0.300 60/60", 120, 600},
      {"a set-up fee", true, 1'000, 60, 300, "0.300 60/60 setup 0.100", 60, 400},
      {"free altogether", true, 5'000, 0, 300, "0.300 60/60 setup 0.100 free 6", 0, 0},
      {"no tariff that ever was", true, 61'000, 120, 300, "cheap", 0, 0},
      {"an old record", true, 61'000, 120, 300, "", 120, 600},
      {"an old record that billed too little", true, 61'000, 60, 300, "", 61, 305},
      {"an old record billed by six seconds", true, 61'000, 66, 300, "", 66, 330},
      {"not answered", false, 61'000, 120, 300, "0.300 60/60", 0, 0},
      {"no billable talk", true, 0, 120, 300, "0.300 60/60", 0, 0},
      {"negative talk", true, -5, 120, 300, "0.300 60/60", 0, 0},
      {"an absurd price", true, 61'000, 120, kMost, "", 0, 0},
      {"a negative price", true, 61'000, 120, -300, "", 0, 0},
      {"an absurd time", true, 61'000, kMost / 1'000'000, 300, "", 0, 0},
  };
  for (const auto& row : rows) {
    cdr::Record record;
    if (row.is_answered) record.answered = WallTime();
    record.billable = Milliseconds(row.billable_ms);
    record.billed = Seconds(row.billed_s);
    record.price_per_min = Money::from_li(row.price_li);
    record.tariff = row.tariff;
    const billing::Rated rated = rate_again(record);
    EXPECT_EQ(rated.billed, Seconds(row.must_be_billed_s)) << row.what;
    EXPECT_EQ(rated.charge, Money::from_li(row.must_cost_li)) << row.what;
  }
}

}  // namespace
}  // namespace hotline::call
