// The tables a number is looked up in, each by itself and all together, as the next load of the
// configuration would have them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hotline/region/region.h"

#include "ctl/site.h"

namespace hotline::ctl {

struct RegionSource {
  std::string name;  // "builtin", "imported", "override"
  std::shared_ptr<const region::Table> table;
};

struct RegionSources {
  std::vector<RegionSource>
      each;  // a later one beats those before it; what is absent knows nothing
  std::shared_ptr<const region::Table> together;
  std::vector<std::string> troubles;  // why one of them is left out
};

RegionSources find_region_sources(const Options& options);

// Where an import is kept; empty where hotline.toml does not tell.
std::filesystem::path state_dir_of(const Options& options);

}  // namespace hotline::ctl
