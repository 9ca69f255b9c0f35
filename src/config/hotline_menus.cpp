// The menus, queues and voicemail boxes of a hotline: what callers are asked, where they wait, and
// where they leave word.

#include <algorithm>
#include <utility>

#include "config/hotline_file.h"

namespace hotline::config {
namespace {

constexpr std::size_t kMostKeys = 10;  // of one choice
constexpr const char* kRepeat = "repeat";

bool are_keys(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         text.find_first_not_of("0123456789*#ABCD") == std::string_view::npos;
}

}  // namespace

void HotlineFile::name_menus() {
  for (const Reader& section : document_.all("menu")) {
    add_named(section, hotline_->menus, menus_);
  }
  for (const Reader& section : document_.all("queue")) {
    add_named(section, hotline_->queues, queues_);
  }
}

void HotlineFile::read_menus() {
  const auto menus = document_.all("menu");
  for (std::size_t i = 0; i < menus.size(); ++i) read_menu(menus[i], *hotline_->menus[i]);
  const auto queues = document_.all("queue");
  for (std::size_t i = 0; i < queues.size(); ++i) read_queue(queues[i], *hotline_->queues[i]);
}

// They refer to nothing, so they are read at once.
void HotlineFile::read_voicemails() {
  for (const Reader& section : document_.all("voicemail")) {
    need_feature("voicemail", section.at());
    routing::Voicemail& box = add_named(section, hotline_->voicemails, voicemails_);
    box.prompt = read_prompt(section, "prompt", shared_.platform, problems_);
    box.longest = section.seconds("max_s");
  }
}

void HotlineFile::need_feature(const std::string& feature, Place at) {
  if (!hotline_->package) return;
  const auto bought = shared_.platform.features.find(hotline_->package->name);
  if (bought == shared_.platform.features.end() || bought->second.contains(feature)) return;
  problems_.error(at, "package " + in_quotes(hotline_->package->name) + " has no feature " +
                          in_quotes(feature));
}

// Cross references keep where a target stands, so the list has its size before it is filled.
std::vector<routing::Option> HotlineFile::read_keys(const Reader& section, std::size_t most,
                                                    Jump jump) {
  const std::vector<NamedText> written = section.text_table("keys");
  std::vector<routing::Option> options(written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    const NamedText& one = written[i];
    if (!are_keys(one.name.value, most)) {
      problems_.error(one.name.at, "keys: " + in_quotes(one.name.value) + " is not " +
                                       (most == 1 ? "one key" : "1 to 10 keys") +
                                       " of 0-9, *, #, A-D");
    }
    options[i].keys = one.name.value;
    options[i].repeats = one.text.value == kRepeat && jump == Jump::yes;
    if (!options[i].repeats) read_target(one.text, "keys", jump, options[i].to);
  }
  return options;
}

void HotlineFile::read_menu(const Reader& section, routing::Menu& menu) {
  need_feature("menu", section.at());
  menu.prompt = read_prompt(section, "prompt", shared_.platform, problems_);
  if (menu.prompt && menu.prompt->path.empty()) {
    problems_.error(section.at("prompt"), "prompt: a menu has to say something");
  }
  menu.wrong_key = read_prompt(section, "wrong_key", shared_.platform, problems_);
  menu.ringback = read_prompt(section, "ringback", shared_.platform, problems_);
  menu.timeout = section.seconds("timeout_s");
  menu.key_gap = section.seconds("key_gap_s");
  menu.tries = static_cast<std::uint32_t>(section.whole("tries"));
  menu.barge_in = section.flag("barge_in");
  menu.options = read_keys(section, kMostKeys, Jump::yes);
  read_target(section, "otherwise", Jump::no, menu.otherwise);
}

void HotlineFile::read_queue(const Reader& section, routing::Queue& queue) {
  need_feature("queue", section.at());
  if (const auto name = section.text("group")) {
    if (auto* const* group = groups_.find(*name, problems_)) queue.group = *group;
  }
  queue.answers = section.flag("answer");
  queue.music = read_prompt(section, "music", shared_.platform, problems_);
  queue.announcement = read_prompt(section, "announcement", shared_.platform, problems_);
  queue.says_position = section.flag("position");
  queue.says_wait = section.flag("waiting_time");
  queue.announce_every = section.seconds("announce_s");
  queue.longest_wait = section.seconds("max_wait_s");
  queue.most_waiting = static_cast<std::uint32_t>(section.whole("max_waiting"));
  queue.retry = section.seconds("retry_s");
  queue.first = named_lists(section.texts("first"), shared_.platform, problems_);
  queue.options = read_keys(section, 1, Jump::no);
  read_target(section, "on_full", Jump::no, queue.on_full);
  read_target(section, "on_timeout", Jump::no, queue.on_timeout);
}

}  // namespace hotline::config
