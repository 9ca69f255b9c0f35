#include "media/reception.h"

namespace hotline::media {
namespace {

constexpr int kMostDropout = 3'000;  // a minute of 20 ms packets
constexpr int kMostMisorder = 100;
constexpr std::uint32_t kNoLeap = 0x10000;  // no sequence number

}  // namespace

void Reception::received(const RtpHeader& header, MediaTime now, std::uint32_t clock_rate,
                         bool has_time) {
  if (!has_begun_ || header.ssrc != ssrc_) {
    begin(header);
  } else if (!count(header.sequence)) {
    return;
  }
  ++received_;
  if (!has_time) return;
  const auto arrival =
      static_cast<std::uint32_t>(now.time_since_epoch().count() * clock_rate / 1'000'000);
  measure(arrival - header.timestamp);
}

void Reception::begin(const RtpHeader& header) {
  lost_before_ = lost();
  has_begun_ = true;
  ssrc_ = header.ssrc;
  first_sequence_ = header.sequence;
  highest_ = header.sequence;
  after_leap_ = kNoLeap;
  received_ = 0;
  has_transit_ = false;
}

// Returns: false for a packet out of all order, unless it is the second of such.
bool Reception::count(std::uint16_t sequence) {
  const int step = sequence_step(static_cast<std::uint16_t>(highest_), sequence);
  if (step > -kMostMisorder && step < kMostDropout) {
    if (step > 0) highest_ += static_cast<std::uint32_t>(step);
    return true;
  }
  if (sequence != after_leap_) {
    after_leap_ = static_cast<std::uint16_t>(sequence + 1);
    return false;
  }
  // Both of the two are counted, the first as well.
  begin(RtpHeader{.sequence = static_cast<std::uint16_t>(sequence - 1), .ssrc = ssrc_});
  highest_ += 1;
  ++received_;
  return true;
}

std::uint64_t Reception::lost_of_this() const {
  const std::uint64_t expected = std::uint64_t{highest_ - first_sequence_} + 1;
  return expected > received_ ? expected - received_ : 0;
}

std::uint64_t Reception::lost() const {
  return has_begun_ ? lost_before_ + lost_of_this() : lost_before_;
}

void Reception::measure(std::uint32_t transit) {
  if (has_transit_) {
    const std::int32_t change = timestamp_step(transit_, transit);
    const auto distance = static_cast<std::uint32_t>(change < 0 ? -std::int64_t{change} : change);
    jitter_ += distance - ((jitter_ + 8) >> 4);
  }
  has_transit_ = true;
  transit_ = transit;
}

}  // namespace hotline::media
