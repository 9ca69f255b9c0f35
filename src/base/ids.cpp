#include "hotline/base/ids.h"

#include <algorithm>

namespace hotline {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::array<std::size_t, 4> kDashBefore = {4, 6, 8, 10};

bool dash_before(std::size_t byte) {
  return std::find(kDashBefore.begin(), kDashBefore.end(), byte) != kDashBefore.end();
}

}  // namespace

std::uint64_t CallId::random_bits() const {
  std::uint64_t bits = 0;
  for (std::size_t i = 8; i < bytes.size(); ++i) bits = bits << 8 | bytes[i];
  return bits;
}

std::string CallId::to_string() const {
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (dash_before(i)) text += '-';
    text += kHex[bytes[i] >> 4];
    text += kHex[bytes[i] & 0x0f];
  }
  return text;
}

std::optional<CallId> CallId::parse(std::string_view text) {
  CallId id;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (dash_before(i)) {
      if (!text.starts_with('-')) return std::nullopt;
      text.remove_prefix(1);
    }
    if (text.size() < 2) return std::nullopt;
    const auto high = kHex.find(text[0]);
    const auto low = kHex.find(text[1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    text.remove_prefix(2);
  }
  if (!text.empty()) return std::nullopt;
  return id;
}

CallId CallIdSource::next(WallTime now) {
  const std::int64_t ms = now.time_since_epoch().count();
  if (ms > last_ms_) {
    last_ms_ = ms;
    sequence_ = 0;
  } else if (++sequence_ == 0x1000) {  // 12 bits are full: borrow the next millisecond
    ++last_ms_;
    sequence_ = 0;
  }
  CallId id;
  for (std::size_t i = 0; i < 6; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(last_ms_ >> (40 - 8 * i));
  }
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | sequence_ >> 8);
  id.bytes[7] = static_cast<std::uint8_t>(sequence_);
  const std::uint64_t tail = random();
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[8 + i] = static_cast<std::uint8_t>(tail >> (56 - 8 * i));
  }
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

// SplitMix64 (Steele, Lea, Flood 2014): ids need to be distinct, not secret.
std::uint64_t CallIdSource::random() {
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace hotline
