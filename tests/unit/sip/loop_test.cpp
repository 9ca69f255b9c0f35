#include "sip/loop.h"

#include <thread>

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

TEST(Loop, does_posted_work_in_order_from_any_thread) {
  const auto loop = *Loop::create();
  std::vector<int> done;
  std::thread other([&] {
    for (int i = 0; i < 10'000; ++i) {
      loop->post([&done, i] { done.push_back(i); });
    }
    loop->stop();
  });
  loop->run();
  other.join();
  ASSERT_EQ(done.size(), 10'000u);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
}

// What a commit has answered at once would else come back at once, and hold up new calls.
TEST(Loop, does_posted_work_in_shares_with_the_network_between) {
  const Loop::StandingClock standing;
  const auto loop = *Loop::create();
  int done = 0;
  for (int i = 0; i < 12; ++i) loop->post([&] { ++done; });
  su_root_step(loop->root(), 0);
  EXPECT_EQ(done, 3);
  loop->post([&] { ++done; });
  su_root_step(loop->root(), 0);
  EXPECT_EQ(done, 3);
  Loop::skip(Milliseconds(1));
  su_root_step(loop->root(), 0);
  EXPECT_EQ(done, 5);
  for (int i = 0; i < 20; ++i) {
    Loop::skip(Milliseconds(1));
    su_root_step(loop->root(), 0);
  }
  EXPECT_EQ(done, 13);
}

TEST(Loop, does_deferred_work_before_the_next_posted) {
  const auto loop = *Loop::create();
  std::string order;
  loop->post([&] {
    order += 'a';
    loop->defer([&] { order += 'b'; });
  });
  loop->post([&] { order += 'c'; });
  loop->stop();
  loop->run();
  EXPECT_EQ(order, "abc");
}

TEST(Loop, wakes_at_the_last_instant_asked_for_and_once) {
  const auto loop = *Loop::create();
  int alarms = 0;
  loop->on_alarm([&] { ++alarms; });
  const Instant start = Loop::now();
  loop->wake_at(start + Seconds(10));
  loop->wake_at(start + Seconds(20));
  const auto after = [&](Seconds time) {
    Loop::skip(time);
    for (int i = 0; i < 3; ++i) su_root_step(loop->root(), 1);
    return alarms;
  };
  EXPECT_EQ(after(Seconds(11)), 0);
  EXPECT_EQ(after(Seconds(10)), 1);
  EXPECT_EQ(after(Seconds(30)), 1);
  loop->wake_at(Loop::now() + Seconds(1));
  loop->wake_at(Instant::max());
  EXPECT_EQ(after(Seconds(2)), 1);
  loop->wake_at(Instant{});  // long past
  EXPECT_EQ(after(Seconds(0)), 2);
}

TEST(Timer, that_dies_before_its_time_is_silent) {
  const auto loop = *Loop::create();
  int calls = 0;
  auto doomed = std::make_unique<Timer>(*loop, Seconds(1), [&] { ++calls; });
  std::unique_ptr<Timer> suicidal;
  suicidal = std::make_unique<Timer>(*loop, Seconds(1), [&] {
    calls += 10;
    suicidal.reset();
  });
  doomed.reset();
  Loop::skip(Seconds(2));
  for (int i = 0; i < 3; ++i) su_root_step(loop->root(), 1);
  EXPECT_EQ(calls, 10);
}

}  // namespace
}  // namespace hotline::sip
