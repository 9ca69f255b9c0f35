// Identities: of a call for ever (CallId), and of a call and its legs inside one process.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/time.h"

namespace hotline {

// The durable identity of a call: a UUID of version 7 (RFC 9562 §5.7), ordered by creation time.
struct CallId {
  std::array<std::uint8_t, 16> bytes{};

  std::string to_string() const;
  // Its random part, and two bits that are always the same: dice that anybody who knows the id can
  // throw again.
  std::uint64_t random_bits() const;
  static std::optional<CallId> parse(std::string_view text);
  friend auto operator<=>(const CallId&, const CallId&) = default;
};

// Makes CallIds that never go backwards within one process, even when the wall clock does; nor from
// one to the next, which is told where the last one's ids ended.
class CallIdSource {
 public:
  // Requires: a seed from the operating system's randomness (tests pass a fixed one).
  explicit CallIdSource(std::uint64_t seed, WallTime not_before = {})
      : state_(seed), last_ms_(not_before.time_since_epoch().count()) {}
  CallId next(WallTime now);

 private:
  std::uint64_t random();

  std::uint64_t state_;
  std::int64_t last_ms_;
  std::uint16_t sequence_ = 0;
};

// A live call inside this process; given by signalling when the call arrives, never reused.
struct CallRef {
  std::uint64_t value = 0;
  friend auto operator<=>(CallRef, CallRef) = default;
};

// One leg of a live call: number 0 is the caller's, 1… are the attempts in the order they rang.
struct LegId {
  CallRef call;
  std::uint32_t number = 0;

  bool is_caller() const { return number == 0; }
  static LegId caller(CallRef call) { return LegId{call, 0}; }
  friend auto operator<=>(LegId, LegId) = default;
};

}  // namespace hotline

template <>
struct std::hash<hotline::CallRef> {
  std::size_t operator()(hotline::CallRef ref) const noexcept {
    return std::hash<std::uint64_t>{}(ref.value);
  }
};

template <>
struct std::hash<hotline::LegId> {
  std::size_t operator()(hotline::LegId leg) const noexcept {
    return std::hash<std::uint64_t>{}(leg.call.value * 64 + leg.number);
  }
};
