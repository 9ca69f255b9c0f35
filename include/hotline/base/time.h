// The two clocks of a call. Durations are billed from the monotonic one; schedules and records
// use the wall clock. The types do not convert into each other, and the core never reads a clock:
// the caller passes a Now.
#pragma once

#include <chrono>

namespace hotline {

using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

// Names the monotonic clock in types only; reading it is the business of an adapter.
struct MonotonicClock {
  using rep = Milliseconds::rep;
  using period = Milliseconds::period;
  using duration = Milliseconds;
  static constexpr bool is_steady = true;
};

// A point on the machine's monotonic clock (CLOCK_MONOTONIC), to the millisecond.
using Instant = std::chrono::time_point<MonotonicClock, Milliseconds>;

// A point of civil time (UTC), to the millisecond.
using WallTime = std::chrono::sys_time<Milliseconds>;

// China's time is UTC and eight hours, all year: days and months of routing and billing are its.
inline constexpr std::chrono::hours kChinaOffset{8};

// One reading of both clocks, taken together.
struct Now {
  Instant mono;
  WallTime wall;
};

}  // namespace hotline
