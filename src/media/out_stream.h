// What one leg hears, as one unbroken RTP stream, whoever sends it: prompts, then one phone, then
// another. Every packet on its way out gets this stream's SSRC, the next sequence numbers and
// timestamps that go on where the sender before left off. Pure. Thread: media.
// Source: RFC 3550 §5.1, §8.
#pragma once

#include <cstdint>
#include <span>

#include "media/rtp.h"
#include "media/time.h"

namespace hotline::media {

// Who sends: a leg or a playback, by a number that is never used again, and the SSRC it sends with.
// One that changes its SSRC counts as another sender.
struct Sender {
  std::uint64_t who = 0;
  std::uint32_t ssrc = 0;
  friend bool operator==(const Sender&, const Sender&) = default;
};

class OutStream {
 public:
  // Where it begins; random numbers (RFC 3550 §5.1).
  struct Beginning {
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
  };
  explicit OutStream(const Beginning& beginning)
      : ssrc_(beginning.ssrc),
        last_sequence_(static_cast<std::uint16_t>(beginning.sequence - 1)),
        last_timestamp_(beginning.timestamp) {}

  // The header this packet goes out with. The first of another sender has the marker bit, and its
  // timestamp says how much time has passed, at least 20 ms.
  // Requires: clock_rate > 0, samples a second.
  RtpHeader next(const Sender& from, const RtpHeader& in, MediaTime now, std::uint32_t clock_rate);

  std::uint32_t ssrc() const { return ssrc_; }
  const Sender& sender() const { return sender_; }
  bool has_begun() const { return packets_ > 0; }
  // Sent so far, as a sender report has them (they wrap).
  std::uint32_t packets() const { return packets_; }
  std::uint32_t octets() const { return octets_; }
  // What the present sender's timestamp has become, and what this stream's sequence number, counted
  // on beyond 16 bits, was with the present sender.
  std::uint32_t timestamp_out(std::uint32_t in) const { return in + timestamp_offset_; }
  std::uint32_t sequence_in(std::uint32_t out) const;

 private:
  void change_sender(const Sender& to, const RtpHeader& in, MediaTime now,
                     std::uint32_t clock_rate);

  std::uint32_t ssrc_;
  Sender sender_;
  std::uint16_t sequence_offset_ = 0;
  std::uint32_t timestamp_offset_ = 0;
  // The newest sent; packets that were overtaken do not count.
  std::uint16_t last_sequence_;
  std::uint32_t last_timestamp_;
  MediaTime last_sent_{};
  std::uint32_t packets_ = 0;
  std::uint32_t octets_ = 0;
};

}  // namespace hotline::media
