#include "media/leg.h"

#include <algorithm>
#include <utility>

#include "hotline/base/contract.h"

#include "media/rtcp.h"
#include "media/taps.h"

namespace hotline::media {
namespace {

// Playbacks are senders too; their numbers do not meet those of legs.
constexpr std::uint64_t kPlaybacks = std::uint64_t{1} << 32;
constexpr std::uint32_t kFramesPerSecond = 50;

}  // namespace

Leg::Leg(Start start, std::function<void(RelayLeg, const Digit&)> on_digit)
    : id_(start.id),
      rtp_(std::move(start.rtp)),
      rtcp_(std::move(start.rtcp)),
      source_(start.learn_window),
      stream_(start.stream),
      on_digit_(std::move(on_digit)),
      counters_(std::move(start.counters)) {}

void Leg::set_remote(const Remote& remote, MediaTime now) {
  HOTLINE_EXPECT(remote.clock_rate > 0);
  const auto before = source_.learned();
  remote_ = remote;
  // A near one's address is what it says: its SIP could not tell more.
  const bool is_known = remote.is_near && !remote.signalling;
  source_.expect(remote.rtp, is_known ? remote.rtp : remote.signalling, now);
  if (source_.learned() != before) rtcp_source_.forget();
  find_destination();
}

void Leg::find_destination() {
  destination_.reset();
  if (remote_.rtp.is_nowhere()) return;
  if (source_.learned()) {
    destination_ = source_.learned();
  } else if (remote_.is_near || !remote_.rtp.is_private()) {
    destination_ = remote_.rtp;
  }
}

void Leg::received(const Arrived& packet) {
  const bool is_rtcp_packet = packet.is_on_rtcp_port || (remote_.rtcp_mux && is_rtcp(packet.bytes));
  if (is_rtcp_packet) {
    take_rtcp(packet);
  } else {
    take_rtp(packet);
  }
}

void Leg::take_rtp(const Arrived& packet) {
  const auto header = read_rtp(packet.bytes);
  if (!header) return counters_->malformed.add();
  if (is_our_own(header->ssrc)) return counters_->looped.add();
  const auto before = source_.learned();
  if (!source_.takes(packet.from, *header, packet.at)) return counters_->foreign.add();
  if (source_.learned() != before) {
    rtcp_source_.forget();
    find_destination();
  }

  heard_ = packet.at;
  silence_is_told_ = false;
  const bool is_event = remote_.telephone_event == header->payload_type;
  reception_.received(*header, packet.at, remote_.clock_rate, !is_event);
  counters_->packets_in.add();
  counters_->bytes_in.add(packet.bytes.size());
  counters_->lost.set(reception_.lost());
  counters_->jitter.set(reception_.jitter());
  const auto at_ms = std::chrono::floor<Milliseconds>(packet.at.time_since_epoch());
  counters_->last_packet_ms.set(at_ms.count());
  if (is_event) read_digit(*header, packet);
  if (tap_ != nullptr) {
    tap_->take(*header, packet.bytes.subspan(header->payload_at, header->payload_bytes), packet.at);
  }
  if (other_ != nullptr) other_->forward(*header, *this, packet);
}

// RFC 3550 §8.2: our SSRC comes from nobody but ourselves. So does the other leg's: it comes where
// somebody's SDP names our own port.
bool Leg::is_our_own(std::uint32_t ssrc) const {
  return ssrc == stream_.ssrc() || (other_ != nullptr && ssrc == other_->stream_.ssrc());
}

void Leg::read_digit(const RtpHeader& header, const Arrived& packet) {
  const auto payload = packet.bytes.subspan(header.payload_at, header.payload_bytes);
  if (const auto digit = digits_.received(header, payload, packet.at)) on_digit_(id_, *digit);
  counters_->digits_dropped.set(digits_.dropped());
}

void Leg::forward(const RtpHeader& header, const Leg& from, const Arrived& packet) {
  if (playing_ != PlaybackId::none || !destination_) return;
  const Sender sender{from.id_.value, header.ssrc};
  send(stream_.next(sender, header, packet.at, from.remote_.clock_rate), packet.bytes);
}

void Leg::send(const RtpHeader& header, std::span<std::uint8_t> packet) {
  write_rtp(header, packet);
  if (!rtp_.send(packet, *destination_)) return counters_->unsent.add();
  counters_->packets_out.add();
  counters_->bytes_out.add(packet.size());
}

void Leg::take_rtcp(const Arrived& packet) {
  if (!is_whole_rtcp(packet.bytes)) return counters_->malformed.add();
  const bool is_peers = packet.is_on_rtcp_port ? rtcp_source_.takes(packet.from, source_.learned())
                                               : source_.learned() == packet.from;
  if (!is_peers) return counters_->foreign.add();
  counters_->rtcp_in.add();
  if (other_ != nullptr) other_->forward_rtcp(*this, packet.bytes);
}

void Leg::forward_rtcp(const Leg& from, std::span<std::uint8_t> packet) {
  if (playing_ != PlaybackId::none || !destination_) return;
  const std::size_t bytes = rewrite_rtcp(packet, from.id_.value, stream_, from.stream_);
  if (bytes == 0) return;
  bool is_sent = false;
  if (remote_.rtcp_mux) {
    is_sent = rtp_.send(packet.first(bytes), *destination_);
  } else {
    const auto named =
        remote_.rtcp_port != 0 ? remote_.rtp.with_port(remote_.rtcp_port) : Endpoint();
    const Endpoint to = rtcp_source_.destination(*destination_, named);
    is_sent = to.port != 0 && rtcp_.send(packet.first(bytes), to);
  }
  (is_sent ? counters_->rtcp_out : counters_->unsent).add();
}

void Leg::play(const Playback& playback, PlaybackId id) {
  HOTLINE_EXPECT(playback.frames && playback.frames->count() > 0 && playback.clock_rate > 0);
  playback_ = playback;
  playing_ = id;
  next_frame_ = 0;
  frames_sent_ = 0;
}

bool Leg::play_next(MediaTime now) {
  if (next_frame_ == playback_.frames->count()) {
    if (!playback_.repeats) {
      stop_playing();
      return false;
    }
    next_frame_ = 0;
  }
  const auto frame = playback_.frames->frame(next_frame_++);
  // Goes on through repeats, as if the music had no end.
  const std::uint32_t number = frames_sent_++;
  if (!destination_) return true;

  std::array<std::uint8_t, kRtpHeaderBytes + kMostFrameBytes> buffer;
  HOTLINE_EXPECT(frame.size() <= kMostFrameBytes);
  buffer[0] = 0x80;
  buffer[1] = playback_.payload_type;
  std::copy(frame.begin(), frame.end(), buffer.begin() + kRtpHeaderBytes);
  const RtpHeader header{.payload_type = playback_.payload_type,
                         .sequence = static_cast<std::uint16_t>(number),
                         .timestamp = number * (playback_.clock_rate / kFramesPerSecond),
                         .payload_bytes = frame.size()};
  const Sender sender{kPlaybacks + static_cast<std::uint32_t>(playing_), 0};
  send(stream_.next(sender, header, now, playback_.clock_rate),
       std::span(buffer).first(kRtpHeaderBytes + frame.size()));
  return true;
}

void Leg::watch_silence(Microseconds most, MediaTime now) {
  most_silence_ = most;
  heard_ = now;
  silence_is_told_ = false;
}

void Leg::expect_media(bool is_expected, MediaTime now) {
  if (is_expected && !is_media_expected_) {
    heard_ = now;
    silence_is_told_ = false;
  }
  is_media_expected_ = is_expected;
}

bool Leg::has_fallen_silent(MediaTime now) {
  if (const auto digit = digits_.silent(now)) on_digit_(id_, *digit);
  const bool is_watched = is_media_expected_ && most_silence_ > Microseconds(0);
  if (!is_watched || silence_is_told_ || now - heard_ < most_silence_) return false;
  silence_is_told_ = true;
  return true;
}

}  // namespace hotline::media
