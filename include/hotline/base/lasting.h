// Memory for what stays as long as its call, apart from what is gone with the messages that set it
// up: SIP keeps those for half a minute, some 30 kB a call (RFC 3261 §17), and a page they shared
// with something that stays could not be given back after them.
//
// While one of these lives, what its thread allocates lies on pages of its own (server/memory.cpp).
// In programs without that allocator it changes nothing.
#pragma once

#include <utility>

namespace hotline {

class Lasting {
 public:
  Lasting() : outer_(std::exchange(here_, true)) {}
  ~Lasting() { here_ = outer_; }
  Lasting(const Lasting&) = delete;
  Lasting& operator=(const Lasting&) = delete;

  static bool here() noexcept { return here_; }

 private:
  static inline thread_local constinit bool here_ = false;
  const bool outer_;
};

}  // namespace hotline
