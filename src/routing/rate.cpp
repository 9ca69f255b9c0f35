#include "hotline/routing/rate.h"

#include <algorithm>

namespace hotline::routing {

const Rate* rate_for(const Rates* rates, region::PlaceId place, WallTime arrived) {
  if (rates == nullptr) return nullptr;
  const auto found = std::find_if(rates->begin(), rates->end(), [&](const Rate& rate) {
    if (!rate.region.empty() && !rate.region.contains(place)) return false;
    return !rate.schedule || schedule::at(*rate.schedule, arrived).open;
  });
  return found == rates->end() ? nullptr : &*found;
}

}  // namespace hotline::routing
