// What happens when no phone of a group takes the call.
#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

class Overflow : public Decide {
 protected:
  Overflow() {
    night_ = group("night", RingStrategy::sequence, {li_.get()});
    day_ = group("day", RingStrategy::sequence, {desk_.get()});
    hotline_.otherwise.to = day_.get();
  }
  Decision overflow(Failed why) {
    const RecordedFacts facts(asked_, draw_);
    return decide_overflow({snapshot_, hotline_, kBeijing, kMondayMorning, facts}, *day_, why);
  }

  std::unique_ptr<Group> night_;
  std::unique_ptr<Group> day_;
};

TEST_F(Overflow, closed_goes_where_the_group_says) {
  shut_by_night(*desk_, *day_);
  EXPECT_EQ(refused(kBeijing, kMondayNight), Cause::closed);
  day_->on_closed = night_.get();
  EXPECT_EQ(group_of(kBeijing, kMondayNight), "night");
  EXPECT_EQ(describe(decide_at(kBeijing, kMondayNight).trace),
            "h.toml:90 otherwise: matched\n"
            "h.toml:10 phone desk: shut now (weekly)\n"
            "h.toml:20 group day: all phones shut");
}

TEST_F(Overflow, all_paused_is_busy) {
  asked_ = {{Answer::To::paused, "carrier/desk"}};
  EXPECT_EQ(refused(kBeijing), Cause::all_busy);
  day_->on_busy = night_.get();
  EXPECT_EQ(group_of(kBeijing), "night");
  asked_.push_back({Answer::To::paused, "carrier/li"});
  EXPECT_EQ(refused(kBeijing), Cause::all_busy);
}

TEST_F(Overflow, a_plan_that_is_used_up) {
  day_->on_busy = night_.get();
  day_->on_no_answer = Cause::closed;
  EXPECT_EQ(outcome(overflow(Failed::busy)), "group night");
  EXPECT_EQ(outcome(overflow(Failed::no_answer)), "refused: closed");
  EXPECT_EQ(describe(overflow(Failed::no_answer).trace), "h.toml:20 group day: nobody answered");
  asked_ = {{Answer::To::paused, "carrier/li"}};
  EXPECT_EQ(outcome(overflow(Failed::busy)), "refused: all_busy");
}

}  // namespace
}  // namespace hotline::routing
