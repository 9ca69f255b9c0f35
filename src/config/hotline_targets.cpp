// Where a call goes: the words behind `to`, `on_busy` and the like.

#include <utility>
#include <vector>

#include "config/hotline_file.h"
#include "config/values.h"

namespace hotline::config {
namespace {

constexpr std::string_view kGroup = "group:";
constexpr std::string_view kRoutes = "routes:";
constexpr std::string_view kHotline = "hotline:";
constexpr std::string_view kNumber = "number:";
constexpr std::string_view kMenu = "menu:";
constexpr std::string_view kQueue = "queue:";
constexpr std::string_view kVoicemail = "voicemail:";
constexpr std::string_view kPhone = "phone:";
constexpr std::string_view kRefuse = "refuse:";

// An outside number is rung for so long, and may have so many calls at once: nobody has said what
// is behind it.
constexpr Seconds kOutsideRing{60};
constexpr std::uint32_t kOutsideLines = 100'000;

std::string words_of_refusal() {
  std::string all;
  for (int i = 0; i <= static_cast<int>(Cause::crash); ++i) {
    const auto word = to_string(static_cast<Cause>(i));
    if (refusal_from_string(word)) all += (all.empty() ? "" : ", ") + std::string(word);
  }
  return all;
}

// What stands behind the word and its colon.
Text rest_of(const Text& text, std::string_view word) {
  return {text.value.substr(word.size()), text.at};
}

// "A/B" as A and B. Errors: nullopt.
std::optional<std::pair<std::string, std::string>> halves(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size()) {
    return std::nullopt;
  }
  return std::pair(std::string(text.substr(0, slash)), std::string(text.substr(slash + 1)));
}

}  // namespace

void HotlineFile::read_target(const Reader& section, std::string_view key, Jump jump,
                              routing::Target& to) {
  if (const auto text = section.text(key)) read_target(*text, key, jump, to);
}

void HotlineFile::read_target(const Text& text, std::string_view key, Jump jump,
                              routing::Target& to) {
  const std::string& value = text.value;
  const std::string before = std::string(key) + ": ";
  if (value.starts_with(kGroup)) {
    if (auto* const* group = groups_.find(rest_of(text, kGroup), problems_)) to = *group;
  } else if (value.starts_with(kRoutes) && jump == Jump::yes) {
    if (auto* const* set = sets_.find(rest_of(text, kRoutes), problems_)) to = *set;
  } else if (value.starts_with(kMenu)) {
    if (auto* const* menu = menus_.find(rest_of(text, kMenu), problems_)) to = *menu;
  } else if (value.starts_with(kQueue)) {
    if (auto* const* queue = queues_.find(rest_of(text, kQueue), problems_)) to = *queue;
  } else if (value.starts_with(kVoicemail)) {
    if (auto* const* box = voicemails_.find(rest_of(text, kVoicemail), problems_)) to = *box;
  } else if (value.starts_with(kPhone)) {
    if (const routing::Group* group = single_phone(text)) to = group;
  } else if (value.starts_with(kHotline)) {
    refer_to_hotline(text, key, to);
  } else if (value.starts_with(kNumber)) {
    if (const routing::Group* group = outside_number(text, key)) to = group;
  } else if (value.starts_with(kRefuse)) {
    const std::string word = rest_of(text, kRefuse).value;
    if (const auto cause = refusal_from_string(word)) {
      to = *cause;
    } else {
      problems_.error(text.at, before + in_quotes(word) +
                                   " is no reason to refuse a call; there are " +
                                   words_of_refusal());
    }
  } else {
    problems_.error(text.at,
                    before + in_quotes(value) + " is no target here; wanted is " +
                        (jump == Jump::yes ? "group:NAME, routes:NAME, " : "group:NAME, ") +
                        "menu:NAME, queue:NAME, voicemail:NAME, phone:NAME, hotline:NUMBER/GROUP, "
                        "number:TRUNK/NUMBER or refuse:REASON");
  }
}

void HotlineFile::refer_to_hotline(const Text& text, std::string_view key, routing::Target& to) {
  const auto named = halves(rest_of(text, kHotline).value);
  if (!named || !is_hotline_number(named->first)) {
    problems_.error(text.at, std::string(key) + ": " + in_quotes(text.value) +
                                 " names no hotline's group; wanted is hotline:4001234567/GROUP");
    return;
  }
  shared_.cross_references.push_back(
      {&to, hotline_->account, named->first, named->second, text.at, problems_});
}

// A group of one bound phone, made once.
const routing::Group* HotlineFile::single_phone(const Text& text) {
  const auto* phone = phones_.find(rest_of(text, kPhone), problems_);
  if (phone == nullptr) return nullptr;
  if (const auto known = outside_.find(text.value); known != outside_.end()) return known->second;
  auto group = std::make_unique<routing::Group>();
  group->name = text.value;
  group->key = hotline_->number + "/" + text.value;
  group->source = problems_.source(text.at);
  group->phones = {*phone};
  const routing::Group* made = group.get();
  hotline_->groups.push_back(std::move(group));
  outside_.emplace(text.value, made);
  return made;
}

// A group of one phone, made once for each number that is written.
const routing::Group* HotlineFile::outside_number(const Text& text, std::string_view key) {
  if (const auto known = outside_.find(text.value); known != outside_.end()) return known->second;
  const auto named = halves(rest_of(text, kNumber).value);
  const std::string_view digits =
      named ? std::string_view(named->second).substr(named->second.starts_with('+') ? 1 : 0) : "";
  if (!named || digits.size() < 3 || digits.size() > 20 || !all_digits(digits)) {
    problems_.error(text.at, std::string(key) + ": " + in_quotes(text.value) +
                                 " is no number behind a trunk; wanted is "
                                 "number:TRUNK/02161234567");
    return nullptr;
  }
  const auto* trunk = shared_.platform.trunks.find({named->first, text.at}, problems_);
  if (trunk == nullptr) return nullptr;
  if (trunk->gateways.empty()) {
    problems_.error(text.at, std::string(key) + ": trunk " + in_quotes(named->first) +
                                 " has no gateways to send calls to");
  }
  auto phone = std::make_unique<routing::Phone>();
  phone->name = text.value;
  phone->key = hotline_->number + "/" + text.value;
  phone->source = problems_.source(text.at);
  phone->address = routing::TrunkNumber{named->first, named->second};
  phone->line_key = named->first + "/" + named->second;
  phone->lines = kOutsideLines;
  phone->ring = kOutsideRing;
  auto group = std::make_unique<routing::Group>();
  group->name = text.value;
  group->key = phone->key;
  group->source = phone->source;
  group->phones = {phone.get()};
  hotline_->phones.push_back(std::move(phone));
  const routing::Group* made = group.get();
  hotline_->groups.push_back(std::move(group));
  outside_.emplace(text.value, made);
  return made;
}

}  // namespace hotline::config
