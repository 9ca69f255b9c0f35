#include "hotline/routing/route.h"

namespace hotline::routing {

Routes::Routes(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (std::size_t i = 0; i < routes_.size(); ++i) note_region(i);
}

void Routes::push_back(Route route) {
  routes_.push_back(std::move(route));
  note_region(routes_.size() - 1);
}

void Routes::note_region(std::size_t i) {
  const region::PlaceSet::View region(routes_[i].when.region);
  if (i < kNear) {
    near_[i] = region;
  } else {
    far_.push_back(region);
  }
}

}  // namespace hotline::routing
