// Keys that name what is played: `ringback` of [media], [hotline], [[group]] and [[phone]].

#include "config/files.h"
#include "config/platform.h"

namespace hotline::config {
routing::PromptRef read_prompt(const Reader& section, std::string_view key, Platform& platform,
                               FileProblems& problems) {
  const auto text = section.text(key);
  if (!text) return nullptr;
  const std::string word(key);
  const bool is_file = text->value != "tone" && text->value != "none";
  if (is_file && !stays_inside(text->value)) {
    problems.error(text->at, word + ": " + in_quotes(text->value) +
                                 " is no path inside the configuration's directory");
    return nullptr;
  }
  if (!platform.settings.media.relays) {
    problems.warning(text->at, word + ": is not heard while media.mode is direct");
  }
  const std::string path = text->value == "none" ? "" : text->value;
  auto& prompt = platform.prompts[path];
  if (!prompt) {
    prompt =
        std::make_shared<const routing::Prompt>(routing::Prompt{path, problems.source(text->at)});
  }
  return prompt;
}

}  // namespace hotline::config
