#include "ctl/progress.h"

#include <sstream>

#include <gtest/gtest.h>

namespace hotline::ctl {
namespace {

TEST(Progress, draws_over_its_own_line_and_takes_it_away) {
  std::ostringstream out;
  {
    Progress progress(out, "reading", true);
    EXPECT_EQ(out.str(), "");
    progress.show(0, 1000);
    EXPECT_EQ(out.str(), "\rreading  [-------------------------]   0 %");
    out.str("");
    progress.show(505, 1000);
    EXPECT_EQ(out.str(), "\rreading  [############-------------]  50 %");
    out.str("");
    progress.show(509, 1000);  // the same to the eye
    EXPECT_EQ(out.str(), "");
    progress.show(1001, 1000);
    EXPECT_EQ(out.str(), "\rreading  [#########################] 100 %");
    out.str("");
  }
  EXPECT_EQ(out.str(), "\r\x1b[K");
}

TEST(Progress, is_not_seen_where_nobody_watches_or_nothing_is_to_do) {
  std::ostringstream out;
  {
    Progress unseen(out, "reading", false);
    unseen.show(1, 2);
    Progress idle(out, "reading", true);
    idle.show(0, 0);
  }
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace hotline::ctl
