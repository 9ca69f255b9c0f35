// What routing says about one call: whom to ring, or why not, and by which rules.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/number/number.h"
#include "hotline/region/region.h"
#include "hotline/routing/snapshot.h"

namespace hotline::routing {

// Phones in ring order; those of one stage ring together, the next stage follows when all of it
// failed. A sequence has one phone a stage, a parallel group one stage.
struct RingPlan {
  struct Entry {
    const Phone* phone = nullptr;
    std::uint8_t stage = 0;
  };

  const Group* group = nullptr;
  std::array<Entry, kMostPhones> entries{};
  std::uint8_t size = 0;
};

// One rule that was looked at, and what it said.
struct TraceStep {
  enum class Said : std::uint8_t {
    matched,
    other_region,
    other_time,
    other_caller,
    listed,      // a blacklist or whitelist holds the caller
    phone_shut,  // a phone left out by its own schedule
  };

  const Source* source = nullptr;  // lives as long as the snapshot
  const std::string* name = nullptr;
  const char* rule = "";  // "whitelist", "blacklist", "route", "phone"
  Said said = Said::matched;
  schedule::Basis basis = schedule::Basis::weekly;  // meaningful where a schedule was asked
  bool asked_schedule = false;
};
using Trace = std::vector<TraceStep>;

struct Decision {
  std::variant<RingPlan, Cause> verdict;
  region::Located located;
  Trace trace;
};

// Decides about a call to that hotline.
// Requires: the hotline is of that snapshot. Costs under a microsecond; reads no clock.
Decision decide(const Snapshot& snapshot, const Hotline& hotline, const number::Number& caller,
                WallTime when);

// The trace as a person reads it, one line a rule: "hotlines/4001234567.toml:31 route east:
// other region".
std::string describe(const Trace& trace);

}  // namespace hotline::routing
