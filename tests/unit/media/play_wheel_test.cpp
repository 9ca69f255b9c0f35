#include "media/play_wheel.h"

#include <gtest/gtest.h>

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

class Wheel : public testing::Test {
 protected:
  Leg& add() {
    Leg::Start start;
    start.counters = std::make_shared<LegCounters>();
    legs_.push_back(std::make_unique<Leg>(std::move(start), [](RelayLeg, const Digit&) {}));
    wheel.add(*legs_.back());
    return *legs_.back();
  }
  std::vector<Leg*> due(std::chrono::microseconds at) {
    std::vector<Leg*> legs;
    wheel.collect(MediaTime(at), legs);
    return legs;
  }

  PlayWheel wheel;

 private:
  std::vector<std::unique_ptr<Leg>> legs_;
};

TEST_F(Wheel, each_leg_has_its_turn_every_20_ms) {
  due(1s);
  const Leg& leg = add();
  int turns = 0;
  for (auto at = 1s + 500us; at <= 2s + 750us; at += 750us) {
    for (const Leg* one : due(at)) turns += one == &leg ? 1 : 0;
  }
  EXPECT_EQ(turns, 50);
}

TEST_F(Wheel, a_thousand_legs_are_spread) {
  due(1s);
  for (int i = 0; i < 1'000; ++i) add();
  for (auto at = 1s + 2ms; at <= 1s + 40ms; at += 2ms) EXPECT_EQ(due(at).size(), 100u);
}

TEST_F(Wheel, who_is_late_sends_once) {
  due(1s);
  add();
  EXPECT_EQ(due(1s + 500ms).size(), 1u);
  EXPECT_TRUE(due(1s + 500ms).empty()) << "no time has passed";
  EXPECT_TRUE(due(900ms).empty()) << "nor has it gone back";
}

TEST_F(Wheel, who_has_left_has_no_turn) {
  due(1s);
  const Leg& gone = add();
  Leg& stays = add();
  wheel.remove(gone);
  EXPECT_EQ(due(1s + 20ms), std::vector<Leg*>{&stays});
}

}  // namespace
}  // namespace hotline::media
