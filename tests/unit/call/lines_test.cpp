#include "hotline/call/lines.h"

#include <gtest/gtest.h>

namespace hotline::call {
namespace {

constexpr Instant kNow{Seconds(100)};

TEST(Lines, never_more_than_there_are_and_back_to_nothing) {
  Lines lines;
  const LegId first{CallRef{1}, 1};
  const LegId second{CallRef{2}, 1};
  EXPECT_TRUE(lines.take(first, "unicom/021", 1, kNow));
  EXPECT_FALSE(lines.take(second, "unicom/021", 1, kNow));
  EXPECT_TRUE(lines.take(second, "unicom/022", 1, kNow));
  lines.free(first);
  lines.free(first);  // an ending may be told twice
  EXPECT_EQ(lines.in_use("unicom/021", kNow), 0u);
  EXPECT_EQ(lines.total(), 1u);
  EXPECT_FALSE(lines.take(first, "unicom/023", 0, kNow)) << "a phone without lines takes no call";
  EXPECT_EQ(lines.total(), 1u);
}

TEST(Lines, a_line_that_rests_is_in_use) {
  Lines lines;
  const std::string key = "unicom/021";
  const LegId first{CallRef{1}, 1};
  const LegId second{CallRef{2}, 1};
  ASSERT_TRUE(lines.take(first, key, 2, kNow));
  lines.free(first);
  lines.rest(key, kNow + Seconds(10));
  EXPECT_EQ(lines.in_use(key, kNow), 1u);
  EXPECT_TRUE(lines.take(first, key, 2, kNow)) << "it has a second line";
  EXPECT_FALSE(lines.take(second, key, 2, kNow + Milliseconds(9'999)));
  EXPECT_TRUE(lines.take(second, key, 2, kNow + Seconds(10)));
  EXPECT_EQ(lines.in_use(key, kNow + Seconds(10)), 2u);
}

}  // namespace
}  // namespace hotline::call
