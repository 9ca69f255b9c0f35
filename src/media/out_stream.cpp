#include "media/out_stream.h"

#include <algorithm>

namespace hotline::media {
namespace {

constexpr std::uint32_t kPacketsPerSecond = 50;

std::uint32_t samples_between(MediaTime from, MediaTime to, std::uint32_t clock_rate) {
  return static_cast<std::uint32_t>((to - from).count() * clock_rate / 1'000'000);
}

}  // namespace

RtpHeader OutStream::next(const Sender& from, const RtpHeader& in, MediaTime now,
                          std::uint32_t clock_rate) {
  RtpHeader out = in;
  if (!has_begun() || from != sender_) {
    change_sender(from, in, now, clock_rate);
    out.marker = true;
  }
  out.ssrc = ssrc_;
  out.sequence = static_cast<std::uint16_t>(in.sequence + sequence_offset_);
  out.timestamp = in.timestamp + timestamp_offset_;
  if (sequence_step(last_sequence_, out.sequence) > 0) {
    last_sequence_ = out.sequence;
    last_timestamp_ = out.timestamp;
    last_sent_ = now;
  }
  ++packets_;
  octets_ += static_cast<std::uint32_t>(in.payload_bytes);
  return out;
}

void OutStream::change_sender(const Sender& to, const RtpHeader& in, MediaTime now,
                              std::uint32_t clock_rate) {
  sender_ = to;
  std::uint32_t passed = 0;
  if (has_begun()) {
    passed = std::max(samples_between(last_sent_, now, clock_rate), clock_rate / kPacketsPerSecond);
  }
  sequence_offset_ = static_cast<std::uint16_t>(last_sequence_ + 1 - in.sequence);
  timestamp_offset_ = last_timestamp_ + passed - in.timestamp;
}

std::uint32_t OutStream::sequence_in(std::uint32_t out) const {
  const auto low_out = static_cast<std::uint16_t>(out);
  const auto low_in = static_cast<std::uint16_t>(low_out - sequence_offset_);
  std::uint32_t cycles = out >> 16;
  if (low_in > low_out && cycles > 0) --cycles;
  return cycles << 16 | low_in;
}

}  // namespace hotline::media
