#include "media/rtp.h"

namespace hotline::media {
namespace {

constexpr std::uint8_t kVersion2 = 0x80;
constexpr std::uint8_t kVersionBits = 0xc0;
constexpr std::uint8_t kPaddingBit = 0x20;
constexpr std::uint8_t kExtensionBit = 0x10;
constexpr std::uint8_t kSourceCountBits = 0x0f;
constexpr std::uint8_t kMarkerBit = 0x80;
constexpr std::uint8_t kPayloadTypeBits = 0x7f;
constexpr std::size_t kExtensionHeadBytes = 4;

}  // namespace

std::uint16_t read_u16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(at[0] << 8 | at[1]);
}

std::uint32_t read_u32(const std::uint8_t* at) {
  return std::uint32_t{read_u16(at)} << 16 | read_u16(at + 2);
}

void write_u16(std::uint8_t* at, std::uint16_t value) {
  at[0] = static_cast<std::uint8_t>(value >> 8);
  at[1] = static_cast<std::uint8_t>(value);
}

void write_u32(std::uint8_t* at, std::uint32_t value) {
  write_u16(at, static_cast<std::uint16_t>(value >> 16));
  write_u16(at + 2, static_cast<std::uint16_t>(value));
}

bool is_rtcp(std::span<const std::uint8_t> packet) {
  if (packet.size() < 2) return false;
  const std::uint8_t type = packet[1] & kPayloadTypeBits;
  return type >= 64 && type <= 95;
}

std::optional<RtpHeader> read_rtp(std::span<const std::uint8_t> packet) {
  if (packet.size() < kRtpHeaderBytes || packet.size() > kMostPacketBytes) return std::nullopt;
  const std::uint8_t first = packet[0];
  if ((first & kVersionBits) != kVersion2 || is_rtcp(packet)) return std::nullopt;

  std::size_t payload_at = kRtpHeaderBytes + std::size_t{4} * (first & kSourceCountBits);
  if ((first & kExtensionBit) != 0) {
    if (packet.size() < payload_at + kExtensionHeadBytes) return std::nullopt;
    const std::size_t words = read_u16(packet.data() + payload_at + 2);
    payload_at += kExtensionHeadBytes + 4 * words;
  }
  const std::size_t padding = (first & kPaddingBit) != 0 ? packet.back() : 0;
  const bool counts_itself = (first & kPaddingBit) == 0 || padding > 0;
  if (!counts_itself || packet.size() < payload_at + padding) return std::nullopt;

  return RtpHeader{.marker = (packet[1] & kMarkerBit) != 0,
                   .payload_type = static_cast<std::uint8_t>(packet[1] & kPayloadTypeBits),
                   .sequence = read_u16(packet.data() + 2),
                   .timestamp = read_u32(packet.data() + 4),
                   .ssrc = read_u32(packet.data() + 8),
                   .payload_at = payload_at,
                   .payload_bytes = packet.size() - payload_at - padding};
}

void write_rtp(const RtpHeader& header, std::span<std::uint8_t> packet) {
  const int marker = header.marker ? kMarkerBit : 0;
  packet[1] = static_cast<std::uint8_t>((packet[1] & kPayloadTypeBits) | marker);
  write_u16(packet.data() + 2, header.sequence);
  write_u32(packet.data() + 4, header.timestamp);
  write_u32(packet.data() + 8, header.ssrc);
}

}  // namespace hotline::media
