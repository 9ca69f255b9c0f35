// Both sides of a recording on one time: packets as they came, late and lost ones too, to samples
// without gaps. Where a packet belongs is said by its timestamp; how timestamps and time go
// together, by the first packet of a sender, and again by one whose timestamp is more than half a
// second off. So nobody can write more than the time that passes, whatever his timestamps say.
//
//        written                    half a second           now          half a second
//   ──────────────────┬──────────────────────────────────────┬──────────────────────┐
//   cannot change     │   a packet may still belong here      │   … or here           │
//
// Pure. Thread: the recordings' writer.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "media/g711.h"
#include "media/recording.h"
#include "media/time.h"

namespace hotline::media {

// A packet that was taken.
struct RecordedPacket {
  RecordingSide side = RecordingSide::caller;
  G711 codec = G711::pcma;
  std::uint32_t ssrc = 0;
  std::uint32_t timestamp = 0;
  MediaTime at{};
  std::span<const std::uint8_t> payload;
};

class RecordingTimeline {
 public:
  // What a packet may bring at most; the rest of a longer one is left out.
  static constexpr std::size_t kMostSamples = 1'500;
  // Samples of each channel that are handed out at once, but for the last ones.
  static constexpr std::size_t kPiece = 4'096;

  // Of samples, the channels in turn.
  using Sink = std::function<void(std::span<const std::int16_t>)>;

  // One channel has the caller alone.
  // Requires: 1 or 2.
  RecordingTimeline(std::size_t channels, MediaTime begin);

  // Hands out what has become certain meanwhile.
  void put(const RecordedPacket& packet, const Sink& sink);
  // Hands out all the rest: up to that time, or up to the last packet's last sample.
  void end(MediaTime at, const Sink& sink);

 private:
  // A place in the recording, in samples.
  using Position = std::int64_t;
  // How one sender's timestamps become positions.
  struct Track {
    bool has_begun = false;
    std::uint32_t ssrc = 0;
    std::uint32_t timestamp = 0;
    Position position = 0;
  };

  Position now(MediaTime at);
  Position place(const RecordedPacket& packet, Position arrived);
  void hand_out_until(Position certain, const Sink& sink);
  void hand_out(std::size_t samples, const Sink& sink);

  std::size_t channels_;
  MediaTime begin_;
  std::array<Track, 2> tracks_;
  Position arrived_ = 0;     // of the latest packet
  Position handed_out_ = 0;  // a multiple of kPiece
  Position filled_ = 0;      // behind the last sample
  std::vector<std::int16_t> samples_;
};

}  // namespace hotline::media
