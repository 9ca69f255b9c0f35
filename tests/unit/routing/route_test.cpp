// Routes: what they know of regions, and that they stay where they are.
#include "hotline/routing/route.h"

#include <gtest/gtest.h>

namespace hotline::routing {
namespace {

constexpr region::PlaceId kHere = 70;
constexpr region::PlaceId kThere = 7;

Route route_of(const std::string& name, std::initializer_list<region::PlaceId> places) {
  Route route;
  route.name = name;
  for (const region::PlaceId place : places) route.when.region.insert(place);
  return route;
}

void expect_regions(const Routes& routes) {
  ASSERT_EQ(routes.size(), 3u);
  EXPECT_TRUE(routes.takes_from(0, kHere));
  EXPECT_FALSE(routes.takes_from(0, kThere));
  EXPECT_TRUE(routes.takes_from(1, kThere));
  EXPECT_TRUE(routes.takes_from(2, kHere)) << "no region: any";
  EXPECT_TRUE(routes.takes_from(2, region::kUnknown)) << "no region: any";
}

TEST(Routes, know_where_each_takes_calls_from) {
  Routes routes;
  EXPECT_TRUE(routes.empty());
  routes.push_back(route_of("here", {kHere}));
  routes.push_back(route_of("both", {kHere, kThere}));
  routes.push_back(route_of("any", {}));
  expect_regions(routes);
  const Routes copy = routes;
  routes = {};
  expect_regions(copy);
}

TEST(Routes, may_be_many) {
  constexpr region::PlaceId kMany = 50;
  Routes routes;
  for (region::PlaceId i = 0; i < kMany; ++i) routes.push_back(route_of("one", {i}));
  for (region::PlaceId place = 0; place < kMany; ++place) {
    EXPECT_EQ(routes.next_from(0, place), place);
    EXPECT_EQ(routes.next_from(place, place), place);
    EXPECT_EQ(routes.next_from(place + 1u, place), kMany) << "none";
  }
  EXPECT_EQ(routes.next_from(0, kMany), kMany) << "none";
}

// Configuration that is read keeps where a target stands.
TEST(Routes, stay_where_they_are) {
  std::vector<Route> read;
  read.push_back(route_of("here", {kHere}));
  read.push_back(route_of("both", {kHere, kThere}));
  read.push_back(route_of("any", {}));
  Target* const target = &read[1].to;
  const Routes routes(std::move(read));
  expect_regions(routes);
  *target = Cause::all_busy;
  EXPECT_EQ(std::get<Cause>(routes[1].to), Cause::all_busy);
  EXPECT_EQ(routes.at(1).name, "both");
}

}  // namespace
}  // namespace hotline::routing
