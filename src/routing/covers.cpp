// Which conditions make others vain.
#include <algorithm>

#include "hotline/routing/condition.h"

namespace hotline::routing {
namespace {

template <class Set>
bool covers_set(const Set& first, const Set& second) {
  return first.empty() || (!second.empty() && first.covers(second));
}

// Alternatives: each of the second is one of the first.
template <class List>
bool covers_list(const List& first, const List& second) {
  if (first.empty()) return true;
  return !second.empty() && std::all_of(second.begin(), second.end(), [&](const auto& one) {
    return std::find(first.begin(), first.end(), one) != first.end();
  });
}

bool covers_dates(const std::vector<DateRange>& first, const std::vector<DateRange>& second) {
  if (first.empty()) return true;
  return !second.empty() && std::all_of(second.begin(), second.end(), [&](const DateRange& one) {
    return std::any_of(first.begin(), first.end(), [&](const DateRange& wide) {
      return wide.first <= one.first && one.last <= wide.last;
    });
  });
}

bool covers_repeat(const std::optional<Seconds>& first, const std::optional<Seconds>& second) {
  return !first || (second && *second <= *first);
}

}  // namespace

bool covers(const Condition& first, const Condition& second) {
  // The dice of two routes are independent, so a share covers nothing.
  if (first.share && *first.share < 100) return false;
  return covers_set(first.region, second.region) && covers_set(first.kinds, second.kinds) &&
         covers_set(first.carriers, second.carriers) && covers_set(first.account, second.account) &&
         covers_list(first.caller_lists, second.caller_lists) &&
         covers_list(first.schedules, second.schedules) && covers_list(first.busy, second.busy) &&
         covers_dates(first.dates, second.dates) &&
         covers_repeat(first.repeat_within, second.repeat_within);
}

}  // namespace hotline::routing
