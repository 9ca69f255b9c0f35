// How many calls each trunk carries at this moment, in either direction, and how many it began in
// the last second: never more than configuration allows. Call thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>

#include "hotline/base/ids.h"
#include "hotline/base/time.h"
#include "hotline/routing/trunk.h"

namespace hotline::call {

class TrunkLoad {
 public:
  // Counts a leg on that trunk. False: it carries, or has just begun, as many as it may.
  // Requires: the leg is counted on no trunk.
  bool take(LegId leg, const routing::Trunk& trunk, Instant now);
  // Counts it whatever the trunk may carry: it is there.
  void hold(LegId leg, const std::string& trunk);
  // The leg is over, if it was counted.
  void free(LegId leg);

  std::uint32_t calls(const std::string& trunk) const;
  std::size_t total() const { return held_.size(); }

 private:
  struct Load {
    std::uint32_t calls = 0;
    std::deque<Instant> begun;  // in the last second, where that is limited: no more than allowed
  };

  std::unordered_map<std::string, Load> loads_;  // only of trunks that are in use
  std::unordered_map<LegId, Load*> held_;
};

}  // namespace hotline::call
