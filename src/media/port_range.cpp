#include "media/port_range.h"

#include "hotline/base/contract.h"

namespace hotline::media {

PortRange::PortRange(std::uint16_t first, std::uint16_t last, std::uint32_t random)
    : first_even_((std::uint32_t{first} + 1) & ~1U) {
  HOTLINE_EXPECT(first <= last);
  const std::uint32_t end = std::uint32_t{last} + 1;
  taken_.resize(end > first_even_ ? (end - first_even_) / 2 : 0);
  if (!taken_.empty()) next_ = random % taken_.size();
}

std::optional<std::uint16_t> PortRange::take() {
  if (count_ == taken_.size()) return std::nullopt;
  while (taken_[next_]) next_ = (next_ + 1) % taken_.size();
  taken_[next_] = true;
  ++count_;
  const auto port = static_cast<std::uint16_t>(first_even_ + 2 * next_);
  next_ = (next_ + 1) % taken_.size();
  return port;
}

bool PortRange::take(std::uint16_t port) {
  if (port < first_even_ || port % 2 != 0) return false;
  const std::size_t pair = (port - first_even_) / 2;
  if (pair >= taken_.size() || taken_[pair]) return false;
  taken_[pair] = true;
  ++count_;
  return true;
}

void PortRange::free(std::uint16_t port) {
  const std::size_t pair = (port - first_even_) / 2;
  HOTLINE_EXPECT(port >= first_even_ && pair < taken_.size() && taken_[pair]);
  taken_[pair] = false;
  --count_;
}

}  // namespace hotline::media
