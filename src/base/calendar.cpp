#include "hotline/base/calendar.h"

#include <array>
#include <cstdio>

namespace hotline {
namespace {

using std::chrono::year_month_day;

constexpr Month month(year_month_day date) {
  return static_cast<int>(date.year()) * 100 + static_cast<Month>(unsigned{date.month()});
}

constexpr std::chrono::year_month parts(Month month) {
  return std::chrono::year(month / 100) / std::chrono::month(static_cast<unsigned>(month % 100));
}

}  // namespace

Day day_of(WallTime when) { return std::chrono::floor<std::chrono::days>(when + kChinaOffset); }

WallTime begin_of(Day day) { return WallTime(day.time_since_epoch()) - kChinaOffset; }

Day years_later(Day day, int years) {
  const year_month_day date(day);
  const year_month_day there = date + std::chrono::years(years);
  return there.ok() ? Day(there) : Day(there.year() / there.month() / std::chrono::last);
}

Month month_of(Day day) { return month(year_month_day(day)); }

Month month_of(WallTime when) { return month_of(day_of(when)); }

Month next_month(Month month) {
  return hotline::month(year_month_day((parts(month) + std::chrono::months(1)) / 1));
}

Month month_before(Month month) {
  return hotline::month(year_month_day((parts(month) - std::chrono::months(1)) / 1));
}

Day first_day(Month month) { return Day(parts(month) / 1); }

int days_in(Month month) {
  return static_cast<int>((first_day(next_month(month)) - first_day(month)).count());
}

std::string to_text(Day day) {
  const year_month_day ymd(day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return text.data();
}

}  // namespace hotline
