// The media plane's time: the machine's monotonic clock to the microsecond, for arrival times are
// measured in the eighth of a millisecond that a sample lasts. Instants of calls convert into it.
#pragma once

#include <chrono>

#include "hotline/base/time.h"

namespace hotline::media {

using Microseconds = std::chrono::microseconds;
using MediaTime = std::chrono::time_point<MonotonicClock, Microseconds>;

}  // namespace hotline::media
