// Where a call goes on from a menu or a queue, and how it gets there.
#include <gmock/gmock.h>

#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

class Leaving : public Decide {
 protected:
  Leaving() {
    menu_.name = "main";
    menu_.key = "4001234567/main";
    menu_.source = Source{"h.toml", 40};
    menu_.options = {{"1", false, sales_.get()}, {"2", false, &set_}, {"*", true, Cause::closed}};
    menu_.otherwise = Cause::no_answer;
    queue_.name = "main";
    queue_.key = "4001234567/main";
    queue_.source = Source{"h.toml", 60};
    queue_.group = sales_.get();
    queue_.on_full = all_.get();
    queue_.options = {{"0", false, &menu_}};
    set_.name = "more";
    set_.source = Source{"h.toml", 70};
    set_.routes.push_back(Route{"shanghai", Source{"h.toml", 71}, in("上海"), all_.get()});
  }

  Decision chosen(const Option* option, const Number& caller = kBeijing) const {
    const RecordedFacts facts(asked_, draw_);
    return decide_choice({snapshot_, hotline_, caller, kMondayMorning, facts}, menu_, option);
  }
  Decision left(Left why, const Option* option = nullptr) const {
    const RecordedFacts facts(asked_, draw_);
    return decide_leaving({snapshot_, hotline_, kBeijing, kMondayMorning, facts}, queue_, why,
                          option);
  }
  std::string free(WallTime when = kMondayMorning) const {
    const RecordedFacts facts(asked_, draw_);
    Decision decision;
    decision.called = &hotline_;
    decision.verdict = free_phones({snapshot_, hotline_, kBeijing, when, facts}, queue_);
    return order(decision);
  }

  Menu menu_;
  Queue queue_;
  RouteSet set_;
};

TEST_F(Leaving, keys_lead_where_the_menu_says) {
  EXPECT_EQ(outcome(chosen(&menu_.options[0])), "group sales");
  EXPECT_EQ(describe(chosen(&menu_.options[0]).trace), "h.toml:40 key 1: pressed");
}

TEST_F(Leaving, keys_may_lead_through_routes_and_on_to_otherwise) {
  EXPECT_EQ(outcome(chosen(&menu_.options[1], kShanghai)), "group all");
  EXPECT_EQ(outcome(chosen(&menu_.options[1])), "refused: no_answer");
  EXPECT_EQ(describe(chosen(&menu_.options[1]).trace),
            "h.toml:40 key 2: pressed\n"
            "h.toml:71 route shanghai: other region\n"
            "h.toml:70 routes more: nothing matched, on behind the jump\n"
            "h.toml:40 menu main: nothing was chosen");
}

TEST_F(Leaving, nothing_chosen) {
  EXPECT_EQ(outcome(chosen(nullptr)), "refused: no_answer");
  EXPECT_EQ(describe(chosen(nullptr).trace), "h.toml:40 menu main: nothing was chosen");
}

TEST_F(Leaving, a_menu_is_for_who_can_hear_it) {
  hotline_.otherwise.to = &menu_;
  EXPECT_EQ(outcome(decide_at(kBeijing, kMondayMorning)), "menu main");
  asked_ = {{Answer::To::deaf}};
  const Decision decision = decide_at(kBeijing, kMondayMorning);
  EXPECT_EQ(outcome(decision), "refused: no_answer");
  EXPECT_EQ(to_text(decision.asked), "deaf") << "so that it can be decided again";
  EXPECT_EQ(asked_from_text("deaf"), decision.asked);
}

TEST_F(Leaving, nobody_waits_for_phones_that_are_shut) {
  shut_by_night(*desk_, *sales_);
  shut_by_night(*li_, *sales_);
  hotline_.otherwise.to = &queue_;
  EXPECT_EQ(outcome(decide_at(kBeijing, kMondayMorning)), "queue main");
  EXPECT_EQ(outcome(decide_at(kBeijing, kMondayNight)), "refused: closed");
  asked_ = {{Answer::To::paused, "carrier/desk"}, {Answer::To::paused, "carrier/li"}};
  EXPECT_EQ(outcome(decide_at(kBeijing, kMondayMorning)), "queue main") << "pauses end";
}

TEST_F(Leaving, a_queue_is_left_when_full_or_too_slow_or_by_key) {
  EXPECT_EQ(outcome(left(Left::full)), "group all");
  EXPECT_EQ(describe(left(Left::full).trace), "h.toml:60 queue main: no room");
  EXPECT_EQ(outcome(left(Left::waited)), "refused: no_answer");
  EXPECT_EQ(describe(left(Left::waited).trace), "h.toml:60 queue main: waited too long");
  EXPECT_EQ(outcome(left(Left::by_key, &queue_.options[0])), "menu main");
}

TEST_F(Leaving, free_phones_are_open_unpaused_and_have_a_line) {
  EXPECT_EQ(free(), "desk | li");
  asked_ = {{Answer::To::lines, "carrier/desk", 1}};
  EXPECT_EQ(free(), "li");
  asked_ = {{Answer::To::paused, "carrier/li"}};
  EXPECT_EQ(free(), "desk");
  asked_.push_back({Answer::To::lines, "carrier/desk", 1});
  EXPECT_EQ(free(), "");
}

TEST_F(Leaving, who_is_listed_goes_first) {
  const RecordedFacts facts(asked_, draw_);
  const Question question{snapshot_, hotline_, kShanghai, kMondayMorning, facts};
  EXPECT_FALSE(goes_first(question, queue_));
  queue_.first = {listing("vip", kBeijing)};
  EXPECT_FALSE(goes_first(question, queue_));
  queue_.first.push_back(listing("more", kShanghai));
  EXPECT_TRUE(goes_first(question, queue_));
}

}  // namespace
}  // namespace hotline::routing
