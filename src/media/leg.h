// One leg's media: the pair of sockets its peer sends to, whose packets are taken, and the stream
// the peer hears. The relay's thread owns it and tells it what arrived.
//
//            peer ──RTP──► takes? ──► counts, digits ──► the other leg's `forward` ──► its peer
//            peer ◄──RTP── `forward` (the other leg) or `play_next` (a playback), never both
//
// Thread: media, once it is open.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "media/digits.h"
#include "media/frames.h"
#include "media/out_stream.h"
#include "media/reception.h"
#include "media/remote.h"
#include "media/source_lock.h"
#include "media/statistics.h"
#include "media/udp_socket.h"

namespace hotline::media {

struct Tap;

// A packet as it came: in a buffer that may be written to.
struct Arrived {
  std::span<std::uint8_t> bytes;
  Endpoint from;
  bool is_on_rtcp_port = false;
  MediaTime at{};
};

class Leg {
 public:
  struct Start {
    RelayLeg id;
    UdpSocket rtp;
    UdpSocket rtcp;
    OutStream::Beginning stream;
    Microseconds learn_window{};
    std::shared_ptr<LegCounters> counters;
  };
  // `on_digit` is called as its peer presses keys.
  Leg(Start start, std::function<void(RelayLeg, const Digit&)> on_digit);

  RelayLeg id() const { return id_; }
  const UdpSocket& rtp_socket() const { return rtp_; }
  const UdpSocket& rtcp_socket() const { return rtcp_; }

  void set_remote(const Remote& remote, MediaTime now);
  // The leg whose peer this one's hears and is heard by; null for none.
  void connect(Leg* other) { other_ = other; }
  Leg* other() const { return other_; }

  void received(const Arrived& packet);

  // What its peer sends is recorded there, too; null: nowhere.
  void record(Tap* tap) { tap_ = tap; }
  Tap* tap() const { return tap_; }

  // Takes the place of the other leg's packets until it ends.
  void play(const Playback& playback, PlaybackId id);
  void stop_playing() { playing_ = PlaybackId::none; }
  PlaybackId playing() const { return playing_; }
  // Sends the next frame. Returns: false when there was none left; nothing is playing then.
  bool play_next(MediaTime now);

  // Tells silence after so long without a packet, while media is expected; 0: never.
  void watch_silence(Microseconds most, MediaTime now);
  void expect_media(bool is_expected, MediaTime now);
  // To be asked now and then, for what no packet brings about: a key whose end was lost.
  // Returns: whether the peer has fallen silent; once, until it is heard again.
  bool has_fallen_silent(MediaTime now);

 private:
  void take_rtp(const Arrived& packet);
  void take_rtcp(const Arrived& packet);
  bool is_our_own(std::uint32_t ssrc) const;
  void read_digit(const RtpHeader& header, const Arrived& packet);
  void forward(const RtpHeader& header, const Leg& from, const Arrived& packet);
  void forward_rtcp(const Leg& from, std::span<std::uint8_t> packet);
  void send(const RtpHeader& header, std::span<std::uint8_t> packet);
  void find_destination();

  RelayLeg id_;
  UdpSocket rtp_;
  UdpSocket rtcp_;
  Remote remote_;
  SourceLock source_;
  RtcpLock rtcp_source_;
  std::optional<Endpoint> destination_;
  Leg* other_ = nullptr;
  Tap* tap_ = nullptr;
  OutStream stream_;
  Reception reception_;
  DigitReader digits_;
  std::function<void(RelayLeg, const Digit&)> on_digit_;
  std::shared_ptr<LegCounters> counters_;

  PlaybackId playing_ = PlaybackId::none;
  Playback playback_;
  std::size_t next_frame_ = 0;
  std::uint32_t frames_sent_ = 0;

  Microseconds most_silence_{0};
  bool is_media_expected_ = true;
  bool silence_is_told_ = false;
  MediaTime heard_{};  // or since when it should be
};

}  // namespace hotline::media
