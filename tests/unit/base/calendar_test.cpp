#include "hotline/base/calendar.h"

#include <gtest/gtest.h>

#include "support/china.h"

namespace hotline {
namespace {

using namespace std::chrono_literals;

using support::day;

TEST(Calendar, a_day_begins_at_midnight_in_china) {
  const WallTime midnight = begin_of(day(2026, 11, 25));
  EXPECT_EQ(midnight, WallTime(day(2026, 11, 24)) + 16h);
  EXPECT_EQ(day_of(midnight), day(2026, 11, 25));
  EXPECT_EQ(day_of(midnight - 1ms), day(2026, 11, 24));
}

TEST(Calendar, months_follow_one_another_over_the_years_end) {
  EXPECT_EQ(month_of(begin_of(day(2027, 1, 1)) - 1ms), 202612);
  EXPECT_EQ(month_of(begin_of(day(2027, 1, 1))), 202701);
  EXPECT_EQ(next_month(202612), 202701);
  EXPECT_EQ(month_before(202701), 202612);
  EXPECT_EQ(first_day(202702), day(2027, 2, 1));
}

TEST(Calendar, knows_how_long_a_month_is) {
  EXPECT_EQ(days_in(202702), 28);
  EXPECT_EQ(days_in(202802), 29);
  EXPECT_EQ(days_in(202612), 31);
}

TEST(Calendar, a_leap_days_anniversary_is_the_last_of_february) {
  EXPECT_EQ(years_later(day(2028, 2, 29), 1), day(2029, 2, 28));
  EXPECT_EQ(years_later(day(2028, 2, 29), 4), day(2032, 2, 29));
  EXPECT_EQ(years_later(day(2026, 11, 25), 1), day(2027, 11, 25));
}

}  // namespace
}  // namespace hotline
