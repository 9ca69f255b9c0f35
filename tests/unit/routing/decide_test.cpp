#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

TEST_F(Decide, first_matching_route_wins_and_the_rest_is_otherwise) {
  route("north", in("北京"), all_.get());
  route("north again", in("北京"), sales_.get());
  EXPECT_EQ(group_of(kBeijing), "all");
  EXPECT_EQ(refused(kShanghai), Cause::closed);
  EXPECT_EQ(refused(kUnknown), Cause::closed) << "an unknown region takes otherwise";
  EXPECT_EQ(refused(kWithheld), Cause::closed);
}

TEST_F(Decide, the_conditions_of_a_route_must_all_hold) {
  Condition when = in("上海");
  when.schedules = {office_};
  when.caller_lists = {listing("vip", kShanghai)};
  route("vip", when, sales_.get());
  EXPECT_EQ(group_of(kShanghai), "sales");
  EXPECT_EQ(refused(kShanghai, kMondayNight), Cause::closed);
  EXPECT_EQ(refused(kBeijing), Cause::closed);
}

TEST_F(Decide, any_of_several_schedules_will_do) {
  auto never = std::make_shared<schedule::Schedule>();
  Condition when;
  when.schedules = {never, office_};
  route("open", when, sales_.get());
  EXPECT_EQ(group_of(kShanghai), "sales");
}

TEST_F(Decide, screening_hotline_before_platform_whitelist_before_blacklist) {
  hotline_.otherwise.to = sales_.get();
  EXPECT_EQ(group_of(kShanghai), "sales");
  snapshot_.screening.blacklists = {listing("platform bad", kShanghai)};
  EXPECT_EQ(refused(kShanghai), Cause::blacklisted);
  EXPECT_EQ(group_of(kBeijing), "sales");
  hotline_.screening.whitelists = {listing("friends", kShanghai)};
  EXPECT_EQ(group_of(kShanghai), "sales") << "the hotline's whitelist beats the platform";
  hotline_.screening.blacklists = {listing("foes", kShanghai)};
  EXPECT_EQ(group_of(kShanghai), "sales") << "a whitelist beats a blacklist";
  hotline_.screening.whitelists.clear();
  snapshot_.screening.whitelists = {listing("platform good", kShanghai)};
  EXPECT_EQ(refused(kShanghai), Cause::blacklisted) << "the hotline beats the platform";
}

TEST_F(Decide, a_withheld_caller_on_a_blacklist_is_told_so) {
  hotline_.screening.blacklists = {listing("foes", kWithheld)};
  EXPECT_EQ(refused(kWithheld), Cause::withheld);
}

TEST_F(Decide, a_caller_is_refused_by_what_lists_him) {
  const Number hongkong{Kind::hongkong, "+85223456789", "0085223456789"};
  struct Row {
    const char* what;
    void (*add)(CallerList& list, const region::Table& table);
    Number caller;
    std::optional<Cause> cause;
  };
  const Row rows[] = {
      {"number", [](CallerList& list, const auto&) { list.add_number("+862162345678"); }, kShanghai,
       Cause::blacklisted},
      {"prefix", [](CallerList& list, const auto&) { list.add_prefix("+8621"); }, kShanghai,
       Cause::blacklisted},
      {"kind", [](CallerList& list, const auto&) { list.add_kind(Kind::landline); }, kShanghai,
       Cause::blacklisted},
      {"region",
       [](CallerList& list, const auto& table) { list.set_regions(*table.named("上海")); },
       kShanghai, Cause::region_refused},
      {"region",
       [](CallerList& list, const auto& table) { list.set_regions(*table.named("上海")); },
       kBeijing, std::nullopt},
      {"region",
       [](CallerList& list, const auto& table) { list.set_regions(*table.named("香港")); },
       hongkong, Cause::region_refused},
      {"unknown region",
       [](CallerList& list, const auto& table) { list.set_regions(*table.named("unknown")); },
       kUnknown, Cause::region_refused},
      {"withheld region",
       [](CallerList& list, const auto& table) { list.set_regions(*table.named("withheld")); },
       kWithheld, Cause::withheld},
      {"withheld", [](CallerList& list, const auto&) { list.add_withheld(); }, kWithheld,
       Cause::withheld},
      {"withheld", [](CallerList& list, const auto&) { list.add_withheld(); }, kUnknown,
       std::nullopt},
  };
  hotline_.otherwise.to = sales_.get();
  for (const Row& row : rows) {
    auto list = std::make_shared<CallerList>("foes", Source{"hotline.toml", 5});
    row.add(*list, *snapshot_.regions);
    hotline_.screening.blacklists = {list};
    snapshot_.screening.blacklists.clear();
    if (row.cause) {
      EXPECT_EQ(refused(row.caller), *row.cause) << row.what;
    } else {
      EXPECT_EQ(group_of(row.caller), "sales") << row.what;
    }
    std::swap(hotline_.screening.blacklists, snapshot_.screening.blacklists);
    if (row.cause) {
      EXPECT_EQ(refused(row.caller), *row.cause) << row.what << ", platform";
    }
    snapshot_.screening.whitelists = {list};
    EXPECT_EQ(group_of(row.caller), "sales") << row.what << ", whitelisted";
    snapshot_.screening.whitelists.clear();
  }
}

TEST_F(Decide, a_list_of_a_region_holds_a_route) {
  auto list = std::make_shared<CallerList>("near", Source{"hotline.toml", 5});
  list->set_regions(*snapshot_.regions->named("上海"));
  Condition when;
  when.caller_lists = {list};
  route("near", when, sales_.get());
  EXPECT_EQ(group_of(kShanghai), "sales");
  EXPECT_EQ(refused(kBeijing), Cause::closed);
}

TEST_F(Decide, stages_follow_the_strategy) {
  hotline_.otherwise.to = sales_.get();
  const auto sequence = std::get<RingPlan>(decide_at(kBeijing, kMondayMorning).verdict);
  ASSERT_EQ(sequence.size, 2);
  EXPECT_EQ(sequence.entries[0].stage, 0);
  EXPECT_EQ(sequence.entries[1].stage, 1);
  hotline_.otherwise.to = all_.get();
  const auto parallel = std::get<RingPlan>(decide_at(kBeijing, kMondayMorning).verdict);
  EXPECT_EQ(parallel.entries[1].stage, 0);
}

TEST_F(Decide, phones_shut_by_their_own_schedule_are_left_out) {
  hotline_.otherwise.to = sales_.get();
  shut_by_night(*desk_, *sales_);
  const auto night = std::get<RingPlan>(decide_at(kBeijing, kMondayNight).verdict);
  ASSERT_EQ(night.size, 1);
  EXPECT_EQ(night.entries[0].phone, li_.get());
  shut_by_night(*li_, *sales_);
  EXPECT_EQ(refused(kBeijing, kMondayNight), Cause::closed);
}

TEST_F(Decide, tells_which_rules_were_passed) {
  Condition open = in("上海");
  open.schedules = {office_};
  route("north", in("北京"), all_.get());
  route("east", open, sales_.get());
  shut_by_night(*desk_, *sales_);
  EXPECT_EQ(describe(decide_at(kShanghai, kMondayNight).trace),
            "h.toml:30 route north: other region\n"
            "h.toml:31 route east: other time (weekly)\n"
            "h.toml:90 otherwise: matched");
  hotline_.screening.blacklists = {listing("foes", kBeijing)};
  EXPECT_EQ(describe(decide_at(kBeijing, kMondayNight).trace),
            "hotline.toml:5 blacklist foes: lists the caller");
}

}  // namespace
}  // namespace hotline::routing
