// Keys that name what is played: `ringback` of [media], [hotline], [[group]] and [[phone]], and
// `announcements` of the first two.

#include "config/files.h"
#include "config/platform.h"

namespace hotline::config {
namespace {

// Kept once, with the place that named it first.
routing::PromptRef keep(const std::string& path, const routing::Source& source,
                        Platform& platform) {
  auto& prompt = platform.prompts[path];
  if (!prompt) prompt = std::make_shared<const routing::Prompt>(routing::Prompt{path, source});
  return prompt;
}

bool is_playable(const Text& text, const std::string& key, FileProblems& problems) {
  if (text.value == "tone" || stays_inside(text.value)) return true;
  problems.error(text.at, key + ": " + in_quotes(text.value) +
                              " is no path inside the configuration's directory");
  return false;
}

routing::PromptRef prompt_of(const Text& text, const std::string& key, Platform& platform,
                             FileProblems& problems) {
  const bool is_none = text.value == "none";
  if (!is_none && !is_playable(text, key, problems)) return nullptr;
  if (!platform.settings.media.relays) {
    problems.warning(text.at, key + ": is not heard while media.mode is direct");
  }
  return keep(is_none ? "" : text.value, problems.source(text.at), platform);
}

}  // namespace

routing::PromptRef read_prompt(const Reader& section, std::string_view key, Platform& platform,
                               FileProblems& problems) {
  const auto text = section.text(key);
  return text ? prompt_of(*text, std::string(key), platform, problems) : nullptr;
}

void read_confirm_prompt(const Reader& media, Platform& platform, FileProblems& problems) {
  const auto text = media.text("confirm_prompt");
  if (is_playable(*text, "confirm_prompt", problems)) platform.confirm_path = text->value;
}

routing::PromptRef Platform::confirm_prompt(const routing::Source& needed_at) {
  return keep(confirm_path, needed_at, *this);
}

std::shared_ptr<const routing::Announcements> read_announcements(
    const Reader& section, const std::shared_ptr<const routing::Announcements>& outer,
    Platform& platform, FileProblems& problems) {
  const std::vector<NamedText> said = section.text_table("announcements");
  if (said.empty()) return outer;
  auto announcements = outer ? std::make_shared<routing::Announcements>(*outer)
                             : std::make_shared<routing::Announcements>();
  for (const NamedText& one : said) {
    const auto cause = cause_from_string(one.name.value);
    if (!cause || !routing::may_be_announced(*cause)) {
      problems.error(one.name.at, "announcements: " + in_quotes(one.name.value) +
                                      " is no refusal that can be announced");
    } else if (auto prompt = prompt_of(one.text, "announcements", platform, problems)) {
      (*announcements)[*cause] = std::move(prompt);
    }
  }
  return announcements;
}

}  // namespace hotline::config
