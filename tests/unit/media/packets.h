// Packets as a phone sends them, for tests of the media plane.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "media/rtp.h"

namespace hotline::media {

using Packet = std::vector<std::uint8_t>;

// "80 08 00 01"
inline Packet from_hex(std::string_view text) {
  Packet packet;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t at = 0; at + 1 < text.size(); at += text[at] == ' ' ? 1U : 2U) {
    if (text[at] == ' ') continue;
    packet.push_back(static_cast<std::uint8_t>(digit(text[at]) << 4 | digit(text[at + 1])));
  }
  return packet;
}

// 20 ms of PCMA.
inline Packet rtp(std::uint32_t ssrc, std::uint16_t sequence, std::uint32_t timestamp,
                  std::uint8_t payload_type = 8, std::size_t payload_bytes = 160) {
  Packet packet(kRtpHeaderBytes + payload_bytes, 0xd5);
  packet[0] = 0x80;
  packet[1] = payload_type;
  write_rtp(RtpHeader{.sequence = sequence, .timestamp = timestamp, .ssrc = ssrc}, packet);
  return packet;
}

inline Packet telephone_event(std::uint32_t ssrc, std::uint16_t sequence, std::uint32_t timestamp,
                              std::uint8_t code, bool is_end, std::uint16_t duration) {
  Packet packet = rtp(ssrc, sequence, timestamp, 101, 4);
  packet[12] = code;
  packet[13] = is_end ? 0x8a : 0x0a;
  write_u16(packet.data() + 14, duration);
  return packet;
}

// A receiver report, or a sender report (type 200), with as many report blocks as SSRCs.
inline Packet report(std::uint8_t type, std::uint32_t ssrc, std::uint32_t timestamp,
                     const std::vector<std::uint32_t>& blocks) {
  const std::size_t info = type == 200 ? 20 : 0;
  Packet packet(8 + info + 24 * blocks.size(), 0);
  packet[0] = static_cast<std::uint8_t>(0x80 | blocks.size());
  packet[1] = type;
  write_u16(packet.data() + 2, static_cast<std::uint16_t>(packet.size() / 4 - 1));
  write_u32(packet.data() + 4, ssrc);
  if (info != 0) write_u32(packet.data() + 16, timestamp);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    write_u32(packet.data() + 8 + info + 24 * i, blocks[i]);
  }
  return packet;
}

inline Packet joined(Packet first, const Packet& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace hotline::media
