// What is counted of a leg. The media thread alone writes; any thread reads at any time, without a
// lock: each number is right, two of them may be a packet apart.
#pragma once

#include <atomic>
#include <cstdint>

#include "hotline/base/time.h"

namespace hotline::media {

// As it is read.
struct LegStatistics {
  // RTP taken from the peer, and sent to it (by whomever: the other leg, a prompt).
  std::uint64_t packets_in = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t packets_out = 0;
  std::uint64_t bytes_out = 0;
  // RTCP the same.
  std::uint64_t rtcp_in = 0;
  std::uint64_t rtcp_out = 0;
  // Dropped: from others than the peer, or before it was known; not RTP or RTCP at all; our own,
  // come back; digits that no person presses so fast.
  std::uint64_t foreign = 0;
  std::uint64_t malformed = 0;
  std::uint64_t looped = 0;
  std::uint64_t digits_dropped = 0;
  // Taken, but the kernel would not send what was made of it (no route, no buffer).
  std::uint64_t unsent = 0;
  // Of the peer's RTP: packets that never came, and the mean deviation of their spacing in samples.
  std::uint64_t lost = 0;
  std::uint32_t jitter = 0;
  // When the last RTP packet was taken; the epoch if none was.
  Instant last_packet{};
};

// Of many legs.
struct Traffic {
  std::uint64_t packets_in = 0, packets_out = 0, lost = 0;
  std::uint64_t foreign = 0, malformed = 0, looped = 0, unsent = 0;

  void add(const LegStatistics& leg);
};

// A number that one thread writes.
template <class T>
class Counter {
 public:
  void add(T more = 1) { set(get() + more); }
  void set(T value) { value_.store(value, std::memory_order_relaxed); }
  T get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<T> value_{};
};

// As it is written.
struct LegCounters {
  Counter<std::uint64_t> packets_in, bytes_in, packets_out, bytes_out;
  Counter<std::uint64_t> rtcp_in, rtcp_out;
  Counter<std::uint64_t> foreign, malformed, looped, digits_dropped, unsent;
  Counter<std::uint64_t> lost;
  Counter<std::uint32_t> jitter;
  Counter<std::int64_t> last_packet_ms;

  LegStatistics read() const;
};

}  // namespace hotline::media
