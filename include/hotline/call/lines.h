// How many calls each real phone has at this moment, never more than its lines. Call thread only.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "hotline/base/ids.h"

namespace hotline::call {

class Lines {
 public:
  // Takes a line of that phone for a leg. False: all its lines are in use.
  // Requires: the leg holds no line.
  bool take(LegId leg, const std::string& line_key, std::uint32_t lines);
  // Gives back what the leg holds, if it holds one.
  void free(LegId leg);

  std::uint32_t in_use(const std::string& line_key) const;
  std::size_t total() const { return held_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> used_;
  std::unordered_map<LegId, std::string> held_;
};

}  // namespace hotline::call
