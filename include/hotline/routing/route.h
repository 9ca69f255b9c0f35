// Which calls go where: the rules of a hotline in the order written.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "hotline/region/region.h"
#include "hotline/routing/condition.h"
#include "hotline/routing/source.h"
#include "hotline/routing/target.h"

namespace hotline::routing {

struct Route {
  std::string name;  // "otherwise" for the last
  Source source;
  Condition when;
  Target to = Cause::closed;
};

// Routes of which the first that holds takes a call. Most fail by the caller's region. Their
// regions stand apart from the rest, and the first ones where their hotline does: among ten
// thousand hotlines a route is seldom in the processor's cache.
class Routes {
 public:
  Routes() = default;
  // The routes stay where they are.
  explicit Routes(std::vector<Route> routes);
  void push_back(Route route);

  std::size_t size() const { return routes_.size(); }
  bool empty() const { return routes_.empty(); }
  const Route& operator[](std::size_t i) const { return routes_[i]; }
  const Route& at(std::size_t i) const { return routes_.at(i); }
  std::vector<Route>::const_iterator begin() const { return routes_.begin(); }
  std::vector<Route>::const_iterator end() const { return routes_.end(); }

  // Does that route take callers from there, as far as its region says? Requires: i < size().
  bool takes_from(std::size_t i, region::PlaceId place) const {
    const region::PlaceSet::View& region = i < kNear ? near_[i] : far_[i - kNear];
    return region.empty() || region.contains(place);
  }
  // The first from i on that does; size(): none.
  std::size_t next_from(std::size_t i, region::PlaceId place) const {
    while (i < size() && !takes_from(i, place)) ++i;
    return i;
  }

 private:
  static constexpr std::size_t kNear = 20;

  void note_region(std::size_t i);

  std::vector<Route> routes_;
  // The region of each.
  std::array<region::PlaceSet::View, kNear> near_;
  std::vector<region::PlaceSet::View> far_;
};

// Routes that others jump to. A call that none of them takes goes on behind the jump.
struct RouteSet {
  std::string name;
  Source source;
  Routes routes;
};

}  // namespace hotline::routing
