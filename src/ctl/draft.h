// The configuration directory as the server would load it: what commands judge that try a change
// before it counts.
#pragma once

#include <optional>
#include <vector>

#include "config/load.h"
#include "ctl/session.h"

namespace hotline::ctl {

struct Draft {
  std::filesystem::path directory;
  std::optional<config::Loaded> loaded;   // nullopt: it has errors
  std::vector<config::Problem> problems;  // errors, or warnings
};

struct DraftFlags {
  bool strict = false;    // a calendar that ends soon is an error
  bool skip_bad = false;  // bad lines of lists are left out
};
Draft read_draft(Session& session, const DraftFlags& flags = {});

// Says what is wrong with it, where it cannot be used.
// Returns: the exit code of a command that needs it.
int refuse_draft(Session& session, const Draft& draft);

}  // namespace hotline::ctl
