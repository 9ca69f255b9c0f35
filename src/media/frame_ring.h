// Records from one thread to another, without a lock: bounded, and whoever writes never waits.
// Threads: one writes, one reads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace hotline::media {

class FrameRing {
 public:
  // Requires: a power of two, 64 at least. The memory is used only once records come.
  explicit FrameRing(std::size_t bytes);

  // --- who writes
  // A record of both parts, one behind the other.
  // Returns: false where there is no room for it now.
  bool push(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body);

  // --- who reads
  // The oldest record, until it is popped; empty: there is none.
  std::span<const std::uint8_t> front();
  // Requires: front() gave one.
  void pop();

  // Thread: either.
  bool is_empty() const;

 private:
  std::uint8_t* at(std::uint64_t position) { return &bytes_[position & (size_ - 1)]; }

  std::size_t size_;
  std::unique_ptr<std::uint8_t[]> bytes_;
  // Bytes ever written and read; on lines of their own, for each thread writes one of them.
  alignas(64) std::atomic<std::uint64_t> written_{0};
  std::uint64_t seen_read_ = 0;  // what the writer last saw of `read_`
  alignas(64) std::atomic<std::uint64_t> read_{0};
};

}  // namespace hotline::media
