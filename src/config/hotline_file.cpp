#include "config/hotline_file.h"

#include <algorithm>
#include <utility>

#include "config/values.h"

namespace hotline::config {

bool is_hotline_number(std::string_view text) {
  return text.size() == 10 && text.starts_with("400") && all_digits(text);
}

std::shared_ptr<routing::Hotline> HotlineFile::read() {
  read_owner();
  read_phones();
  name_menus();
  read_voicemails();
  read_groups();
  check_early_media();
  read_routes();
  read_menus();
  mark_ringback();
  read_month_cap();
  phones_.report_unused(problems_);
  groups_.each_unused([this](const routing::Group* group, Place at) {
    shared_.lone_groups.push_back({group, at, problems_});
  });
  sets_.report_unused(problems_);
  menus_.report_unused(problems_);
  queues_.report_unused(problems_);
  voicemails_.report_unused(problems_);
  return std::move(hotline_);
}

std::shared_ptr<const schedule::Schedule> HotlineFile::find_schedule(const Text& name) {
  const auto* schedule = shared_.platform.schedules.find(name, problems_);
  return schedule ? *schedule : nullptr;
}

std::string HotlineFile::hotline_number(const Reader& section) {
  const auto number = section.text("number");
  if (!number) return "";
  if (!is_hotline_number(number->value)) {
    problems_.error(number->at,
                    "number: " + in_quotes(number->value) + " is not 400 and seven digits");
    return "";
  }
  hotline_->source = problems_.source(number->at);
  return number->value;
}

void HotlineFile::read_owner() {
  owner_ = document_.one("hotline");
  if (!owner_) return;
  const auto& section = owner_;
  hotline_->number = hotline_number(*section);
  read_aliases(*section);
  read_account(*section);
  if (const auto package = section->text("package")) {
    const auto* found = shared_.platform.packages.find(*package, problems_);
    if (found) {
      hotline_->package = found->package;
      hotline_->rates = found->rates;
    }
  }
  hotline_->present = section->text("present")->value == "hotline" ? routing::Present::hotline
                                                                   : routing::Present::caller;
  hotline_->early_media = section->text("early_media")->value == "phone"
                              ? routing::EarlyMedia::phone
                              : routing::EarlyMedia::none;
  hotline_->ringback = read_prompt(*section, "ringback", shared_.platform, problems_);
  if (!hotline_->ringback) hotline_->ringback = shared_.platform.ringback;
  hotline_->announcements =
      read_announcements(*section, shared_.platform.announcements, shared_.platform, problems_);
  hotline_->whisper = read_prompt(*section, "whisper", shared_.platform, problems_);
  hotline_->hold_music = read_prompt(*section, "hold_music", shared_.platform, problems_);
  if (!hotline_->hold_music) hotline_->hold_music = shared_.platform.hold_music;
  read_transfers(*section);
  hotline_->answers_refusals = section->text("announce")->value == "answered";
  hotline_->survey = read_prompt(*section, "survey", shared_.platform, problems_);
  hotline_->survey_thanks = read_prompt(*section, "survey_thanks", shared_.platform, problems_);
  if (hotline_->survey) need_feature("survey", section->at("survey"));
  read_recording(*section);
  hotline_->hunt_max = section->seconds("hunt_max_s");
  hotline_->screening = read_screening_lists(*section, shared_.platform, problems_);
}

void HotlineFile::read_transfers(const Reader& section) {
  constexpr std::string_view kTrunk = "trunk:";
  const Text text = *section.text("transfer");
  if (section.has("transfer") && text.value != "none" && !shared_.platform.settings.media.relays) {
    problems_.warning(text.at, "transfer: no call is passed on while media.mode is direct");
  }
  hotline_->transfers.to_phones = text.value != "none";
  if (text.value == "none" || text.value == "phones") return;
  if (!text.value.starts_with(kTrunk)) {
    return problems_.error(text.at, "transfer: " + in_quotes(text.value) +
                                        " is none of \"none\", \"phones\", \"trunk:NAME\"");
  }
  const Text name{text.value.substr(kTrunk.size()), text.at};
  const routing::Trunk* trunk = shared_.platform.trunks.find(name, problems_);
  if (trunk == nullptr) return;
  if (trunk->gateways.empty()) {
    problems_.error(
        text.at, "transfer: trunk " + in_quotes(name.value) + " has no gateways to send calls to");
  }
  hotline_->transfers.trunk = name.value;
}

void HotlineFile::read_recording(const Reader& section) {
  routing::Recording& recording = hotline_->recording;
  recording.all = read_record(section);
  recording.callers = named_lists(section.texts("record_callers"), shared_.platform, problems_);
  if (!recording.callers.empty()) check_recording(section.at("record_callers"), "record_callers");
  recording.notice = read_prompt(section, "record_notice", shared_.platform, problems_);
}

bool HotlineFile::read_record(const Reader& section) {
  if (!section.flag("record")) return false;
  check_recording(section.at("record"), "record");
  return true;
}

void HotlineFile::check_recording(Place at, const std::string& key) {
  need_feature("recording", at);
  if (shared_.platform.settings.media.relays) return;
  problems_.error(at, key + ": needs media.mode = \"relay\"");
}

// What a phone plays before it answers, and what we do, would be heard at once.
void HotlineFile::mark_ringback() {
  const auto sounds = [](const routing::PromptRef& prompt) {
    return prompt && !prompt->path.empty();
  };
  const auto among = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const auto& one) { return sounds(one->ringback); });
  };
  hotline_->whispers = shared_.platform.settings.media.relays &&
                       (sounds(hotline_->whisper) ||
                        std::any_of(hotline_->groups.begin(), hotline_->groups.end(),
                                    [&](const auto& group) { return sounds(group->whisper); }));
  hotline_->plays_ringback = hotline_->early_media == routing::EarlyMedia::none &&
                             shared_.platform.settings.media.relays &&
                             (sounds(hotline_->ringback) || among(hotline_->groups) ||
                              among(hotline_->phones) || among(hotline_->menus));
}

void HotlineFile::read_aliases(const Reader& section) {
  for (const Text& number : section.texts("also")) {
    if (!is_hotline_number(number.value)) {
      problems_.error(number.at,
                      "also: " + in_quotes(number.value) + " is not 400 and seven digits");
      continue;
    }
    auto& aliases = hotline_->aliases;
    if (number.value == hotline_->number ||
        std::find(aliases.begin(), aliases.end(), number.value) != aliases.end()) {
      problems_.error(number.at, "also: " + number.value + " is named twice");
    }
    aliases.push_back(number.value);
  }
}

void HotlineFile::read_account(const Reader& section) {
  const auto account = section.text("account");
  if (!account) return;
  if (!is_name(account->value)) {
    problems_.error(account->at, "account: " + in_quotes(account->value) +
                                     " is no name: letters, digits, '_', '-' and '.'");
  } else if (shared_.context.accounts && !shared_.context.accounts->contains(account->value)) {
    problems_.warning(account->at, "account: " + in_quotes(account->value) +
                                       " does not exist; calls are refused until hotlinectl "
                                       "account open");
  }
  hotline_->account = account->value;
  const auto rules = shared_.platform.accounts.find(account->value);
  if (rules != shared_.platform.accounts.end()) hotline_->account_rules = rules->second;
}

void HotlineFile::read_month_cap() {
  const auto cap = owner_ ? owner_->inner("month_cap") : std::nullopt;
  if (!cap) return;
  hotline_->month_cap = config::read_month_cap(*cap, problems_);
  read_target(*cap, "then", Jump::no, hotline_->at_cap);
}

}  // namespace hotline::config
