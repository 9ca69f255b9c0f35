// Ring strategies: which phone rings when.
#include <map>

#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

class Order : public Decide {
 protected:
  Order() {
    for (const char* name : {"a", "b", "c", "d"}) made_.push_back(phone(name));
    group_ = group("team", RingStrategy::sequence, {});
    for (const auto& one : made_) group_->phones.push_back(one.get());
    hotline_.otherwise.to = group_.get();
  }
  std::string rings() { return order(decide_at(kBeijing, kMondayMorning)); }
  void turn(std::int64_t turn) { asked_ = {{Answer::To::turn, "4001234567/team", turn}}; }
  void history(const char* phone, std::int64_t answered, std::int64_t ended, std::int64_t today) {
    asked_.push_back(
        {Answer::To::history, std::string("carrier/") + phone, answered, ended, today});
  }

  std::vector<std::unique_ptr<Phone>> made_;
  std::unique_ptr<Group> group_;
};

TEST_F(Order, sequence_and_parallel) {
  EXPECT_EQ(rings(), "a | b | c | d");
  group_->ring = RingStrategy::parallel;
  EXPECT_EQ(rings(), "a b c d");
}

TEST_F(Order, staged_adds_phones_by_time) {
  group_->ring = RingStrategy::staged;
  group_->after_s = {0, 0, 10, 25};
  const auto decision = decide_at(kBeijing, kMondayMorning);
  EXPECT_EQ(order(decision), "a b | c | d");
  const auto& plan = std::get<RingPlan>(decision.verdict);
  EXPECT_EQ(plan.entries[1].after_s, 0);
  EXPECT_EQ(plan.entries[2].after_s, 10);
  EXPECT_EQ(plan.entries[3].after_s, 25);
  asked_ = {{Answer::To::paused, "carrier/b"}};
  EXPECT_EQ(rings(), "a | c | d");
}

TEST_F(Order, round_robin_begins_with_the_next_each_time) {
  group_->ring = RingStrategy::round_robin;
  EXPECT_EQ(rings(), "a | b | c | d");
  turn(1);
  EXPECT_EQ(rings(), "b | c | d | a");
  turn(7);
  EXPECT_EQ(rings(), "d | a | b | c");
  asked_.push_back({Answer::To::paused, "carrier/d"});
  EXPECT_EQ(rings(), "a | b | c");
}

TEST_F(Order, weighted_shares_are_exact_and_smooth) {
  group_->ring = RingStrategy::weighted;
  group_->turns = smooth_turns({5, 3, 2, 0});
  std::map<std::string, int> first;
  std::string begun;
  for (int call = 0; call < 100'000; ++call) {
    turn(call);
    const std::string order = rings();
    ++first[order.substr(0, 1)];
    if (call < 10) begun += order[0];
    ASSERT_EQ(order.back(), 'd') << "weight 0 is the last resort";
  }
  EXPECT_EQ(begun, "abcaabacba");
  EXPECT_NEAR(first["a"], 50'000, 500);
  EXPECT_NEAR(first["b"], 30'000, 300);
  EXPECT_NEAR(first["c"], 20'000, 200);
  EXPECT_EQ(first["d"], 0);
}

TEST_F(Order, random_is_even_and_repeatable) {
  group_->ring = RingStrategy::random;
  std::map<std::string, int> orders;
  for (draw_ = 0; draw_ < 24'000; ++draw_) {
    const std::string order = rings();
    ASSERT_EQ(rings(), order);
    ++orders[order];
  }
  EXPECT_EQ(orders.size(), 24u) << "every order there is";
  for (const auto& [order, times] : orders) EXPECT_NEAR(times, 1'000, 200) << order;
}

TEST_F(Order, by_what_phones_have_done) {
  history("a", 400, 450, 2);
  history("b", 300, 900, 3);
  history("c", 0, 0, 0);
  history("d", 200, 700, 2);
  group_->ring = RingStrategy::least_recent;
  EXPECT_EQ(rings(), "c | d | b | a");
  group_->ring = RingStrategy::fewest_calls;
  EXPECT_EQ(rings(), "c | a | d | b") << "equals as written";
  group_->ring = RingStrategy::longest_idle;
  EXPECT_EQ(rings(), "c | a | d | b");
  asked_.push_back({Answer::To::lines, "carrier/a", 1});
  EXPECT_EQ(rings(), "c | d | b | a") << "who talks is not idle";
}

TEST_F(Order, sticky_prefers_who_answered_last) {
  group_->sticky = true;
  EXPECT_EQ(rings(), "a | b | c | d");
  asked_ = {{Answer::To::last, "c", 1}};
  EXPECT_EQ(rings(), "c | a | b | d");
  group_->ring = RingStrategy::parallel;
  EXPECT_EQ(rings(), "c | a b d");
  asked_ = {{Answer::To::last, "elsewhere", 1}};
  EXPECT_EQ(rings(), "a b c d");
  asked_ = {{Answer::To::last, "c", 1}, {Answer::To::paused, "carrier/c"}};
  EXPECT_EQ(rings(), "a b d");
}

TEST_F(Order, nobody_joins_the_sticky_phone_by_time) {
  group_->ring = RingStrategy::staged;
  group_->after_s = {0, 0, 10, 25};
  group_->sticky = true;
  asked_ = {{Answer::To::last, "c", 1}};
  const auto decision = decide_at(kBeijing, kMondayMorning);
  EXPECT_EQ(order(decision), "c | a b | d");
  const auto& plan = std::get<RingPlan>(decision.verdict);
  EXPECT_EQ(plan.entries[1].after_s, RingPlan::kWhenOthersFailed);
  EXPECT_EQ(plan.entries[2].after_s, RingPlan::kWhenOthersFailed);
  EXPECT_EQ(plan.entries[3].after_s, 25);
}

TEST(SmoothTurns, each_as_often_as_it_weighs) {
  EXPECT_EQ(smooth_turns({1, 1}), (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(smooth_turns({2, 1}), (std::vector<std::uint8_t>{0, 1, 0}));
  EXPECT_EQ(smooth_turns({0, 0}), std::vector<std::uint8_t>());
  EXPECT_EQ(smooth_turns({}), std::vector<std::uint8_t>());
}

}  // namespace
}  // namespace hotline::routing
