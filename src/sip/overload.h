// When more comes in than can be done, new calls are turned away at the door, early and cheaply, so
// that live ones and those that are let in keep their delays. What is measured is how long messages
// wait in our sockets before they are read: it says so whatever it is that is scarce, and a burst
// that is worked off in a moment is no overload (the idea of RFC 8289; RFC 6357 §4.1 on telling
// overload by delay). Pure: time and what was measured are passed in.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "hotline/base/time.h"

namespace hotline::sip {

class Overload {
 public:
  // Messages may wait so long at any time, and longer than that for the grace.
  static constexpr Milliseconds kWait{50};
  static constexpr Milliseconds kGrace{200};
  // Who was overloaded is so again without a grace, for so long.
  static constexpr Milliseconds kMemory{2'000};

  // Is a new call of that trunk to be turned away? `waited`: how long the oldest message waits.
  // Trunks that call little beside others are let in: what floods is turned away first.
  bool turns_away(const std::string& trunk, Milliseconds waited, Instant now);

 private:
  bool is_overloaded(Milliseconds waited, Instant now);
  void begin_second(Instant now);

  Instant above_since_{}, last_above_{};  // kWait, at each new call between
  Instant overloaded_until_{};            // remembered until then
  Instant second_ends_{};
  std::unordered_map<std::string, std::uint32_t> offered_;  // in this second, by trunk
  std::uint32_t let_in_ = 0;
  std::uint32_t sure_ = 0;  // so many of each trunk are let in, whatever else comes
};

}  // namespace hotline::sip
