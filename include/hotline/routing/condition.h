// What has to hold for a route to take a call. All that is present must hold; the values of one
// condition are alternatives.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <boost/container/small_vector.hpp>

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
  void insert(Enum value) { bits_.set(static_cast<std::size_t>(value)); }
  bool contains(Enum value) const { return bits_[static_cast<std::size_t>(value)]; }
  // Does it hold all values of the other?
  bool covers(const Choice& other) const { return (other.bits_ & ~bits_).none(); }
  bool empty() const { return bits_.none(); }

 private:
  std::bitset<16> bits_;
};

// Whole days in China's time, both included.
struct DateRange {
  schedule::Date first;
  schedule::Date last;
};

// As CallerLists: most routes name one.
using Schedules = boost::container::small_vector<std::shared_ptr<const schedule::Schedule>, 1>;

struct Condition {
  region::PlaceSet region;               // empty: any
  Choice<number::Kind> kinds;            // empty: any
  Choice<region::Carrier> carriers;      // empty: any
  Choice<AccountState> account;          // empty: any
  CallerLists caller_lists;              // empty: any
  std::vector<DateRange> dates;          // empty: any day
  Schedules schedules;                   // empty: always
  std::optional<Seconds> repeat_within;  // the caller has called the hotline since
  std::vector<const Group*> busy;        // all open phones of one of these are busy
  std::optional<std::uint8_t> share;     // percent of the calls that get this far
};

// Does the first hold whenever the second does, as far as their words tell? Then a route with the
// second behind one with the first takes no call.
bool covers(const Condition& first, const Condition& second);

}  // namespace hotline::routing
