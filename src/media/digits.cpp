#include "media/digits.h"

#include <algorithm>
#include <string_view>

namespace hotline::media {
namespace {

constexpr std::size_t kEventBytes = 4;
constexpr std::uint8_t kEndBit = 0x80;
constexpr std::string_view kKeys = "0123456789*#ABCD";
// A segment of a long event ends there, and the next one begins.
constexpr std::uint32_t kLongestSegment = 0xffff;
// Events are sent every 20 to 50 ms; three in a row are lost.
constexpr Microseconds kSilence{150'000};
constexpr Microseconds kBetweenDigits{1'000'000 / DigitReader::kMostPerSecond};

}  // namespace

std::optional<Digit> DigitReader::received(const RtpHeader& header,
                                           std::span<const std::uint8_t> payload, MediaTime now) {
  if (payload.size() < kEventBytes) return std::nullopt;
  const std::uint8_t code = payload[0];
  if (code >= kKeys.size()) return std::nullopt;  // a flash, a fax tone …

  std::optional<Digit> ended;
  if (!event_ || !continues(header, code)) {
    if (event_ && is_older(header)) return std::nullopt;
    ended = finish(now);
    event_ = Event{.ssrc = header.ssrc, .timestamp = header.timestamp, .code = code};
  }
  event_->heard = now;
  const std::uint32_t so_far =
      header.timestamp - event_->timestamp + std::uint32_t{read_u16(payload.data() + 2)};
  event_->duration = std::max(event_->duration, so_far);
  if ((payload[1] & kEndBit) == 0) return ended;
  // Two digits of one packet (this one was heard by its end alone): the earlier is told now, this
  // one by a repeated end or the silence that follows.
  return ended ? ended : finish(now);
}

std::optional<Digit> DigitReader::silent(MediaTime now) {
  if (!event_ || now - event_->heard < kSilence) return std::nullopt;
  return finish(now);
}

// All packets of an event have its timestamp, and those of a long one that many more as its former
// segments lasted.
bool DigitReader::continues(const RtpHeader& header, std::uint8_t code) const {
  if (header.ssrc != event_->ssrc || code != event_->code) return false;
  return (header.timestamp - event_->timestamp) % kLongestSegment == 0 &&
         header.timestamp - event_->timestamp <= event_->duration;
}

bool DigitReader::is_older(const RtpHeader& header) const {
  return header.ssrc == event_->ssrc && timestamp_step(event_->timestamp, header.timestamp) <= 0;
}

std::optional<Digit> DigitReader::finish(MediaTime now) {
  if (!event_ || event_->is_over) return std::nullopt;
  event_->is_over = true;
  if (!may_tell(now)) return std::nullopt;
  return Digit{kKeys[event_->code], event_->duration};
}

bool DigitReader::may_tell(MediaTime now) {
  const auto earned = (now - allowed_at_) / kBetweenDigits;
  if (earned > 0) {
    allowance_ = static_cast<int>(std::min<std::int64_t>(kMostPerSecond / 2, allowance_ + earned));
    allowed_at_ = now;
  }
  if (allowance_ == 0) {
    ++dropped_;
    return false;
  }
  --allowance_;
  return true;
}

}  // namespace hotline::media
