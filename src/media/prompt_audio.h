// What a caller or a phone is made to hear, ready to be sent: a prompt, a tone or music, encoded
// once, in frames of 20 ms. Made at load, off the call thread; then read by any number of senders
// at once.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "media/g711.h"

namespace hotline::media {

// Immutable: share it as std::shared_ptr<const Audio>. Takes a byte a sample and codec.
class Audio {
 public:
  using Frame = std::span<const std::uint8_t, kFrameBytes>;

  // Samples at 8,000 a second. The last frame is filled up with silence.
  // Requires: at least one sample.
  explicit Audio(std::span<const std::int16_t> samples);

  std::size_t frames() const { return pcma_.size() / kFrameBytes; }
  // Requires: index < frames().
  Frame frame(G711 codec, std::size_t index) const;
  // Both codecs.
  std::size_t bytes() const { return pcma_.size() + pcmu_.size(); }

  // By what is heard.
  auto operator<=>(const Audio&) const = default;

 private:
  std::vector<std::uint8_t> pcma_;
  std::vector<std::uint8_t> pcmu_;
};

}  // namespace hotline::media
