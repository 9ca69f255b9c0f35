// RTP as it is read and changed on its way through: the header's fields, nothing of what it
// carries. Pure; the media thread calls it for every packet, so nothing here allocates.
// Source: RFC 3550 §5.1; RFC 5761 §4 (which of two packets on one port is RTCP).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace hotline::media {

inline constexpr std::size_t kRtpHeaderBytes = 12;
// Larger ones are no telephone's, and would not pass an Ethernet in one piece.
inline constexpr std::size_t kMostPacketBytes = 1'500;

struct RtpHeader {
  bool marker = false;
  std::uint8_t payload_type = 0;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
  // Where the payload begins and how long it is, padding left out.
  std::size_t payload_at = kRtpHeaderBytes;
  std::size_t payload_bytes = 0;
};

// On a port that has both: is this RTCP? Packet types 192 to 223 are, which RTP would have to use
// with the marker bit for payload types 64 to 95.
bool is_rtcp(std::span<const std::uint8_t> packet);

// Errors: nullopt for what is no RTP packet: another version, too short for its contributing
// sources, its extension or its padding, too long.
std::optional<RtpHeader> read_rtp(std::span<const std::uint8_t> packet);

// Puts marker, sequence, timestamp and SSRC into the packet; all else stays.
// Requires: at least kRtpHeaderBytes.
void write_rtp(const RtpHeader& header, std::span<std::uint8_t> packet);

// Numbers in network order, for RTCP and telephone events too.
std::uint16_t read_u16(const std::uint8_t* at);
std::uint32_t read_u32(const std::uint8_t* at);
void write_u16(std::uint8_t* at, std::uint16_t value);
void write_u32(std::uint8_t* at, std::uint32_t value);

// How far `later` is ahead of `earlier`, negative when it is behind; the numbers wrap.
inline std::int16_t sequence_step(std::uint16_t earlier, std::uint16_t later) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(later - earlier));
}
inline std::int32_t timestamp_step(std::uint32_t earlier, std::uint32_t later) {
  return static_cast<std::int32_t>(later - earlier);
}

}  // namespace hotline::media
