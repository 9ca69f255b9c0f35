// What has to hold for a route to take a call. All that is present must hold; the values of one
// condition are alternatives.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/number/number.h"
#include "hotline/region/region.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/facts.h"
#include "hotline/schedule/schedule.h"

namespace hotline::routing {

// The values of a small enum that somebody named.
template <class Enum>
class Choice {
 public:
  void insert(Enum value) { bits_ |= bit(value); }
  bool contains(Enum value) const { return (bits_ & bit(value)) != 0; }
  // Does it hold all values of the other?
  bool covers(const Choice& other) const { return (other.bits_ & ~bits_) == 0; }
  bool empty() const { return bits_ == 0; }

 private:
  static std::uint16_t bit(Enum value) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(value));
  }

  std::uint16_t bits_ = 0;
};

// Whole days in China's time, both included.
struct DateRange {
  schedule::Date first;
  schedule::Date last;
};

// What most routes ask comes first: it shares a line of the processor's cache.
struct Condition {
  region::PlaceSet region;            // empty: any
  Choice<number::Kind> kinds;         // empty: any
  Choice<region::Carrier> carriers;   // empty: any
  Choice<AccountState> account;       // empty: any
  std::optional<std::uint8_t> share;  // percent of the calls that get this far
  std::vector<std::shared_ptr<const schedule::Schedule>> schedules;  // empty: always
  std::vector<std::shared_ptr<const CallerList>> caller_lists;       // empty: any
  std::vector<DateRange> dates;                                      // empty: any day
  std::optional<Seconds> repeat_within;  // the caller has called the hotline since
  std::vector<const Group*> busy;        // all open phones of one of these are busy
};

// Does the first hold whenever the second does, as far as their words tell? Then a route with the
// second behind one with the first takes no call.
bool covers(const Condition& first, const Condition& second);

}  // namespace hotline::routing
