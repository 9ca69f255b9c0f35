// What may be played to a caller: a file of the configuration's directory, or a tone. The core
// knows it by what was written, and whoever plays it finds the sound.
#pragma once

#include <memory>
#include <string>

#include "hotline/routing/source.h"

namespace hotline::routing {

struct Prompt {
  std::string path;  // "prompts/default.wav", "tone", or empty: nothing, whatever lies further out
  Source source;     // where it was written first
};

// Null: nothing was said at that level.
using PromptRef = std::shared_ptr<const Prompt>;

}  // namespace hotline::routing
