// Groups and routes of a hotline: where a call goes.

#include <algorithm>
#include <set>
#include <utility>

#include "config/hotline_file.h"

namespace hotline::config {
namespace {

using routing::Group;
using routing::Phone;

constexpr std::string_view kGroup = "group:";
constexpr std::string_view kRefuse = "refuse:";
constexpr const char* kOtherwise = "otherwise";

// The words an admin may write after "refuse:".
std::vector<std::string_view> refusal_words() {
  std::vector<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(Cause::crash); ++i) {
    const auto word = to_string(static_cast<Cause>(i));
    if (refusal_from_string(word)) words.push_back(word);
  }
  return words;
}

// What follows "refuse:". Errors: nullopt, reported.
std::optional<Cause> parse_refusal(const Text& text, std::string_view key, FileProblems& problems) {
  const std::string_view word = std::string_view(text.value).substr(kRefuse.size());
  const auto cause = refusal_from_string(word);
  if (cause) return cause;
  std::string all;
  for (const std::string_view known : refusal_words()) {
    all += (all.empty() ? "" : ", ") + std::string(known);
  }
  problems.error(text.at, std::string(key) + ": " + in_quotes(word) +
                              " is no reason to refuse a call; there are " + all);
  return std::nullopt;
}

}  // namespace

Cause HotlineFile::refusal(const Reader& section, std::string_view key) {
  const auto text = section.text(key);
  if (text->value.starts_with(kRefuse)) {
    return parse_refusal(*text, key, problems_).value_or(Cause::closed);
  }
  problems_.error(text->at, std::string(key) + ": " + in_quotes(text->value) +
                                " is no target here; wanted is refuse:REASON");
  return Cause::closed;
}

std::vector<const Phone*> HotlineFile::group_phones(const Reader& section) {
  std::vector<const Phone*> phones;
  for (const Text& name : section.texts("phones")) {
    const auto* phone = phones_.find(name, problems_);
    if (!phone) continue;
    if (std::find(phones.begin(), phones.end(), *phone) != phones.end()) {
      problems_.error(name.at, "phone " + in_quotes(name.value) + " is named twice");
    }
    phones.push_back(*phone);
  }
  return phones;
}

void HotlineFile::read_groups() {
  for (const Reader& section : document_.all("group")) {
    auto group = std::make_unique<Group>();
    const auto name = section_name(section, problems_);
    group->source = problems_.source(section.at());
    group->ring = section.text("ring")->value == "parallel" ? routing::RingStrategy::parallel
                                                            : routing::RingStrategy::sequence;
    group->phones = group_phones(section);
    group->on_busy = refusal(section, "on_busy");
    group->on_no_answer = refusal(section, "on_no_answer");
    if (name) {
      group->name = name->value;
      groups_.add(*name, group.get(), problems_);
    }
    hotline_->groups.push_back(std::move(group));
  }
}

// Two phones at once would both play to one caller.
void HotlineFile::check_early_media() {
  if (hotline_->early_media == routing::EarlyMedia::none) return;
  for (const auto& group : hotline_->groups) {
    if (group->ring != routing::RingStrategy::parallel || group->phones.size() < 2) continue;
    const auto section = document_.one("hotline");
    problems_.error(section->at("early_media"), "early_media: group " + in_quotes(group->name) +
                                                    " rings more than one phone at a time");
  }
}

std::optional<routing::Target> HotlineFile::read_target(const Reader& section) {
  const auto text = section.text("to");
  if (!text) return std::nullopt;
  if (text->value.starts_with(kGroup)) {
    const auto* group = groups_.find({text->value.substr(kGroup.size()), text->at}, problems_);
    if (!group) return std::nullopt;
    return *group;
  }
  if (text->value.starts_with(kRefuse)) {
    const auto cause = parse_refusal(*text, "to", problems_);
    if (!cause) return std::nullopt;
    return *cause;
  }
  problems_.error(text->at, "to: " + in_quotes(text->value) +
                                " is no target; wanted is group:NAME or refuse:REASON");
  return std::nullopt;
}

routing::Condition HotlineFile::read_condition(const Reader& when) {
  routing::Condition condition;
  condition.region = shared_.regions.find(when.texts("region"), problems_);
  for (const Text& name : when.texts("schedule")) {
    condition.schedules.push_back(find_schedule(name));
  }
  condition.caller_lists = named_lists(when.texts("caller_list"), shared_.platform, problems_);
  return condition;
}

void HotlineFile::read_routes() {
  std::set<std::string> names;
  for (const Reader& section : document_.all("route")) {
    routing::Route route;
    route.source = problems_.source(section.at());
    if (const auto name = section_name(section, problems_)) {
      route.name = name->value;
      if (route.name == kOtherwise) {
        problems_.error(name->at, "name: the last route alone is called otherwise");
      } else if (!names.insert(route.name).second) {
        problems_.error(name->at, "route " + in_quotes(route.name) + " is already defined");
      }
    }
    if (const auto when = section.inner("when")) route.when = read_condition(*when);
    if (const auto target = read_target(section)) route.to = *target;
    hotline_->routes.push_back(std::move(route));
  }
  if (const auto section = document_.one(kOtherwise)) {
    hotline_->otherwise.name = kOtherwise;
    hotline_->otherwise.source = problems_.source(section->at());
    if (const auto target = read_target(*section)) hotline_->otherwise.to = *target;
  }
}

}  // namespace hotline::config
