// When new calls are turned away, by how long messages wait.
#include "sip/overload.h"

#include <string>

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

class OverloadTest : public testing::Test {
 protected:
  // A call every five milliseconds for so long, while messages wait so long.
  // Returns: how many of them were turned away.
  int calls(Milliseconds during, Milliseconds waited, const std::string& trunk = "unicom") {
    int away = 0;
    for (const Instant end = now_ + during; now_ < end; now_ += Milliseconds(5)) {
      away += overload_.turns_away(trunk, waited, now_) ? 1 : 0;
    }
    return away;
  }

  Overload overload_;
  Instant now_{Seconds(100)};
};

TEST_F(OverloadTest, short_waits_turn_nobody_away) {
  EXPECT_EQ(calls(Seconds(10), Milliseconds(49)), 0);
}

TEST_F(OverloadTest, a_burst_that_is_worked_off_turns_nobody_away) {
  for (int burst = 0; burst < 10; ++burst) {
    EXPECT_EQ(calls(Milliseconds(195), Milliseconds(400)), 0);
    EXPECT_EQ(calls(Milliseconds(5), Milliseconds(0)), 0);
  }
}

TEST_F(OverloadTest, waits_that_stay_long_turn_all_away_until_they_are_short) {
  EXPECT_EQ(calls(Milliseconds(400), Milliseconds(50)), 40) << "after 200 ms each";
  EXPECT_EQ(calls(Milliseconds(10), Milliseconds(20)), 0) << "let in at once";
}

TEST_F(OverloadTest, comes_back_without_a_grace_for_two_seconds) {
  calls(Milliseconds(400), Milliseconds(50));
  calls(Milliseconds(1'900), Milliseconds(10));
  EXPECT_EQ(calls(Milliseconds(100), Milliseconds(50)), 20);
  calls(Milliseconds(2'100), Milliseconds(10));
  EXPECT_EQ(calls(Milliseconds(100), Milliseconds(50)), 0) << "forgotten";
}

TEST_F(OverloadTest, two_late_calls_far_apart_are_no_overload) {
  EXPECT_FALSE(overload_.turns_away("unicom", Milliseconds(300), now_));
  EXPECT_FALSE(overload_.turns_away("unicom", Milliseconds(300), now_ + Seconds(10)));
}

// One trunk floods, another calls now and then: 100 calls a second are let in meanwhile.
TEST_F(OverloadTest, who_calls_little_is_let_in_beside_a_flood) {
  int quiet_away = 0, flood_away = 0, flood = 0;
  for (int ms = 0; ms < 5'000; ++ms) {
    now_ += Milliseconds(1);
    const Milliseconds waited(ms < 1'000 || ms % 500 < 100 ? 0 : 80);
    flood_away += overload_.turns_away("flood", waited, now_) ? 1 : 0;
    ++flood;
    if (ms % 100 == 50) quiet_away += overload_.turns_away("quiet", Milliseconds(80), now_) ? 1 : 0;
  }
  EXPECT_EQ(quiet_away, 0);
  EXPECT_GT(flood_away, flood / 4);
}

TEST_F(OverloadTest, a_share_of_long_ago_counts_no_more) {
  for (int i = 0; i < 200; ++i) {
    now_ += Milliseconds(5);
    overload_.turns_away(i % 2 == 0 ? "a" : "b", Milliseconds(0), now_);
  }
  now_ += Seconds(60);
  EXPECT_EQ(calls(Milliseconds(300), Milliseconds(90), "a"), 20);
}

}  // namespace
}  // namespace hotline::sip
