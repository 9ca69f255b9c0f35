// The clock adapter: the one place that reads the machine's clocks for the core.
#pragma once

#include <chrono>

#include "hotline/base/time.h"

namespace hotline::server {

// Thread: any.
Now read_clock();
// The monotonic clock of read_clock(), to the microsecond.
std::chrono::time_point<MonotonicClock, std::chrono::microseconds> read_precise_clock();

}  // namespace hotline::server
