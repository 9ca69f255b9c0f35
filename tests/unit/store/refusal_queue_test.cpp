#include "store/refusal_queue.h"

#include <gtest/gtest.h>

namespace hotline::store {
namespace {

cdr::Record refused(const std::string& trunk, const std::string& hotline, Cause cause, int ms) {
  cdr::Record record;
  record.trunk = trunk;
  record.hotline = hotline;
  record.release.cause = cause;
  record.received = WallTime(Milliseconds(ms));
  return record;
}

std::string line(const cdr::Record& record) {
  return record.trunk + " " + record.hotline + " " + std::string(to_string(record.release.cause)) +
         " " + std::to_string(record.received.time_since_epoch().count()) + " x" +
         std::to_string(record.calls);
}

std::vector<std::string> drain(RefusalQueue& queue, std::size_t most = 100) {
  std::vector<cdr::Record> taken;
  queue.take(most, taken);
  std::vector<std::string> lines;
  for (const auto& record : taken) lines.push_back(line(record));
  return lines;
}

using Lines = std::vector<std::string>;

TEST(RefusalQueue, merges_only_when_full) {
  RefusalQueue queue(2, 100);
  queue.push(refused("a", "1", Cause::closed, 100));
  queue.push(refused("a", "1", Cause::closed, 200));
  // Full. The same trunk, hotline, cause and second is one; anything else is another.
  queue.push(refused("a", "1", Cause::closed, 300));
  queue.push(refused("a", "1", Cause::closed, 999));
  queue.push(refused("a", "1", Cause::closed, 1000));
  queue.push(refused("b", "1", Cause::closed, 400));
  queue.push(refused("a", "2", Cause::closed, 500));
  queue.push(refused("a", "1", Cause::all_busy, 600));
  queue.push(refused("a", "1", Cause::closed, 700));
  EXPECT_EQ(drain(queue), (Lines{"a 1 closed 100 x1", "a 1 closed 200 x1", "a 1 closed 300 x3",
                                 "a 1 all_busy 600 x1", "a 2 closed 500 x1", "b 1 closed 400 x1",
                                 "a 1 closed 1000 x1"}));
  EXPECT_TRUE(queue.empty());
}

TEST(RefusalQueue, is_bounded_and_still_counts_everyone) {
  RefusalQueue queue(10, 10);
  for (int n = 0; n < 100'000; ++n) {
    queue.push(refused("a", std::to_string(n), n % 2 ? Cause::closed : Cause::unknown_number, n));
  }
  EXPECT_EQ(queue.size(), 22U);  // 10, 10, and one for each trunk and cause
  std::vector<cdr::Record> taken;
  queue.take(1000, taken);
  std::uint32_t calls = 0;
  for (const auto& record : taken) calls += record.calls;
  EXPECT_EQ(calls, 100'000U);
  EXPECT_EQ(taken.back().hotline, "");  // of many hotlines
}

TEST(RefusalQueue, what_was_taken_is_not_merged_into) {
  RefusalQueue queue(0, 10);
  queue.push(refused("a", "1", Cause::closed, 1));
  EXPECT_EQ(drain(queue), Lines{"a 1 closed 1 x1"});
  queue.push(refused("a", "1", Cause::closed, 2));
  EXPECT_EQ(drain(queue), Lines{"a 1 closed 2 x1"});
}

TEST(RefusalQueue, hands_out_a_piece_at_a_time) {
  RefusalQueue queue(2, 10);
  for (int n = 0; n < 4; ++n) queue.push(refused("a", std::to_string(n), Cause::closed, n));
  EXPECT_EQ(drain(queue, 3).size(), 3U);
  EXPECT_EQ(drain(queue, 3), Lines{"a 3 closed 3 x1"});
}

}  // namespace
}  // namespace hotline::store
