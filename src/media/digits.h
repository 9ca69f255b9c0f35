// The keys a peer presses, read from its telephone events: one digit for each key, however often
// its end is repeated, or if it never comes. Pure. Thread: media.
// Source: RFC 4733 §2.3 (the payload), §2.5.1 (retransmitted ends, long events).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "media/rtp.h"
#include "media/time.h"

namespace hotline::media {

struct Digit {
  char key = '0';              // 0…9, *, #, A…D
  std::uint32_t duration = 0;  // in samples
  friend bool operator==(const Digit&, const Digit&) = default;
};

class DigitReader {
 public:
  // No person presses faster than that; more digits are counted and dropped.
  static constexpr int kMostPerSecond = 20;

  // A telephone event of the leg's peer.
  // Returns: the digit that it ends, or the one before, whose end was lost.
  std::optional<Digit> received(const RtpHeader& header, std::span<const std::uint8_t> payload,
                                MediaTime now);
  // To be asked now and then: an event that says nothing for so long is over.
  // Returns: its digit.
  std::optional<Digit> silent(MediaTime now);

  std::uint64_t dropped() const { return dropped_; }

 private:
  struct Event {
    std::uint32_t ssrc = 0;
    std::uint32_t timestamp = 0;  // of its first packet
    std::uint8_t code = 0;
    std::uint32_t duration = 0;
    MediaTime heard{};
    bool is_over = false;
  };

  bool continues(const RtpHeader& header, std::uint8_t code) const;
  bool is_older(const RtpHeader& header) const;
  std::optional<Digit> finish(MediaTime now);
  bool may_tell(MediaTime now);

  std::optional<Event> event_;
  // Half of a second's digits may come at once.
  int allowance_ = kMostPerSecond / 2;
  MediaTime allowed_at_{};
  std::uint64_t dropped_ = 0;
};

}  // namespace hotline::media
