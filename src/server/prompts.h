// The prompts that a configuration names, loaded: for the server, which plays them, and for whoever
// checks a configuration. Thread: any but the call thread; reads files.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "hotline/routing/snapshot.h"

#include "config/problems.h"
#include "media/prompt_library.h"

namespace hotline::server {

struct Prompts {
  std::shared_ptr<const media::PromptLibrary> library;  // not null
  std::vector<config::Problem> problems;                // errors, at the place that named it first
};

// A prompt that cannot be loaded is not in the library: a tone is played in its place.
Prompts load_prompts(const std::filesystem::path& config_dir, const routing::Snapshot& snapshot);

}  // namespace hotline::server
