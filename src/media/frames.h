// What a playback sends: frames of 20 ms, encoded beforehand, in memory. Whoever has prompts, tones
// or music makes one of these of it; many legs may play one at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace hotline::media {

// Immutable.
class Frames {
 public:
  virtual ~Frames() = default;
  // At least one.
  virtual std::size_t count() const = 0;
  // At most 1,400 bytes. Requires: index < count(). Thread: media, at any time.
  virtual std::span<const std::uint8_t> frame(std::size_t index) const = 0;
};

inline constexpr std::size_t kMostFrameBytes = 1'400;

struct Playback {
  std::shared_ptr<const Frames> frames;
  std::uint8_t payload_type = 8;  // as the leg's SDP names the codec
  std::uint32_t clock_rate = 8'000;
  bool repeats = false;
};

// A playback of one leg, never used again; 0 is none.
enum class PlaybackId : std::uint32_t { none = 0 };

}  // namespace hotline::media
