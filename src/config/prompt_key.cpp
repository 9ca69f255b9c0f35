// Keys that name what is played: `ringback` of [media], [hotline], [[group]] and [[phone]], and
// `announcements` of the first two.

#include "config/files.h"
#include "config/platform.h"

namespace hotline::config {
namespace {

routing::PromptRef prompt_of(const Text& text, const std::string& key, Platform& platform,
                             FileProblems& problems) {
  const bool is_file = text.value != "tone" && text.value != "none";
  if (is_file && !stays_inside(text.value)) {
    problems.error(text.at, key + ": " + in_quotes(text.value) +
                                " is no path inside the configuration's directory");
    return nullptr;
  }
  if (!platform.settings.media.relays) {
    problems.warning(text.at, key + ": is not heard while media.mode is direct");
  }
  const std::string path = text.value == "none" ? "" : text.value;
  auto& prompt = platform.prompts[path];
  if (!prompt) {
    prompt =
        std::make_shared<const routing::Prompt>(routing::Prompt{path, problems.source(text.at)});
  }
  return prompt;
}

}  // namespace

routing::PromptRef read_prompt(const Reader& section, std::string_view key, Platform& platform,
                               FileProblems& problems) {
  const auto text = section.text(key);
  return text ? prompt_of(*text, std::string(key), platform, problems) : nullptr;
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
