// One state directory, one owner: a running server, or hotlinectl working without one.
#pragma once

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace hotline::store {

// Holds an exclusive flock on DIR/lock until it is destroyed; the kernel frees it at a crash.
class Lock {
 public:
  // Takes the lock without waiting.
  // Errors: one sentence; where another process has the lock, with that process's id.
  static tl::expected<Lock, std::string> take(const std::filesystem::path& directory);

  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  ~Lock();

 private:
  explicit Lock(int file) : file_(file) {}

  int file_;  // -1: moved from
};

}  // namespace hotline::store
