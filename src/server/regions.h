// The regions a configuration is loaded with: the builtin table and, over it, the imported one.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "hotline/region/region.h"

#include "config/problems.h"

namespace hotline::server {

struct Regions {
  std::shared_ptr<const region::Table> table;
  std::vector<config::Problem> warnings;  // an imported table that cannot be used is left out
};

// Reads what was imported into that directory; an empty one is not known. Thread: not the call
// thread.
Regions read_regions(const std::filesystem::path& state_dir);

}  // namespace hotline::server
