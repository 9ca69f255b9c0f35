// One accepted configuration, whole. A reload swaps the snapshot between two events; a live call
// keeps the one it began with.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
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

  // By each of its numbers.
  std::unordered_map<std::string, std::shared_ptr<const Hotline>, Hash, std::equal_to<>> hotlines;
  Screening screening;                     // of the platform
  std::optional<Guard> guard;              // against malicious callers
  std::uint32_t max_calls_per_caller = 0;  // live at a time; 0: no limit
  Source max_calls_source;                 // where that was written
  std::vector<Trunk> trunks;
  std::map<std::string, Pricing, std::less<>> packages;  // by name, used or not
  std::shared_ptr<const region::Table> regions;

  // Null where nobody owns that number.
  const Hotline* find(std::string_view number) const;
  // Null where no trunk has that name.
  const Trunk* trunk(std::string_view name) const;
};

}  // namespace hotline::routing
