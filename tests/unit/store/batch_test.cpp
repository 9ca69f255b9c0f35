#include "store/batch.h"

#include <gtest/gtest.h>

#include "unit/store/rig.h"

namespace hotline::store {
namespace {

Request paid(int call, int ms) {
  return {call::JournalPaid{sample_record(call).id, Milliseconds(ms)}, {}};
}

TEST(Batch, gives_up_only_what_somebody_waits_for_and_long_enough) {
  std::deque<Request> queue;
  const auto at = [](int ms) { return Instant(Milliseconds(ms)); };
  std::vector<ports::Applied> replies;
  const Done done = [&](ports::Applied applied) { replies.push_back(applied); };
  queue.push_back({admission_of(1), at(10)});
  queue.push_back({admission_of(2), at(11)});
  queue.push_back({answer_of(3), at(10)});
  queue.push_back({Append{{billing::LedgerEntry{}}, done}, at(9)});
  queue.push_back({Append{{billing::LedgerEntry{}}, done}, at(12)});
  queue.push_back({OpenAccount{"a", {}, done}, at(10)});
  queue.push_back({Close{sample_record(4), {}}, at(0)});
  queue.push_back(paid(5, 1));
  Batch batch;
  batch.take(queue);
  EXPECT_TRUE(queue.empty());

  const Results results = batch.failed({}, at(10));
  EXPECT_EQ(results.events.size(), 2U);
  ASSERT_EQ(results.replies.size(), 2U);
  EXPECT_EQ(results.replies[0].applied, ports::Applied::failed);
  EXPECT_EQ(batch.requests(), 4U);  // call 2, an append, the close, the paid time
}

TEST(Batch, keeps_the_last_word_on_paid_time) {
  std::deque<Request> queue;
  for (int ms = 0; ms < 1000; ++ms) {
    queue.push_back(paid(1, ms));
    queue.push_back(paid(2, ms));
  }
  queue.push_back({Close{sample_record(2), {}}, {}});
  Batch batch;
  batch.take(queue);
  batch.failed({}, Instant::max());
  EXPECT_EQ(batch.requests(), 2U);  // call 1's last, and the close of call 2
}

}  // namespace
}  // namespace hotline::store
