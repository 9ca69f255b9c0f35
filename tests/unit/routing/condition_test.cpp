// One table of conditions: which hold, and what the trace says where they do not.
#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

using std::chrono::sys_days;
using std::chrono::year;
using Said = TraceStep::Said;

const Number kMobile{Kind::mobile, "+8613800138000", "13800138000"};  // 移动, by its prefix
const Number kHongkong{Kind::hongkong, "+85223456789", "0085223456789"};

constexpr schedule::Date day(unsigned month, unsigned number) {
  return sys_days(year(2026) / std::chrono::month(month) / std::chrono::day(number));
}

class Conditions : public Decide {
 protected:
  // What the only route says.
  Said said(Condition when, const Number& caller = kMobile, WallTime at = kMondayMorning) {
    hotline_.routes = {};
    route("only", std::move(when), sales_.get());
    return decide_at(caller, at).trace.front().said;
  }
};

template <class Enum>
Choice<Enum> choice(std::initializer_list<Enum> values) {
  Choice<Enum> made;
  for (const Enum value : values) made.insert(value);
  return made;
}

TEST_F(Conditions, nothing_asked_always_holds) { EXPECT_EQ(said({}), Said::matched); }

TEST_F(Conditions, kind) {
  Condition when;
  when.kinds = choice({Kind::hongkong, Kind::landline});
  EXPECT_EQ(said(when, kHongkong), Said::matched);
  EXPECT_EQ(said(when, kBeijing), Said::matched);
  EXPECT_EQ(said(when, kMobile), Said::other_kind);
  when.kinds = choice({Kind::withheld});
  EXPECT_EQ(said(when, kWithheld), Said::matched);
  when.kinds = choice({Kind::unknown});
  EXPECT_EQ(said(when, kUnknown), Said::matched);
  EXPECT_EQ(said(when, kWithheld), Said::other_kind);
}

TEST_F(Conditions, carrier) {
  Condition when;
  when.carriers = choice({region::Carrier::mobile});
  EXPECT_EQ(said(when, kMobile), Said::matched);
  EXPECT_EQ(said(when, kBeijing), Said::other_carrier);
  when.carriers = choice({region::Carrier::unicom, region::Carrier::telecom});
  EXPECT_EQ(said(when, kMobile), Said::other_carrier);
}

TEST_F(Conditions, dates_are_days_of_china) {
  Condition when;
  when.dates = {{day(3, 2), day(3, 2)}};
  const WallTime midnight{day(3, 2) - std::chrono::hours(8)};
  EXPECT_EQ(said(when, kMobile, midnight - Milliseconds(1)), Said::other_date);
  EXPECT_EQ(said(when, kMobile, midnight), Said::matched);
  EXPECT_EQ(said(when, kMobile, midnight + std::chrono::hours(24) - Milliseconds(1)),
            Said::matched);
  EXPECT_EQ(said(when, kMobile, midnight + std::chrono::hours(24)), Said::other_date);
  when.dates = {{day(1, 1), day(1, 3)}, {day(3, 1), day(3, 5)}};
  EXPECT_EQ(said(when, kMobile, midnight), Said::matched);
}

TEST_F(Conditions, account_state) {
  Condition when;
  when.account = choice({AccountState::low, AccountState::suspended});
  EXPECT_EQ(said(when), Said::other_account_state);
  asked_ = {{Answer::To::account, "", static_cast<int>(AccountState::low)}};
  EXPECT_EQ(said(when), Said::matched);
}

TEST_F(Conditions, repeat_caller) {
  Condition when;
  when.repeat_within = std::chrono::hours(2);
  const auto now = kMondayMorning.time_since_epoch().count();
  constexpr std::int64_t kTwoHours_ms = 7'200'000;
  EXPECT_EQ(said(when), Said::no_repeat);
  asked_ = {{Answer::To::last, "", now - kTwoHours_ms}};
  EXPECT_EQ(said(when), Said::matched);
  asked_ = {{Answer::To::last, "desk", now - kTwoHours_ms - 1}};
  EXPECT_EQ(said(when), Said::no_repeat);
}

TEST_F(Conditions, all_phones_of_a_group_busy) {
  Condition when;
  when.busy = {sales_.get()};
  li_->lines = 2;
  EXPECT_EQ(said(when), Said::lines_free);
  asked_ = {{Answer::To::lines, "carrier/desk", 1}, {Answer::To::lines, "carrier/li", 1}};
  EXPECT_EQ(said(when), Said::lines_free) << "li has a second line";
  asked_[1].a = 2;
  EXPECT_EQ(said(when), Said::matched);
  asked_ = {{Answer::To::lines, "carrier/desk", 1}, {Answer::To::paused, "carrier/li"}};
  EXPECT_EQ(said(when), Said::matched) << "a paused phone is no free one";
  asked_ = {{Answer::To::lines, "carrier/desk", 1}};
  shut_by_night(*li_, *sales_);
  EXPECT_EQ(said(when, kMobile, kMondayNight), Said::matched) << "nor is one that is shut";
  Group idle;
  Phone free;
  idle.phones = {&free};
  when.busy = {&idle, sales_.get()};
  EXPECT_EQ(said(when, kMobile, kMondayNight), Said::matched) << "any one of them";
}

TEST_F(Conditions, share_is_by_chance_but_the_same_for_the_same_call) {
  Condition when;
  when.share = 30;
  int taken = 0;
  for (draw_ = 0; draw_ < 100'000; ++draw_) {
    const Said first = said(when);
    if (first == Said::matched) ++taken;
    ASSERT_EQ(said(when), first);
  }
  EXPECT_NEAR(taken, 30'000, 1'000);
  when.share = 100;
  EXPECT_EQ(said(when), Said::matched);
}

// A share of 50 behind another must not be the same half.
TEST_F(Conditions, shares_of_two_routes_are_independent) {
  Condition half;
  half.share = 50;
  route("first", half, sales_.get());
  route("second", half, all_.get());
  int second = 0;
  for (draw_ = 0; draw_ < 10'000; ++draw_) {
    const Decision decision = decide_at(kMobile, kMondayMorning);
    if (outcome(decision) == "group all") ++second;
  }
  EXPECT_NEAR(second, 2'500, 250);
}

TEST_F(Conditions, all_conditions_must_hold) {
  Condition when = in("北京");
  when.kinds = choice({Kind::landline});
  when.dates = {{day(3, 2), day(3, 2)}};
  when.schedules = {office_};
  EXPECT_EQ(said(when, kBeijing), Said::matched);
  EXPECT_EQ(said(when, kShanghai), Said::other_region);
  EXPECT_EQ(said(when, kBeijing, kMondayNight), Said::other_time);
  EXPECT_EQ(said(when, kBeijing, kMondayMorning + std::chrono::hours(24)), Said::other_date);
}

TEST_F(Conditions, a_route_set_takes_calls_or_passes_them_on) {
  RouteSet set;
  set.name = "vip";
  set.source = Source{"h.toml", 50};
  set.routes.push_back(Route{"north", Source{"h.toml", 51}, in("北京"), sales_.get()});
  route("jump", {}, &set);
  hotline_.otherwise.to = all_.get();
  EXPECT_EQ(group_of(kBeijing), "sales");
  EXPECT_EQ(group_of(kShanghai), "all");
  EXPECT_EQ(describe(decide_at(kShanghai, kMondayMorning).trace),
            "h.toml:30 route jump: matched\n"
            "h.toml:51 route north: other region\n"
            "h.toml:50 routes vip: nothing matched, on behind the jump\n"
            "h.toml:90 otherwise: matched");
}

}  // namespace
}  // namespace hotline::routing
