// region import: a downloaded table of prefixes becomes the one in use, whole or not at all.
#pragma once

#include <string>

#include "ctl/session.h"

namespace hotline::ctl {

struct RegionImport {
  std::string file;
  bool skip_bad = false;
};

// Reads the file, keeps its entries in the state directory and has a running server take them
// over. Where anything is wrong in it, all of that is told and nothing changes, unless it is to be
// skipped.
// Returns: the exit code.
int import_regions(Session& session, const RegionImport& import);

}  // namespace hotline::ctl
