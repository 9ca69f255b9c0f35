#include "hotline/call/lines.h"

#include <gtest/gtest.h>

namespace hotline::call {
namespace {

TEST(Lines, never_more_than_there_are_and_back_to_nothing) {
  Lines lines;
  const LegId first{CallRef{1}, 1};
  const LegId second{CallRef{2}, 1};
  EXPECT_TRUE(lines.take(first, "unicom/021", 1));
  EXPECT_FALSE(lines.take(second, "unicom/021", 1));
  EXPECT_TRUE(lines.take(second, "unicom/022", 1));
  lines.free(first);
  lines.free(first);  // an ending may be told twice
  EXPECT_EQ(lines.in_use("unicom/021"), 0u);
  EXPECT_EQ(lines.total(), 1u);
  EXPECT_FALSE(lines.take(first, "unicom/023", 0)) << "a phone without lines takes no call";
  EXPECT_EQ(lines.total(), 1u);
}

}  // namespace
}  // namespace hotline::call
