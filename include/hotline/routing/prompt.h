// What may be played to a caller: a file of the configuration's directory, or a tone. The core
// knows it by what was written, and whoever plays it finds the sound.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "hotline/base/cause.h"
#include "hotline/routing/source.h"

namespace hotline::routing {

struct Prompt {
  std::string path;  // "prompts/default.wav", "tone", or empty: nothing, whatever lies further out
  Source source;     // where it was written first
};

// Null: nothing was said at that level.
using PromptRef = std::shared_ptr<const Prompt>;

// What a caller is told who is refused, by why; an empty path: nothing.
using Announcements = std::map<Cause, PromptRef>;

// May an admin have something said for that refusal? Not where the carrier shall try elsewhere or
// later, and not where a call went wrong.
bool may_be_announced(Cause cause);
// Returns: a path, or empty: nothing is said.
const std::string& announcement_for(const Announcements* announcements, Cause cause);

}  // namespace hotline::routing
