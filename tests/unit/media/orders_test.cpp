// Orders from several threads are all carried out, each thread's in the order it gave them.
#include "media/orders.h"

#include <array>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "media/relay_loop.h"

namespace hotline::media {
namespace {

TEST(Orders, are_taken_in_the_order_they_were_given) {
  constexpr int kOrders = 20'000;
  constexpr std::size_t kThreads = 3;
  Orders orders;
  std::array<std::vector<int>, kThreads> done;
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&orders, &mine = done[thread]] {
      for (int n = 0; n < kOrders; ++n) {
        orders.give([&mine, n](RelayLoop&) { mine.push_back(n); });
      }
    });
  }
  RecordingFeed feed(64);
  RelayLoop loop([] { return MediaTime(); }, Microseconds(1'000), {}, feed);
  const auto take_all = [&] {
    for (auto order = orders.take(); order; order = std::move(order->next)) {
      order->carry_out(loop);
    }
  };
  while (done[0].size() + done[1].size() + done[2].size() < kThreads * kOrders) take_all();
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(orders.empty());
  for (const std::vector<int>& one : done) {
    for (int n = 0; n < kOrders; ++n) ASSERT_EQ(one[static_cast<std::size_t>(n)], n);
  }
}

TEST(Orders, that_nobody_took_go_with_the_rest) {
  const auto kept = std::make_shared<int>(1);
  {
    Orders orders;
    for (int n = 0; n < 100'000; ++n) orders.give([kept](RelayLoop&) {});
    EXPECT_GT(kept.use_count(), 100'000);
  }
  EXPECT_EQ(kept.use_count(), 1);
}

}  // namespace
}  // namespace hotline::media
