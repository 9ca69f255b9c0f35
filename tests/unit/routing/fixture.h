// A small world to decide in: a hotline of two phones, and facts that a test sets.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "hotline/routing/decision.h"

namespace hotline::routing {
using number::Kind;
using number::Number;

// 2026-03-02 is a Monday; 02:00 UTC is 10:00 in China.
inline constexpr WallTime kMondayMorning{Milliseconds{1'772'416'800'000}};
inline constexpr WallTime kMondayNight = kMondayMorning + std::chrono::hours(12);
inline const Number kBeijing{Kind::landline, "+861062345678", "01062345678"};
inline const Number kShanghai{Kind::landline, "+862162345678", "02162345678"};
inline const Number kWithheld{Kind::withheld, "", "anonymous"};
inline const Number kUnknown{Kind::unknown, "", "10086"};

class Decide : public testing::Test {
 protected:
  Decide() {
    snapshot_.regions = region::builtin_table();
    hotline_.number = "4001234567";
    office_ = std::make_shared<schedule::Schedule>();
    for (auto& day : office_->weekly) day = {schedule::Span{9 * 60, 18 * 60}};
    desk_ = phone("desk");
    li_ = phone("li");
    sales_ = group("sales", RingStrategy::sequence, {desk_.get(), li_.get()});
    all_ = group("all", RingStrategy::parallel, {desk_.get(), li_.get()});
    hotline_.otherwise = Route{"otherwise", Source{"h.toml", 90}, {}, Cause::closed};
  }

  static std::unique_ptr<Phone> phone(const std::string& name) {
    auto made = std::make_unique<Phone>();
    made->name = name;
    made->key = "4001234567/" + name;
    made->line_key = "carrier/" + name;
    made->source = Source{"h.toml", 10};
    return made;
  }
  static std::unique_ptr<Group> group(const std::string& name, RingStrategy ring,
                                      std::vector<const Phone*> phones) {
    auto made = std::make_unique<Group>();
    made->name = name;
    made->key = "4001234567/" + name;
    made->source = Source{"h.toml", 20};
    made->ring = ring;
    for (const Phone* phone : phones) made->phones.push_back(phone);
    return made;
  }
  // From now on the phone keeps office hours, in that group too.
  void shut_by_night(Phone& phone, Group& group) const {
    phone.schedule = office_;
    Members members;
    for (const Member& member : group.phones) members.push_back(member.phone);
    group.phones = members;
  }
  static std::shared_ptr<const CallerList> listing(const std::string& name, const Number& caller) {
    auto list = std::make_shared<CallerList>(name, Source{"hotline.toml", 5});
    if (caller.kind == Kind::withheld) {
      list->add_withheld();
    } else {
      list->add_number(caller.e164);
    }
    return list;
  }
  void route(const std::string& name, Condition when, Target to) {
    const int line = 30 + static_cast<int>(hotline_.routes.size());
    hotline_.routes.push_back(Route{name, Source{"h.toml", line}, std::move(when), to});
  }
  Condition in(const char* region) const {
    Condition condition;
    condition.region = *snapshot_.regions->named(region);
    return condition;
  }
  Decision decide_at(const Number& caller, WallTime when) const {
    const RecordedFacts facts(asked_, draw_);
    return decide({snapshot_, hotline_, caller, when, facts});
  }
  Cause refused(const Number& caller, WallTime when = kMondayMorning) const {
    return std::get<Cause>(decide_at(caller, when).verdict);
  }
  std::string group_of(const Number& caller, WallTime when = kMondayMorning) const {
    return std::get<RingPlan>(decide_at(caller, when).verdict).group->name;
  }

  // The phones in ring order; `|` begins a further stage.
  static std::string order(const Decision& decision) {
    const auto* plan = std::get_if<RingPlan>(&decision.verdict);
    if (plan == nullptr) return outcome(decision);
    std::string text;
    for (std::uint8_t i = 0; i < plan->size; ++i) {
      const bool further = i > 0 && plan->entries[i].stage != plan->entries[i - 1].stage;
      if (i > 0) text += further ? " | " : " ";
      text += plan->entries[i].phone->name;
    }
    return text;
  }

  Asked asked_;  // what is not quiet
  std::uint64_t draw_ = 1;
  Snapshot snapshot_;
  Hotline hotline_;
  std::shared_ptr<schedule::Schedule> office_;
  std::unique_ptr<Phone> desk_;
  std::unique_ptr<Phone> li_;
  std::unique_ptr<Group> sales_;
  std::unique_ptr<Group> all_;
};

}  // namespace hotline::routing
