#include "hotline/routing/asked.h"

#include <gtest/gtest.h>

#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

TEST(Asked, text_and_back) {
  const Asked asked = {{Answer::To::turn, "4001234567/sales", 17},
                       {Answer::To::lines, "unicom/02161234567", 3},
                       {Answer::To::paused, "sip:li@127.0.0.9:5070"},
                       {Answer::To::history, "a b=c%d", 1, -2, 3},
                       {Answer::To::last, "desk", 1'772'416'800'000},
                       {Answer::To::last, "", 5},
                       {Answer::To::live, "", 2},
                       {Answer::To::blocked, "", 9},
                       {Answer::To::usage, "", 12, 3500},
                       {Answer::To::spending, "", 1, 2},
                       {Answer::To::account, "", 1},
                       {Answer::To::barred, "prank, 骚扰", 7}};
  const std::string text = to_text(asked);
  EXPECT_EQ(text,
            "turn:4001234567/sales=17 lines:unicom/02161234567=3 paused:sip:li@127.0.0.9:5070 "
            "history:a%20b%3Dc%25d=1,-2,3 last:desk=1772416800000 last=5 live=2 blocked=9 "
            "usage=12,3500 spending=1,2 account=1 barred:prank,%20骚扰=7");
  EXPECT_EQ(asked_from_text(text), asked);
  EXPECT_EQ(to_text({}), "");
  EXPECT_TRUE(asked_from_text("").empty());
}

TEST(Asked, what_is_not_understood_is_left_out) {
  for (const char* bad : {"moon:x=1", "turn:x", "turn:x=", "turn:x=1,2", "turn:x=1x", "lines:%=1",
                          "lines:%4=1", "lines:%zz=1", "paused:x=1", "history:x=1,2", "=", ":"}) {
    EXPECT_TRUE(asked_from_text(bad).empty()) << bad;
  }
  EXPECT_EQ(asked_from_text("moon=1 live=2  live=3").size(), 2u);
}

TEST(Asked, facts_come_back_and_the_rest_is_quiet) {
  Phone desk;
  desk.line_key = "unicom/021";
  Phone other;
  other.line_key = "unicom/022";
  Group sales;
  sales.key = "4001234567/sales";
  const Hotline hotline;
  const number::Number caller;
  const RecordedFacts facts(
      asked_from_text("turn:4001234567/sales=17 lines:unicom/021=3 paused:unicom/021 "
                      "history:unicom/021=5,6,7 last:desk=8 live=2 blocked=9 usage=12,3500 "
                      "spending=1,2 account=2"),
      99);
  EXPECT_EQ(facts.draw(), 99u);
  EXPECT_EQ(facts.turn(sales), 17u);
  EXPECT_EQ(facts.lines_in_use(desk), 3u);
  EXPECT_EQ(facts.lines_in_use(other), 0u);
  EXPECT_TRUE(facts.is_paused(desk));
  EXPECT_FALSE(facts.is_paused(other));
  EXPECT_EQ(facts.history(desk),
            (PhoneHistory{WallTime(Milliseconds(5)), WallTime(Milliseconds(6)), 7}));
  EXPECT_EQ(facts.history(other), PhoneHistory());
  EXPECT_EQ(facts.last_call(hotline, caller), (LastCall{WallTime(Milliseconds(8)), "desk"}));
  EXPECT_EQ(facts.live_calls(caller), 2u);
  EXPECT_EQ(facts.block_of(caller), CallerBlock{WallTime(Milliseconds(9))});
  const RecordedFacts barred(asked_from_text("blocked=9 barred:prank=8"), 99);
  EXPECT_EQ(barred.block_of(caller), (CallerBlock{WallTime(Milliseconds(8)), true, "prank"}));
  EXPECT_EQ(facts.usage_of_hotline(hotline), (Usage{12, Money::from_li(3500)}));
  EXPECT_EQ(facts.usage_of_account(hotline), (Usage{1, Money::from_li(2)}));
  EXPECT_EQ(facts.account_state(hotline), AccountState::suspended);
  const RecordedFacts quiet({}, 1);
  EXPECT_EQ(quiet.last_call(hotline, caller), std::nullopt);
  EXPECT_EQ(quiet.block_of(caller), std::nullopt);
  EXPECT_EQ(quiet.account_state(hotline), AccountState::active);
}

// Whatever a decision asked, its record decides the same again.
TEST_F(Decide, a_recorded_decision_comes_out_the_same) {
  sales_->ring = RingStrategy::round_robin;
  sales_->sticky = true;
  Condition repeat;
  repeat.repeat_within = std::chrono::hours(1);
  repeat.share = 50;
  route("again", repeat, sales_.get());
  hotline_.otherwise.to = all_.get();
  for (draw_ = 0; draw_ < 200; ++draw_) {
    asked_ = {
        {Answer::To::turn, "4001234567/sales", static_cast<std::int64_t>(draw_ % 7)},
        {Answer::To::last, draw_ % 3 == 0 ? "li" : "", kMondayMorning.time_since_epoch().count()},
        {Answer::To::paused, draw_ % 5 == 0 ? "carrier/desk" : "carrier/nobody"}};
    const Decision live = decide_at(kBeijing, kMondayMorning);
    asked_ = asked_from_text(to_text(live.asked));
    const Decision again = decide_at(kBeijing, kMondayMorning);
    EXPECT_EQ(order(again), order(live));
    EXPECT_EQ(describe(again.trace), describe(live.trace));
  }
}

}  // namespace
}  // namespace hotline::routing
