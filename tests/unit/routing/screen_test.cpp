// Screening: lists of three levels, malicious callers, calls at once, caps of the month.
#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

class Screen : public Decide {
 protected:
  Screen() {
    hotline_.otherwise.to = sales_.get();
    account_ = std::make_shared<AccountRules>();
    account_->name = "acme";
    account_->source = Source{"hotline.toml", 60};
    hotline_.account_rules = account_;
  }
  std::string verdict(const Number& caller = kBeijing) {
    return outcome(decide_at(caller, kMondayMorning));
  }
  std::string trace() { return describe(decide_at(kBeijing, kMondayMorning).trace); }

  std::shared_ptr<AccountRules> account_;
};

constexpr const char* kPasses = "group sales";
constexpr const char* kRefused = "refused: blacklisted";

TEST_F(Screen, hotline_beats_account_beats_platform) {
  const auto list = listing("list", kBeijing);
  Screening* const levels[] = {&hotline_.screening, &account_->screening, &snapshot_.screening};
  for (std::size_t near = 0; near < 3; ++near) {
    for (std::size_t far = near; far < 3; ++far) {
      for (Screening* level : levels) *level = {};
      levels[far]->blacklists = {list};
      EXPECT_EQ(verdict(), kRefused) << far;
      levels[near]->whitelists = {list};
      EXPECT_EQ(verdict(), kPasses) << near << " before " << far;
      for (Screening* level : levels) *level = {};
      levels[far]->whitelists = {list};
      levels[near]->blacklists = {list};
      EXPECT_EQ(verdict(), near == far ? kPasses : kRefused) << near << " before " << far;
    }
  }
  EXPECT_EQ(verdict(kShanghai), kPasses);
}

TEST_F(Screen, a_blocked_caller) {
  snapshot_.guard = Guard{Source{"hotline.toml", 50}, 3, Seconds(60), Seconds(3600)};
  EXPECT_EQ(verdict(), kPasses);
  asked_ = {{Answer::To::blocked, "", kMondayMorning.time_since_epoch().count() + 1000}};
  EXPECT_EQ(verdict(), kRefused);
  EXPECT_EQ(trace(), "hotline.toml:50 guard: caller is blocked");
  snapshot_.guard.reset();
  EXPECT_EQ(trace(), "hotlinectl caller list guard: caller is blocked")
      << "by a guard that has gone since";
  snapshot_.screening.whitelists = {listing("vip", kBeijing)};
  EXPECT_EQ(verdict(), kPasses) << "no guard against those who are welcome";
}

TEST_F(Screen, a_caller_blocked_by_hand_whatever_the_guard_is) {
  const auto until = kMondayMorning.time_since_epoch().count() + 1000;
  for (const bool guarded : {false, true}) {
    if (guarded) snapshot_.guard = Guard{Source{"hotline.toml", 50}, 3, Seconds(60), Seconds(3600)};
    asked_ = {{Answer::To::barred, "prank calls", until}};
    EXPECT_EQ(verdict(), kRefused);
    EXPECT_EQ(trace(), "hotlinectl caller block \"prank calls\": caller is blocked");
    asked_ = {{Answer::To::barred, "", until}};
    EXPECT_EQ(trace(), "hotlinectl caller block: caller is blocked");
  }
  const Decision decision = decide_at(kBeijing, kMondayMorning);
  EXPECT_EQ(decision.asked, asked_) << "what the record keeps";
}

// The levels are those of any call: the first that says something is right.
TEST_F(Screen, who_is_welcome) {
  const QuietFacts facts;
  const auto is_welcome = [&](const Number& caller) {
    return routing::is_welcome({snapshot_, hotline_, caller, kMondayMorning, facts});
  };
  EXPECT_FALSE(is_welcome(kBeijing)) << "nothing is said";
  snapshot_.screening.whitelists = {listing("vip", kBeijing)};
  EXPECT_TRUE(is_welcome(kBeijing));
  EXPECT_FALSE(is_welcome(kShanghai));
  EXPECT_FALSE(is_welcome(kWithheld));
  account_->screening.blacklists = {listing("nuisance", kBeijing)};
  EXPECT_FALSE(is_welcome(kBeijing));
  hotline_.screening.whitelists = {listing("vip", kBeijing)};
  EXPECT_TRUE(is_welcome(kBeijing));
}

TEST_F(Screen, calls_at_once_of_one_caller) {
  snapshot_.max_calls_source = Source{"hotline.toml", 51};
  asked_ = {{Answer::To::live, "", 2}};
  EXPECT_EQ(verdict(), kPasses);
  snapshot_.max_calls_per_caller = 3;
  EXPECT_EQ(verdict(), kPasses);
  snapshot_.max_calls_per_caller = 2;
  EXPECT_EQ(verdict(), "refused: caller_limit");
  EXPECT_EQ(trace(), "hotline.toml:51 max_calls_per_caller: caller has that many calls");
  snapshot_.screening.whitelists = {listing("vip", kBeijing)};
  EXPECT_EQ(verdict(), kPasses);
}

TEST_F(Screen, month_caps) {
  asked_ = {{Answer::To::usage, "", 10, 3000}, {Answer::To::spending, "", 20, 9000}};
  EXPECT_EQ(verdict(), kPasses);
  hotline_.month_cap = MonthCap{Source{"h.toml", 5}, Money::from_li(3001), std::nullopt};
  EXPECT_EQ(verdict(), kPasses);
  hotline_.month_cap->spend = Money::from_li(3000);
  EXPECT_EQ(verdict(), "refused: cap_reached");
  hotline_.month_cap = MonthCap{Source{"h.toml", 5}, std::nullopt, 10};
  EXPECT_EQ(verdict(), "refused: cap_reached");
  hotline_.at_cap = all_.get();
  EXPECT_EQ(verdict(), "group all");
  EXPECT_EQ(trace(), "h.toml:5 month_cap 4001234567: reached");
  account_->month_cap = MonthCap{Source{"hotline.toml", 61}, Money::from_li(9000), std::nullopt};
  EXPECT_EQ(verdict(), "refused: cap_reached") << "the account's cap is everybody's";
  EXPECT_EQ(trace(), "hotline.toml:61 month_cap acme: reached");
}

}  // namespace
}  // namespace hotline::routing
