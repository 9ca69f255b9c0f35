// Money and moments as people in China write them.
#pragma once

#include <chrono>

#include "hotline/base/calendar.h"
#include "hotline/base/money.h"

namespace hotline::support {

inline Money yuan(const char* text) { return *Money::parse_yuan(text); }

inline Day day(int year, unsigned month, unsigned of_month) {
  return Day(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(of_month));
}

// That day's midnight, or so much later.
inline WallTime at(int year, unsigned month, unsigned of_month, std::chrono::minutes later = {}) {
  return begin_of(day(year, month, of_month)) + later;
}

}  // namespace hotline::support
