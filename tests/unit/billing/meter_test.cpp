#include "hotline/billing/meter.h"

#include <gtest/gtest.h>

namespace hotline::billing {
namespace {

constexpr Instant at(std::int64_t ms) { return Instant(Milliseconds(ms)); }
const Tariff kByMinute{Money::from_li(300), Seconds(60), Seconds(60)};
const Tariff kBySecond{Money::from_li(300), Seconds(1), Seconds(1)};

TEST(Meter, asks_five_seconds_ahead_and_again_at_the_boundary) {
  Meter meter(kByMinute, at(1000));
  EXPECT_EQ(meter.boundary(), at(61'000));
  EXPECT_EQ(meter.asks_at(), at(56'000));
  EXPECT_EQ(meter.units_due(at(55'999)), 0);
  EXPECT_EQ(meter.units_due(at(56'000)), 1);
  meter.extend(0, 1);
  EXPECT_EQ(meter.asks_at(), at(61'000)) << "refused once: again at the boundary";
  meter.extend(1, 1);
  EXPECT_EQ(meter.asks_at(), at(116'000));
}

TEST(Meter, short_units_are_paid_ahead_together) {
  Meter meter(kBySecond, at(0));
  EXPECT_EQ(meter.asks_at(), at(0));
  EXPECT_EQ(meter.units_due(at(0)), 5);
  meter.extend(5, 5);
  EXPECT_EQ(meter.boundary(), at(6000));
  EXPECT_EQ(meter.asks_at(), at(1000));
  EXPECT_EQ(meter.units_due(at(1000)), 1);
}

TEST(Meter, says_what_more_units_would_reach) {
  const Meter meter(kByMinute, at(1000));
  EXPECT_EQ(meter.boundary_with(0), at(61'000));
  EXPECT_EQ(meter.boundary_with(2), at(181'000));
  EXPECT_EQ(meter.units_until(at(60'999)), 0);
  EXPECT_EQ(meter.units_until(at(61'000)), 1) << "it reaches beyond";
  EXPECT_EQ(meter.units_until(at(121'000)), 2);
}

TEST(Meter, bills_no_more_than_was_paid) {
  const Meter meter(kByMinute, at(1000));
  EXPECT_EQ(meter.billable(at(31'000)), Milliseconds(30'000));
  EXPECT_EQ(meter.billable(at(61'700)), Milliseconds(60'000));
}

TEST(Meter, free_seconds_come_before_the_first_unit) {
  Meter meter(*tariff_from_text("0.300 60/6 free 10"), at(1000));
  EXPECT_EQ(meter.paid(), Milliseconds(70'000));
  EXPECT_EQ(meter.boundary(), at(71'000));
  EXPECT_EQ(meter.units(), 1);
  meter.extend(2, 2);
  EXPECT_EQ(meter.paid(), Milliseconds(82'000));
  EXPECT_EQ(meter.units(), 3);
}

}  // namespace
}  // namespace hotline::billing
