// How many calls each real phone has at this moment, never more than its lines. A line may rest
// after a call: the person behind it has something to finish. Call thread only.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hotline/base/ids.h"
#include "hotline/base/time.h"

namespace hotline::call {

class Lines {
 public:
  // Takes a line of that phone for a leg. False: all its lines are in use, or rest.
  // Requires: the leg holds no line.
  bool take(LegId leg, const std::string& line_key, std::uint32_t lines, Instant now);
  // Takes one whatever the phone has: the leg is there.
  void hold(LegId leg, const std::string& line_key);
  // Gives back what the leg holds, if it holds one.
  void free(LegId leg);
  // A line of that phone, free again after a call, rests until then.
  void rest(const std::string& line_key, Instant until);

  // Lines that are in use or rest.
  std::uint32_t in_use(const std::string& line_key, Instant now) const;
  // Legs that hold one.
  std::size_t total() const { return held_.size(); }

 private:
  struct Use {
    std::uint32_t taken = 0;
    std::vector<Instant> resting;  // until then
  };

  static std::uint32_t count(const Use& use, Instant now);

  std::unordered_map<std::string, Use> used_;
  std::unordered_map<LegId, std::string> held_;
};

}  // namespace hotline::call
