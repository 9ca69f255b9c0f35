#include "media/recording_timeline.h"

#include <algorithm>

#include "hotline/base/contract.h"

#include "media/rtp.h"

namespace hotline::media {
namespace {

constexpr std::int64_t kMostLate = kSamplesPerSecond / 2;
constexpr std::int64_t kMostEarly = kSamplesPerSecond / 2;
// Samples of each channel that are kept: a multiple of a piece, so that pieces are whole.
constexpr std::size_t kKept = 4 * RecordingTimeline::kPiece;
static_assert(kKept >=
              kMostLate + kMostEarly + RecordingTimeline::kPiece + RecordingTimeline::kMostSamples);

}  // namespace

RecordingTimeline::RecordingTimeline(std::size_t channels, MediaTime begin)
    : channels_(channels), begin_(begin), samples_(kKept * channels) {
  HOTLINE_EXPECT(channels == 1 || channels == 2);
}

RecordingTimeline::Position RecordingTimeline::now(MediaTime at) {
  const Position position = (at - begin_).count() * kSamplesPerSecond / 1'000'000;
  arrived_ = std::max(arrived_, position);
  return arrived_;
}

RecordingTimeline::Position RecordingTimeline::place(const RecordedPacket& packet,
                                                     Position arrived) {
  Track& track = tracks_[static_cast<std::size_t>(packet.side)];
  Position position = track.position + timestamp_step(track.timestamp, packet.timestamp);
  const bool is_other = !track.has_begun || track.ssrc != packet.ssrc;
  if (is_other || position > arrived + kMostEarly || position < arrived - kMostLate) {
    position = arrived;
  }
  track = {true, packet.ssrc, packet.timestamp, position};
  return position;
}

void RecordingTimeline::put(const RecordedPacket& packet, const Sink& sink) {
  const auto channel = static_cast<std::size_t>(packet.side);
  if (channel >= channels_) return;
  const Position arrived = now(packet.at);
  hand_out_until(arrived - kMostLate, sink);
  Position position = place(packet, arrived);
  const auto payload = packet.payload.first(std::min(packet.payload.size(), kMostSamples));
  filled_ = std::max(filled_, position + static_cast<Position>(payload.size()));
  for (const std::uint8_t code : payload) {
    // What is earlier than the recording's begin is left out.
    if (position >= handed_out_) {
      const auto kept = static_cast<std::size_t>(position) % kKept;
      samples_[kept * channels_ + channel] = from_g711(packet.codec, code);
    }
    ++position;
  }
}

void RecordingTimeline::end(MediaTime at, const Sink& sink) {
  const Position last = std::max(now(at), filled_);
  hand_out_until(last, sink);
  hand_out(static_cast<std::size_t>(last - handed_out_), sink);
}

void RecordingTimeline::hand_out_until(Position certain, const Sink& sink) {
  while (certain - handed_out_ >= static_cast<Position>(kPiece)) hand_out(kPiece, sink);
}

void RecordingTimeline::hand_out(std::size_t samples, const Sink& sink) {
  if (samples == 0) return;
  const auto first = static_cast<std::size_t>(handed_out_) % kKept;
  const auto piece = std::span(samples_).subspan(first * channels_, samples * channels_);
  sink(piece);
  std::fill(piece.begin(), piece.end(), std::int16_t{0});
  handed_out_ += static_cast<Position>(samples);
}

}  // namespace hotline::media
