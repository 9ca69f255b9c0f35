// The groups of a hotline: which phones ring, in which order, and what happens when none takes the
// call.

#include <algorithm>
#include <array>
#include <utility>

#include "hotline/base/contract.h"

#include "config/hotline_file.h"

namespace hotline::config {
namespace {

using routing::Group;
using routing::RingStrategy;

struct RingWord {
  std::string_view word;
  RingStrategy ring;
};
constexpr std::array<RingWord, 9> kRingWords{{{"sequence", RingStrategy::sequence},
                                              {"parallel", RingStrategy::parallel},
                                              {"staged", RingStrategy::staged},
                                              {"round_robin", RingStrategy::round_robin},
                                              {"random", RingStrategy::random},
                                              {"weighted", RingStrategy::weighted},
                                              {"least_recent", RingStrategy::least_recent},
                                              {"fewest_calls", RingStrategy::fewest_calls},
                                              {"longest_idle", RingStrategy::longest_idle}}};

RingStrategy ring_from(std::string_view word) {
  for (const RingWord& one : kRingWords) {
    if (one.word == word) return one.ring;
  }
  HOTLINE_EXPECT(false);  // the reader takes these words alone
  return RingStrategy::sequence;
}

bool rings_several(const Group& group) {
  const bool at_once = group.ring == RingStrategy::parallel || group.ring == RingStrategy::staged;
  return at_once && group.phones.size() > 1;
}

// A list with a number for each phone, which one strategy needs and no other knows.
std::vector<std::int64_t> of_each_phone(const Reader& section, std::string_view key, bool wanted,
                                        std::size_t phones, FileProblems& problems) {
  if (section.has(key) != wanted) {
    problems.error(section.at(wanted ? "ring" : key),
                   wanted ? std::string(key) + " is missing: a number for each phone"
                          : std::string(key) + ": has no effect with this ring");
    return {};
  }
  if (!wanted) return {};
  auto numbers = section.wholes(key);
  if (numbers.size() != phones) {
    problems.error(section.at(key), std::string(key) + ": " + std::to_string(numbers.size()) +
                                        " values for " + std::to_string(phones) +
                                        " phones; each needs one");
    return {};
  }
  return numbers;
}

}  // namespace

routing::Members HotlineFile::group_phones(const Reader& section) {
  routing::Members phones;
  for (const Text& name : section.texts("phones")) {
    const auto* phone = phones_.find(name, problems_);
    if (!phone) continue;
    if (std::find(phones.begin(), phones.end(), routing::Member(*phone)) != phones.end()) {
      problems_.error(name.at, "phone " + in_quotes(name.value) + " is named twice");
    }
    // More are an error already: too many phones, or some named twice.
    if (phones.size() < routing::kMostPhones) phones.push_back(*phone);
  }
  return phones;
}

// What a strategy needs to know beyond the phones.
void HotlineFile::read_order(const Reader& section, Group& group) {
  const bool staged = group.ring == RingStrategy::staged;
  const auto after = of_each_phone(section, "after_s", staged, group.phones.size(), problems_);
  for (const std::int64_t one : after) group.after_s.push_back(static_cast<std::uint16_t>(one));
  if (!std::is_sorted(after.begin(), after.end())) {
    problems_.error(section.at("after_s"),
                    "after_s: a phone begins no earlier than the one before it");
  }
  const bool weighted = group.ring == RingStrategy::weighted;
  std::vector<std::uint32_t> weights;
  for (const std::int64_t one :
       of_each_phone(section, "weights", weighted, group.phones.size(), problems_)) {
    weights.push_back(static_cast<std::uint32_t>(one));
  }
  group.turns = routing::smooth_turns(weights);
  if (!weights.empty() && group.turns.empty()) {
    problems_.error(section.at("weights"), "weights: all are 0, nobody would get a call");
  }
}

// Phones of strategies that ask what they have done.
void HotlineFile::mark_history(const Group& group) {
  const bool asks = group.ring == RingStrategy::least_recent ||
                    group.ring == RingStrategy::fewest_calls ||
                    group.ring == RingStrategy::longest_idle;
  if (!asks) return;
  for (const auto& phone : hotline_->phones) {
    if (std::find(group.phones.begin(), group.phones.end(), routing::Member(phone.get())) !=
        group.phones.end()) {
      phone->keeps_history = true;
    }
  }
}

void HotlineFile::read_groups() {
  const auto sections = document_.all("group");
  for (const Reader& section : sections) {
    Group& group = add_named(section, hotline_->groups, groups_);
    group.ring = ring_from(section.text("ring").value_or(Text{"sequence", {}}).value);
    group.phones = group_phones(section);
    group.sticky = section.flag("sticky");
    if (group.sticky) hotline_->remembers_callers = true;
    group.ringback = read_prompt(section, "ringback", shared_.platform, problems_);
    group.whisper = read_prompt(section, "whisper", shared_.platform, problems_);
    group.records = read_record(section);
    read_order(section, group);
    mark_history(group);
  }
  for (std::size_t i = 0; i < sections.size(); ++i) {
    Group& group = *hotline_->groups[i];  // outside numbers come behind them
    read_target(sections[i], "on_busy", Jump::no, group.on_busy);
    read_target(sections[i], "on_no_answer", Jump::no, group.on_no_answer);
    read_target(sections[i], "on_closed", Jump::no, group.on_closed);
  }
}

// Two phones at once would both play to one caller.
void HotlineFile::check_early_media() {
  if (hotline_->early_media == routing::EarlyMedia::none) return;
  for (const auto& group : hotline_->groups) {
    if (!rings_several(*group)) continue;
    problems_.error(owner_->at("early_media"), "early_media: group " + in_quotes(group->name) +
                                                   " rings more than one phone at a time");
  }
}

}  // namespace hotline::config
