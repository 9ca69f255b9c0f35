// Days and months as routing and billing count them: China's, UTC and eight hours all year.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "hotline/base/time.h"

namespace hotline {

// A civil day in China's time.
using Day = std::chrono::sys_days;
// A month in China's time, as 202611.
using Month = std::int32_t;

Day day_of(WallTime when);
// The instant a day begins.
WallTime begin_of(Day day);
// The same day so many years on; 29 February becomes 28 February in a year that has none.
Day years_later(Day day, int years);

Month month_of(WallTime when);
Month month_of(Day day);
Month next_month(Month month);
Month month_before(Month month);
// Its first day.
Day first_day(Month month);
int days_in(Month month);

// "2026-11-25".
std::string to_text(Day day);

}  // namespace hotline
