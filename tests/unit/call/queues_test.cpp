// Who waits where, in which order.
#include "hotline/call/queues.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotline::call {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr Instant at(std::int64_t ms) { return Instant(Milliseconds(ms)); }
constexpr CallRef call(std::uint64_t number) { return CallRef{number}; }

TEST(Queues, first_come_first_served_but_for_some) {
  Queues queues;
  for (std::uint64_t number = 1; number <= 3; ++number) {
    EXPECT_TRUE(queues.join("a", call(number), false, 10));
  }
  EXPECT_TRUE(queues.join("a", call(8), true, 10));
  EXPECT_TRUE(queues.join("a", call(9), true, 10));
  EXPECT_THAT(queues.all(), ElementsAre(call(8), call(9), call(1), call(2), call(3)));
  EXPECT_EQ(queues.ahead(call(8)), 0u);
  EXPECT_EQ(queues.ahead(call(2)), 3u);
  queues.leave(call(9));
  queues.leave(call(9));
  EXPECT_EQ(queues.ahead(call(2)), 2u);
}

TEST(Queues, have_so_much_room_and_each_call_one_place) {
  Queues queues;
  EXPECT_TRUE(queues.join("a", call(1), false, 1));
  EXPECT_FALSE(queues.join("a", call(2), true, 1)) << "not even who goes first";
  EXPECT_TRUE(queues.join("b", call(2), false, 1));
  EXPECT_TRUE(queues.join("a", call(1), false, 1)) << "it gave up the place it had";
  EXPECT_TRUE(queues.join("c", call(1), false, 1));
  EXPECT_THAT(queues.lengths(), ElementsAre(Pair("b", 1u), Pair("c", 1u)));
  queues.leave(call(1));
  queues.leave(call(2));
  EXPECT_TRUE(queues.empty());
  EXPECT_THAT(queues.lengths(), IsEmpty());
}

TEST(Queues, phones_rest_for_one_queue_as_long_as_somebody_waits) {
  Queues queues;
  queues.rest("a", "carrier/desk", at(10));
  EXPECT_FALSE(queues.rests("a", "carrier/desk", at(0))) << "nobody waits";
  queues.join("a", call(1), false, 1);
  queues.join("b", call(2), false, 1);
  queues.rest("a", "carrier/desk", at(10));
  EXPECT_TRUE(queues.rests("a", "carrier/desk", at(9)));
  EXPECT_FALSE(queues.rests("a", "carrier/desk", at(10)));
  EXPECT_FALSE(queues.rests("a", "carrier/li", at(9)));
  EXPECT_FALSE(queues.rests("b", "carrier/desk", at(9)));
}

}  // namespace
}  // namespace hotline::call
