#include "media/rtp.h"

#include <gtest/gtest.h>

#include "unit/media/packets.h"

namespace hotline::media {
namespace {

constexpr std::string_view kSequel = " 00 01 00 00 00 02 00 00 00 03 ";

Packet with_sequel(std::string_view head, std::string_view tail = "") {
  return from_hex(std::string(head) + std::string(kSequel) + std::string(tail));
}

TEST(Rtp, takes_what_is_whole) {
  struct Row {
    const char* what;
    Packet packet;
    std::size_t payload_at;
    std::size_t payload_bytes;
  };
  const Row rows[] = {
      {"nothing but a header", with_sequel("80 08"), 12, 0},
      {"a payload", with_sequel("80 08", "d5 d5"), 12, 2},
      {"a contributing source", with_sequel("81 08", "00 00 00 09 d5"), 16, 1},
      {"an extension", with_sequel("90 08", "be de 00 01 00 00 00 00 d5"), 20, 1},
      {"an empty extension", with_sequel("90 08", "be de 00 00 d5"), 16, 1},
      {"padding", with_sequel("a0 08", "d5 00 00 03"), 12, 1},
      {"all of it padding", with_sequel("a0 08", "00 02"), 12, 0},
      {"the largest", rtp(1, 1, 1, 8, 1'488), 12, 1'488},
  };
  for (const Row& row : rows) {
    const auto header = read_rtp(row.packet);
    ASSERT_TRUE(header) << row.what;
    EXPECT_EQ(header->payload_at, row.payload_at) << row.what;
    EXPECT_EQ(header->payload_bytes, row.payload_bytes) << row.what;
  }
}

TEST(Rtp, refuses_what_is_not) {
  struct Row {
    const char* what;
    Packet packet;
  };
  const Row rows[] = {
      {"nothing", {}},
      {"one byte", from_hex("80")},
      {"eleven bytes", from_hex("80 08 00 01 00 00 00 02 00 00 00")},
      {"version 0 (STUN)", with_sequel("00 01")},
      {"version 1", with_sequel("40 08")},
      {"version 3", with_sequel("c0 08")},
      {"sources that are not there", with_sequel("8f 08", "00 00 00 09")},
      {"an extension that is not there", with_sequel("90 08")},
      {"an extension cut short", with_sequel("90 08", "be de 00 02 00 00 00 00")},
      {"the longest extension", with_sequel("90 08", "be de ff ff")},
      {"padding longer than the packet", with_sequel("a0 08", "d5 d5 04")},
      {"padding of nothing", with_sequel("a0 08", "d5 d5 00")},
      {"RTCP", with_sequel("80 c8")},
      {"larger than an Ethernet takes", rtp(1, 1, 1, 8, 1'489)},
      {"jumbo", rtp(1, 1, 1, 8, 9'000)},
  };
  for (const Row& row : rows) EXPECT_FALSE(read_rtp(row.packet)) << row.what;
}

TEST(Rtp, reads_and_writes_the_fields) {
  Packet packet = from_hex("80 88 fe ff 01 02 03 04 aa bb cc dd 55");
  auto header = read_rtp(packet);
  ASSERT_TRUE(header);
  EXPECT_TRUE(header->marker);
  EXPECT_EQ(header->payload_type, 8);
  EXPECT_EQ(header->sequence, 0xfeff);
  EXPECT_EQ(header->timestamp, 0x01020304u);
  EXPECT_EQ(header->ssrc, 0xaabbccddu);
  write_rtp(RtpHeader{.payload_type = 99, .sequence = 1, .timestamp = 2, .ssrc = 3}, packet);
  EXPECT_EQ(packet, from_hex("80 08 00 01 00 00 00 02 00 00 00 03 55"))
      << "the payload type and all else stay";
}

TEST(Rtp, packet_types_tell_rtcp_on_the_same_port) {
  for (int type = 0; type < 256; ++type) {
    const Packet packet{0x80, static_cast<std::uint8_t>(type)};
    const bool wanted = (type >= 64 && type <= 95) || (type >= 192 && type <= 223);
    EXPECT_EQ(is_rtcp(packet), wanted) << type;
  }
  EXPECT_FALSE(is_rtcp(Packet{0x80}));
}

TEST(Rtp, steps_wrap) {
  EXPECT_EQ(sequence_step(65'535, 0), 1);
  EXPECT_EQ(sequence_step(0, 65'535), -1);
  EXPECT_EQ(timestamp_step(0xffffffff, 159), 160);
}

}  // namespace
}  // namespace hotline::media
