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

const routing::Queue* first_queue(const routing::Snapshot& snapshot, bool routing::Queue::*says) {
  for (const auto& [number, hotline] : snapshot.hotlines) {
    for (const auto& queue : hotline->queues) {
      if ((*queue).*says) return queue.get();
    }
  }
  return nullptr;
}

// The pieces of a sentence that any queue says.
void add_pieces(const routing::Snapshot& snapshot, bool routing::Queue::*says,
                const media::Pieces& pieces, std::vector<Wanted>& wanted) {
  const routing::Queue* queue = first_queue(snapshot, says);
  if (queue == nullptr) return;
  for (const std::string_view piece : pieces) {
    const std::string path = media::prompt_file(piece);
    const bool is_named = std::any_of(wanted.begin(), wanted.end(),
                                      [&](const Wanted& one) { return one.file.path == path; });
    if (!is_named) wanted.push_back({{path, path}, queue->source});
  }
}

std::vector<Wanted> wanted_by(const routing::Snapshot& snapshot) {
  std::vector<Wanted> wanted;
  for (const routing::PromptRef& prompt : snapshot.prompts) {
    if (prompt->path.empty() || prompt->path == "tone") continue;
    wanted.push_back({{prompt->path, prompt->path}, prompt->source});
  }
  using routing::Queue;
  add_pieces(snapshot, &Queue::says_position, media::pieces_of_positions(), wanted);
  add_pieces(snapshot, &Queue::says_wait, media::pieces_of_waiting_times(), wanted);
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
