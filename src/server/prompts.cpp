#include "server/prompts.h"

#include <algorithm>

#include "media/prompt_names.h"
#include "media/spoken.h"

namespace hotline::server {
namespace {

// A file, and where the configuration asks for it.
struct Wanted {
  media::PromptFile file;
  routing::Source source;
};

// A queue that says how many go before needs the pieces of numbers.
const routing::Queue* first_that_counts(const routing::Snapshot& snapshot) {
  for (const auto& [number, hotline] : snapshot.hotlines) {
    for (const auto& queue : hotline->queues) {
      if (queue->says_position) return queue.get();
    }
  }
  return nullptr;
}

std::vector<Wanted> wanted_by(const routing::Snapshot& snapshot) {
  std::vector<Wanted> wanted;
  for (const routing::PromptRef& prompt : snapshot.prompts) {
    if (prompt->path.empty() || prompt->path == "tone") continue;
    wanted.push_back({{prompt->path, prompt->path}, prompt->source});
  }
  const routing::Queue* counts = first_that_counts(snapshot);
  if (counts == nullptr) return wanted;
  for (const std::string_view piece : media::pieces_of_positions()) {
    const std::string path = media::prompt_file(piece);
    const bool is_named = std::any_of(wanted.begin(), wanted.end(),
                                      [&](const Wanted& one) { return one.file.path == path; });
    if (!is_named) wanted.push_back({{path, path}, counts->source});
  }
  return wanted;
}

}  // namespace

Prompts load_prompts(const std::filesystem::path& config_dir, const routing::Snapshot& snapshot) {
  const std::vector<Wanted> wanted = wanted_by(snapshot);
  std::vector<media::PromptFile> files;
  for (const Wanted& one : wanted) files.push_back(one.file);
  media::LoadedPrompts loaded = media::load_prompts(config_dir, files);
  Prompts prompts{std::make_shared<const media::PromptLibrary>(std::move(loaded.library)), {}};
  for (const media::PromptProblem& problem : loaded.problems) {
    const auto named = std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& one) {
      return one.file.path == problem.file.path;
    });
    const routing::Source& at = named->source;
    prompts.problems.push_back({at.file, at.line, at.column, problem.what, false});
  }
  return prompts;
}

}  // namespace hotline::server
