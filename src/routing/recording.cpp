#include "hotline/routing/recording.h"

#include <algorithm>

#include "hotline/routing/hotline.h"

namespace hotline::routing {

bool is_recorded(const Hotline& called, const Group& group, const number::Number& caller,
                 const region::Table& regions) {
  const Recording& rules = called.recording;
  if (rules.all || group.records) return true;
  if (rules.callers.empty()) return false;
  const region::PlaceId place = regions.locate(caller).place;
  return std::any_of(rules.callers.begin(), rules.callers.end(), [&](const auto& list) {
    return list->match(caller, place) != ListedBy::nothing;
  });
}

}  // namespace hotline::routing
