// The server's allocator: what it is told at start, and when it gives memory back
// (docs/adr/0004-jemalloc.md).
#pragma once

#include <cstddef>

#include "hotline/base/time.h"

namespace hotline::server {

// Gives what is free back to the system once it has not been needed for a while. An allocator that
// did so by itself would do it in every lull, and busy calls would pay for its return.
class Thrift {
 public:
  static constexpr int kIdleLooks = 10;  // in a row, and it gives back
  static constexpr Seconds kApart{2};    // between looks

  // Looks at what is in use now. One thread, not that of the calls.
  void look();

 private:
  void rest();
  void wake();

  int idle_looks_ = 0;
  std::size_t resting_at_ = 0;  // bytes kept at rest; 0: awake
};

}  // namespace hotline::server
