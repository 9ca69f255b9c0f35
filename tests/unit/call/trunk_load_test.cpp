// What a trunk may carry.
#include "hotline/call/trunk_load.h"

#include <gtest/gtest.h>

namespace hotline::call {
namespace {

constexpr Instant at(std::int64_t ms) { return Instant(Milliseconds(ms)); }
constexpr LegId leg(std::uint32_t number) { return LegId{CallRef{1}, number}; }

routing::Trunk trunk(const char* name, std::uint32_t calls, std::uint32_t per_second) {
  routing::Trunk made;
  made.name = name;
  made.max_calls = calls;
  made.max_calls_per_s = per_second;
  return made;
}

TEST(TrunkLoad, counts_up_to_the_limit_and_back) {
  TrunkLoad load;
  const routing::Trunk two = trunk("a", 2, 0);
  EXPECT_TRUE(load.take(leg(0), two, at(0)));
  EXPECT_TRUE(load.take(leg(1), two, at(0)));
  EXPECT_FALSE(load.take(leg(2), two, at(0)));
  EXPECT_TRUE(load.take(leg(3), trunk("b", 1, 0), at(0))) << "each trunk for itself";
  EXPECT_EQ(load.calls("a"), 2u);
  load.free(leg(1));
  load.free(leg(1));
  load.free(leg(9));
  EXPECT_EQ(load.calls("a"), 1u);
  EXPECT_TRUE(load.take(leg(2), two, at(0)));
  EXPECT_EQ(load.total(), 3u);
  EXPECT_EQ(load.calls("nobody"), 0u);
}

TEST(TrunkLoad, no_limit_is_none) {
  TrunkLoad load;
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_TRUE(load.take(leg(i), trunk("a", 0, 0), at(0)));
  EXPECT_EQ(load.calls("a"), 1000u);
}

TEST(TrunkLoad, never_more_in_any_second) {
  TrunkLoad load;
  const routing::Trunk two = trunk("a", 0, 2);
  const struct {
    std::int64_t ms;
    bool taken;
  } rows[] = {{0, true},     {900, true},   {950, false},  {999, false},
              {1000, true},  {1001, false}, {1899, false}, {1900, true},
              {1901, false}, {9000, true},  {9000, true},  {9999, false}};
  std::uint32_t number = 0;
  for (const auto& row : rows) {
    EXPECT_EQ(load.take(leg(++number), two, at(row.ms)), row.taken) << row.ms;
    load.free(leg(number));
  }
}

TEST(TrunkLoad, follows_a_changed_limit) {
  TrunkLoad load;
  EXPECT_TRUE(load.take(leg(1), trunk("a", 0, 1), at(0)));
  EXPECT_FALSE(load.take(leg(2), trunk("a", 0, 1), at(1)));
  EXPECT_TRUE(load.take(leg(2), trunk("a", 0, 0), at(1)));
  EXPECT_FALSE(load.take(leg(3), trunk("a", 2, 0), at(1)));
}

}  // namespace
}  // namespace hotline::call
