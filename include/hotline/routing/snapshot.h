// One accepted configuration, whole. A reload swaps the snapshot between two events; a live call
// keeps the one it began with.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hotline/routing/hotline.h"
#include "hotline/routing/trunk.h"

namespace hotline::routing {

struct Snapshot {
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  std::unordered_map<std::string, std::unique_ptr<const Hotline>, Hash, std::equal_to<>> hotlines;
  std::vector<std::shared_ptr<const CallerList>> blacklists;  // of the platform
  std::vector<std::shared_ptr<const CallerList>> whitelists;
  std::vector<Trunk> trunks;
  std::shared_ptr<const region::Table> regions;

  // Null where nobody owns that number.
  const Hotline* find(std::string_view number) const;
  // Null where no trunk has that name.
  const Trunk* trunk(std::string_view name) const;
};

}  // namespace hotline::routing
