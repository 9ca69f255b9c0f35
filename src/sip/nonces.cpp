#include "sip/nonces.h"

#include <algorithm>
#include <charconv>

#include "sip/md5.h"

namespace hotline::sip {
namespace {

constexpr std::size_t kStampDigits = 16;

// A stamp is a time in microseconds, so that many of one millisecond differ and are in order.
std::uint64_t stamp_at(Instant at) {
  const auto ms = std::max<Milliseconds::rep>(at.time_since_epoch().count(), 0);
  return static_cast<std::uint64_t>(ms) * 1'000;
}

std::string in_hex(std::uint64_t value) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string text(kStampDigits, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value >>= 4) {
    *digit = hex[value & 15];
  }
  return text;
}

}  // namespace

std::string Nonces::make(Instant now) {
  last_ = std::max(stamp_at(now), last_ + 1);
  return written(last_);
}

bool Nonces::spend(std::string_view nonce, std::uint32_t count, Instant now) {
  const auto stamp = stamp_of(nonce);
  if (!stamp) return false;
  forgotten_ = std::max(forgotten_, stamp_at(now - kValid));
  highest_.erase(highest_.begin(), highest_.upper_bound(forgotten_));
  if (*stamp <= forgotten_ || count == 0) return false;
  std::uint32_t& highest = highest_[*stamp];
  if (count <= highest) return false;
  highest = count;
  if (highest_.size() > kMost) {
    forgotten_ = highest_.begin()->first;
    highest_.erase(highest_.begin());
  }
  return true;
}

// The code is nested, as HMAC's: nobody can lengthen it.
std::string Nonces::written(std::uint64_t stamp) const {
  const std::string text = in_hex(stamp);
  return text + md5_hex(secret_ + ":" + md5_hex(secret_ + ":" + text));
}

std::optional<std::uint64_t> Nonces::stamp_of(std::string_view nonce) const {
  const std::string_view digits = nonce.substr(0, kStampDigits);
  std::uint64_t stamp = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, stamp, 16);
  if (error != std::errc{} || stop != end || !same_secret(nonce, written(stamp))) {
    return std::nullopt;
  }
  return stamp;
}

}  // namespace hotline::sip
