// The ports media may use, in pairs: an even one for RTP and the odd one above it for RTCP. Given
// round robin from a random begin, so that a port just freed is the last to be used again: what a
// former call's peer still sends finds nobody. Pure. Thread: the call thread.
// Source: RFC 3550 §11.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hotline::media {

class PortRange {
 public:
  // Requires: first <= last. The bounds belong to the range; a port without its partner does not.
  PortRange(std::uint16_t first, std::uint16_t last, std::uint32_t random);

  // The next even port that is not taken, and takes it.
  // Returns: nullopt when all are.
  std::optional<std::uint16_t> take();
  // That very one. Returns: false where it is taken, or no even port of the range.
  bool take(std::uint16_t port);
  // Requires: a port that was taken.
  void free(std::uint16_t port);

  std::size_t pairs() const { return taken_.size(); }
  std::size_t taken() const { return count_; }

 private:
  std::uint32_t first_even_;
  std::vector<bool> taken_;
  std::size_t count_ = 0;
  std::size_t next_ = 0;
};

}  // namespace hotline::media
