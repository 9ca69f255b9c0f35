#include "server/clock.h"

namespace hotline::server {

Now read_clock() {
  const auto mono = std::chrono::steady_clock::now().time_since_epoch();
  const auto wall = std::chrono::system_clock::now();
  return Now{Instant(std::chrono::duration_cast<Milliseconds>(mono)),
             std::chrono::time_point_cast<Milliseconds>(wall)};
}

}  // namespace hotline::server
