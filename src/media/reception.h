// How well a leg's packets arrive: loss and jitter as a receiver report would have them. Pure.
// Thread: media.
// Source: RFC 3550 appendix A.1 (sequence numbers), A.3 (loss), A.8 (jitter).
#pragma once

#include <cstdint>

#include "media/rtp.h"
#include "media/time.h"

namespace hotline::media {

class Reception {
 public:
  // A packet of the leg's peer. One with another SSRC, or two after a leap of the sequence, begin
  // the counting anew; what was lost before stays lost. `has_time` is false for packets whose
  // timestamp is not that of their sending (telephone events).
  // Requires: clock_rate > 0.
  void received(const RtpHeader& header, MediaTime now, std::uint32_t clock_rate, bool has_time);

  // Packets that were expected and did not come; late ones count as received, doubled ones hide
  // lost ones, as in a receiver report.
  std::uint64_t lost() const;
  // Mean deviation of the packets' spacing, in samples.
  std::uint32_t jitter() const { return jitter_ >> 4; }

 private:
  void begin(const RtpHeader& header);
  bool count(std::uint16_t sequence);
  std::uint64_t lost_of_this() const;
  void measure(std::uint32_t transit);

  bool has_begun_ = false;
  std::uint32_t ssrc_ = 0;
  std::uint32_t first_sequence_ = 0;
  std::uint32_t highest_ = 0;     // counted on beyond 16 bits
  std::uint32_t after_leap_ = 0;  // the sequence number that would prove a leap
  std::uint64_t received_ = 0;
  std::uint64_t lost_before_ = 0;
  bool has_transit_ = false;
  std::uint32_t transit_ = 0;
  std::uint32_t jitter_ = 0;  // times 16
};

}  // namespace hotline::media
