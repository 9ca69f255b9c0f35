// The nonces of our challenges (RFC 2617 §3.2.1). One costs no memory until it proves something: it
// says when it was made, and a code under a secret of this process says that we made it. From then
// on its highest count is kept, so that nothing proves anything twice. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/time.h"

namespace hotline::sip {

class Nonces {
 public:
  static constexpr Seconds kValid{300};
  static constexpr std::size_t kMost = 10'000;  // whose counts are kept

  explicit Nonces(std::string secret) : secret_(std::move(secret)) {}

  // Never the same twice.
  std::string make(Instant now);

  // A right proof came with that nonce and count. False: it proves nothing, for the nonce is not
  // ours or too old, or the count no higher than one before. Where there are too many counts to
  // keep, the oldest nonces are too old from then on.
  bool spend(std::string_view nonce, std::uint32_t count, Instant now);

 private:
  std::string written(std::uint64_t stamp) const;
  std::optional<std::uint64_t> stamp_of(std::string_view nonce) const;

  std::string secret_;
  std::uint64_t last_ = 0;                          // stamp
  std::uint64_t forgotten_ = 0;                     // stamps up to here are too old
  std::map<std::uint64_t, std::uint32_t> highest_;  // count, by stamp
};

}  // namespace hotline::sip
