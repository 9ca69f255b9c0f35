// Any bytes as a packet on a media port: read as RTP, as a telephone event and as RTCP on its way
// to the other leg. What is read lies inside the packet, and what goes on is whole.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "media/digits.h"
#include "media/reception.h"
#include "media/rtcp.h"
#include "media/rtp.h"

namespace hotline::media {
namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void as_rtp(std::vector<std::uint8_t> packet) {
  const auto header = read_rtp(packet);
  if (!header) return;
  expect(header->payload_at + header->payload_bytes <= packet.size());
  OutStream stream({.ssrc = 1, .sequence = 2, .timestamp = 3});
  const RtpHeader out = stream.next({1, header->ssrc}, *header, MediaTime(), 8'000);
  write_rtp(out, packet);
  const auto again = read_rtp(packet);
  expect(again && again->ssrc == 1 && again->sequence == 2 && again->timestamp == 3);
  expect(again->payload_type == header->payload_type && again->payload_at == header->payload_at);

  Reception reception;
  reception.received(*header, MediaTime(), 8'000, true);
  DigitReader digits;
  digits.received(*header, std::span(packet).subspan(header->payload_at, header->payload_bytes),
                  MediaTime());
}

void as_rtcp(std::vector<std::uint8_t> packet) {
  OutStream heard({.ssrc = 1, .sequence = 2, .timestamp = 3});
  OutStream reported({.ssrc = 4, .sequence = 5, .timestamp = 6});
  heard.next({1, packet.size() >= 8 ? read_u32(packet.data() + 4) : 0}, {}, MediaTime(), 8'000);
  reported.next({2, 7}, {}, MediaTime(), 8'000);
  const bool is_whole = is_whole_rtcp(packet);
  const std::size_t bytes = rewrite_rtcp(packet, 1, heard, reported);
  expect(bytes <= packet.size() && (is_whole || bytes == 0 || bytes < packet.size()));
  packet.resize(bytes);
  expect(bytes == 0 || is_whole_rtcp(packet));
}

}  // namespace
}  // namespace hotline::media

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::uint8_t> packet(data, data + size);
  hotline::media::as_rtp(packet);
  hotline::media::as_rtcp(packet);
  return 0;
}
