#include "server/prompts.h"

#include <algorithm>

namespace hotline::server {

Prompts load_prompts(const std::filesystem::path& config_dir, const routing::Snapshot& snapshot) {
  std::vector<media::PromptFile> files;
  for (const routing::PromptRef& prompt : snapshot.prompts) {
    if (!prompt->path.empty() && prompt->path != "tone")
      files.push_back({prompt->path, prompt->path});
  }
  media::LoadedPrompts loaded = media::load_prompts(config_dir, files);
  Prompts prompts{std::make_shared<const media::PromptLibrary>(std::move(loaded.library)), {}};
  for (const media::PromptProblem& problem : loaded.problems) {
    const auto named =
        std::find_if(snapshot.prompts.begin(), snapshot.prompts.end(),
                     [&](const auto& one) { return one->path == problem.file.path; });
    const routing::Source& at = (*named)->source;
    prompts.problems.push_back({at.file, at.line, at.column, problem.what, false});
  }
  return prompts;
}

}  // namespace hotline::server
