// Who waits where, in which order.
#include "hotline/call/queues.h"

#include <chrono>
#include <optional>

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
    EXPECT_TRUE(queues.join("a", call(number), false, 10, at(0)));
  }
  EXPECT_TRUE(queues.join("a", call(8), true, 10, at(0)));
  EXPECT_TRUE(queues.join("a", call(9), true, 10, at(0)));
  EXPECT_THAT(queues.all(), ElementsAre(call(8), call(9), call(1), call(2), call(3)));
  EXPECT_EQ(queues.place(call(8), at(0)).ahead, 0u);
  EXPECT_EQ(queues.place(call(2), at(0)).ahead, 3u);
  queues.leave(call(9));
  queues.leave(call(9));
  EXPECT_EQ(queues.place(call(2), at(0)).ahead, 2u);
}

TEST(Queues, have_so_much_room_and_each_call_one_place) {
  Queues queues;
  EXPECT_TRUE(queues.join("a", call(1), false, 1, at(0)));
  EXPECT_FALSE(queues.join("a", call(2), true, 1, at(0))) << "not even who goes first";
  EXPECT_TRUE(queues.join("b", call(2), false, 1, at(0)));
  EXPECT_TRUE(queues.join("a", call(1), false, 1, at(0))) << "it gave up the place it had";
  EXPECT_TRUE(queues.join("c", call(1), false, 1, at(0)));
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
  queues.join("a", call(1), false, 1, at(0));
  queues.join("b", call(2), false, 1, at(0));
  queues.rest("a", "carrier/desk", at(10));
  EXPECT_TRUE(queues.rests("a", "carrier/desk", at(9)));
  EXPECT_FALSE(queues.rests("a", "carrier/desk", at(10)));
  EXPECT_FALSE(queues.rests("a", "carrier/li", at(9)));
  EXPECT_FALSE(queues.rests("b", "carrier/desk", at(9)));
}

Milliseconds minutes(std::int64_t count) { return std::chrono::minutes(count); }

// Two wait from `from` on; a phone takes each three minutes after the one before.
void take_two_slowly(Queues& queues, Instant from) {
  for (std::uint64_t number = 1; number <= 2; ++number) {
    queues.join("a", call(number), false, 10, from);
    queues.place(call(number), from);
  }
  queues.taken(call(1), from + minutes(3));
  queues.taken(call(2), from + minutes(6));
}

TEST(Queues, expect_of_who_waits_what_the_last_ones_had_to_wait) {
  Queues queues;
  queues.join("a", call(7), false, 10, at(0));
  EXPECT_EQ(queues.place(call(7), at(0)).expected, std::nullopt) << "nobody was taken yet";
  queues.leave(call(7));
  take_two_slowly(queues, at(0));
  queues.join("a", call(3), false, 10, at(0) + minutes(6));
  queues.join("a", call(4), false, 10, at(0) + minutes(6));
  queues.join("b", call(5), false, 10, at(0) + minutes(6));
  EXPECT_EQ(queues.place(call(3), at(0) + minutes(6)).expected, minutes(3));
  EXPECT_EQ(queues.place(call(4), at(0) + minutes(6)).expected, minutes(6));
  EXPECT_EQ(queues.place(call(5), at(0) + minutes(6)).expected, std::nullopt) << "another queue";
  queues.taken(call(3), at(0) + minutes(13));
  EXPECT_EQ(queues.place(call(4), at(0) + minutes(13)).expected, minutes(4)) << "3 + (7 - 3) / 4";
}

TEST(Queues, expect_nothing_from_who_found_a_phone_free_or_went_away) {
  Queues queues;
  queues.join("a", call(1), false, 10, at(0));
  queues.taken(call(1), at(2'000));
  queues.join("a", call(2), false, 10, at(3'000));
  EXPECT_EQ(queues.place(call(2), at(3'000)).expected, std::nullopt) << "was not told to wait";
  queues.leave(call(2));
  queues.join("a", call(3), false, 10, at(9'000));
  EXPECT_EQ(queues.place(call(3), at(9'000)).expected, std::nullopt) << "went away";
}

TEST(Queues, forget_their_pace_within_an_hour) {
  Queues queues;
  take_two_slowly(queues, at(0));
  queues.join("a", call(3), false, 10, at(0) + minutes(60));
  EXPECT_EQ(queues.place(call(3), at(0) + minutes(65)).expected, minutes(3));
  EXPECT_EQ(queues.place(call(3), at(0) + minutes(66)).expected, std::nullopt);
  queues.taken(call(3), at(0) + minutes(70));
  queues.join("a", call(4), false, 10, at(0) + minutes(70));
  EXPECT_EQ(queues.place(call(4), at(0) + minutes(70)).expected, minutes(10)) << "learned anew";
}

}  // namespace
}  // namespace hotline::call
