#include "server/clock.h"

namespace hotline::server {

Now read_clock() {
  const auto mono = std::chrono::steady_clock::now().time_since_epoch();
  const auto wall = std::chrono::system_clock::now();
  return Now{Instant(std::chrono::duration_cast<Milliseconds>(mono)),
             std::chrono::time_point_cast<Milliseconds>(wall)};
}

std::chrono::time_point<MonotonicClock, std::chrono::microseconds> read_precise_clock() {
  using Precise = std::chrono::time_point<MonotonicClock, std::chrono::microseconds>;
  return Precise(std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now().time_since_epoch()));
}

}  // namespace hotline::server
