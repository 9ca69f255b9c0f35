#include "hotline/call/unconfirmed.h"

#include <gtest/gtest.h>

namespace hotline::call {
namespace {

Instant at(int ms) { return Instant(Milliseconds(ms)); }

TEST(Unconfirmed, since_the_oldest_answer_that_nobody_confirmed) {
  Unconfirmed calls;
  EXPECT_EQ(calls.since(), Instant::max());
  calls.add(CallRef{1}, at(10));
  calls.add(CallRef{2}, at(20));
  calls.add(CallRef{3}, at(20));
  EXPECT_EQ(calls.since(), at(10));
  calls.settle(CallRef{2});
  EXPECT_EQ(calls.since(), at(10));
  calls.settle(CallRef{1});
  EXPECT_EQ(calls.since(), at(20));
  calls.settle(CallRef{1});
  calls.settle(CallRef{3});
  EXPECT_EQ(calls.since(), Instant::max());
}

TEST(Unconfirmed, an_answer_that_is_written_down_again_stays_where_it_was) {
  Unconfirmed calls;
  calls.add(CallRef{1}, at(10));
  calls.add(CallRef{1}, at(30));
  EXPECT_EQ(calls.since(), at(10));
  calls.settle(CallRef{1});
  EXPECT_EQ(calls.since(), Instant::max());
}

}  // namespace
}  // namespace hotline::call
