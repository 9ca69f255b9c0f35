#include "media/rtcp.h"

#include <gtest/gtest.h>

#include "unit/media/packets.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kCaller = 0xaaaa;  // the SSRC the caller sends with
constexpr std::uint32_t kPhone = 0xbbbb;
constexpr std::uint32_t kToCaller = 0xca11;  // what the caller hears
constexpr std::uint32_t kToPhone = 0xf0e;

// The phone's RTCP on its way to the caller. Both have sent a packet: 500 of the phone went out as
// 100, 700 of the caller as 200.
class Rtcp : public testing::Test {
 protected:
  Rtcp() {
    to_caller.next({2, kPhone},
                   RtpHeader{.sequence = 500, .timestamp = 90'000, .payload_bytes = 160},
                   MediaTime(), 8'000);
    to_phone.next({1, kCaller}, RtpHeader{.sequence = 700, .timestamp = 50'000}, MediaTime(),
                  8'000);
  }
  // What goes on of it.
  Packet passed(Packet packet) {
    packet.resize(rewrite_rtcp(packet, 2, to_caller, to_phone));
    return packet;
  }

  OutStream to_caller{{.ssrc = kToCaller, .sequence = 100, .timestamp = 1'000}};
  OutStream to_phone{{.ssrc = kToPhone, .sequence = 200, .timestamp = 2'000}};
};

TEST_F(Rtcp, a_sender_report_speaks_of_the_stream_that_is_heard) {
  const Packet out = passed(report(200, kPhone, 90'160, {}));
  ASSERT_EQ(out.size(), 28u);
  EXPECT_EQ(read_u32(out.data() + 4), kToCaller);
  EXPECT_EQ(read_u32(out.data() + 16), 1'160u) << "the RTP timestamp";
  EXPECT_EQ(read_u32(out.data() + 20), 1u) << "packets";
  EXPECT_EQ(read_u32(out.data() + 24), 160u) << "octets";
}

TEST_F(Rtcp, report_blocks_speak_of_who_sends_our_stream) {
  Packet in = report(201, kPhone, 0, {kToPhone, 0x12345678});
  write_u32(in.data() + 8 + 8, 0x10000 + 203);
  write_u32(in.data() + 32 + 8, 77);
  const Packet out = passed(in);
  ASSERT_EQ(out.size(), in.size());
  EXPECT_EQ(read_u32(out.data() + 4), kToCaller);
  EXPECT_EQ(read_u32(out.data() + 8), kCaller);
  EXPECT_EQ(read_u32(out.data() + 16), 703u) << "200 went out for 700";
  EXPECT_EQ(read_u32(out.data() + 32), 0x12345678u) << "about somebody else: as it is";
  EXPECT_EQ(read_u32(out.data() + 40), 77u);
}

TEST_F(Rtcp, a_compound_is_passed_on_up_to_a_bye) {
  const Packet receiver = report(201, kPhone, 0, {});
  const Packet description = from_hex("81 ca 00 02 00 00 bb bb 01 01 61 00");
  const Packet bye = from_hex("81 cb 00 01 00 00 bb bb");
  EXPECT_EQ(passed(joined(joined(receiver, description), bye)).size(), 20u);
  EXPECT_EQ(read_u32(passed(joined(receiver, description)).data() + 12), kToCaller);
  EXPECT_TRUE(passed(bye).empty());
}

TEST_F(Rtcp, feedback_is_about_the_sender) {
  const Packet out = passed(from_hex("81 ce 00 02 00 00 bb bb 00 00 0f 0e"));
  ASSERT_EQ(out.size(), 12u);
  EXPECT_EQ(read_u32(out.data() + 8), kCaller);
}

TEST_F(Rtcp, of_another_sender_than_is_heard_only_receiver_reports_go_on) {
  EXPECT_TRUE(passed(report(200, kPhone + 1, 0, {})).empty());
  to_caller.next({3, 0x3333}, RtpHeader{}, MediaTime(1s), 8'000);  // a prompt
  EXPECT_TRUE(passed(report(200, kPhone, 0, {})).empty());
  EXPECT_FALSE(passed(report(201, kPhone, 0, {})).empty());
}

TEST_F(Rtcp, garbage_is_dropped_whole) {
  struct Row {
    const char* what;
    Packet packet;
  };
  const Packet good = report(201, kPhone, 0, {});
  const Row rows[] = {
      {"nothing", {}},
      {"one byte", from_hex("80")},
      {"a head alone", from_hex("80 c9 00 00")},
      {"another version", from_hex("40 c9 00 01 00 00 bb bb")},
      {"longer than it is", from_hex("80 c9 00 02 00 00 bb bb")},
      {"the longest there is", from_hex("80 c9 ff ff 00 00 bb bb")},
      {"blocks that are not there", from_hex("9f c9 00 01 00 00 bb bb")},
      {"a sender report without its report", from_hex("80 c8 00 01 00 00 bb bb")},
      {"feedback about nobody", from_hex("81 ce 00 01 00 00 bb bb")},
      {"good, then three bytes", joined(good, from_hex("80 c9 00"))},
      {"good, then another version", joined(good, from_hex("00 c9 00 01 00 00 bb bb"))},
      {"larger than an Ethernet takes", joined(good, Packet(1'500, 0x80))},
  };
  for (const Row& row : rows) EXPECT_TRUE(passed(row.packet).empty()) << row.what;
}

TEST(WholeRtcp, heads_fill_the_packet) {
  struct Row {
    const char* what;
    Packet packet;
    bool is_whole;
  };
  const Packet good = report(201, kPhone, 0, {1, 2});
  const Row rows[] = {
      {"one", good, true},
      {"two", joined(good, good), true},
      {"nothing", {}, false},
      {"one byte", from_hex("80"), false},
      {"RTP", rtp(1, 1, 1), false},
      {"garbage that says version 2", Packet(40, 0x80), false},
      {"one, and a byte", joined(good, from_hex("80")), false},
      {"longer than it is", from_hex("80 c9 00 02 00 00 bb bb"), false},
  };
  for (const Row& row : rows) EXPECT_EQ(is_whole_rtcp(row.packet), row.is_whole) << row.what;
}

}  // namespace
}  // namespace hotline::media
