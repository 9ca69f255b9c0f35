#include "media/out_stream.h"

#include <gtest/gtest.h>

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kRate = 8'000;
constexpr OutStream::Beginning kBeginning{.ssrc = 0xcafe, .sequence = 65'534, .timestamp = 1'000};
constexpr Sender kPrompt{1, 0x1111};
constexpr Sender kPhone{2, 0x2222};

RtpHeader header(std::uint16_t sequence, std::uint32_t timestamp) {
  return RtpHeader{
      .payload_type = 8, .sequence = sequence, .timestamp = timestamp, .payload_bytes = 160};
}

TEST(OutStream, one_stream_whoever_sends) {
  struct Row {
    const char* what;
    Sender sender;
    RtpHeader in;
    int at_ms;
    bool marker;
    std::uint16_t sequence;
    std::uint32_t timestamp;
  };
  const Row rows[] = {
      {"the first", kPrompt, header(500, 90'000), 0, true, 65'534, 1'000},
      {"goes on", kPrompt, header(501, 90'160), 20, false, 65'535, 1'160},
      {"wraps", kPrompt, header(502, 90'320), 40, false, 0, 1'320},
      {"one was lost on its way to us", kPrompt, header(504, 90'640), 80, false, 2, 1'640},
      {"overtaken", kPrompt, header(503, 90'480), 81, false, 1, 1'480},
      {"another sender, 100 ms later", kPhone, header(7, 4), 180, true, 3, 2'440},
      {"goes on too", kPhone, header(8, 164), 200, false, 4, 2'600},
      {"another one at once: 20 ms later", kPrompt, header(505, 90'800), 200, true, 5, 2'760},
      {"the same with another SSRC", {1, 0x3333}, header(0, 0), 220, true, 6, 2'920},
  };
  OutStream stream(kBeginning);
  for (const Row& row : rows) {
    const RtpHeader out = stream.next(row.sender, row.in, MediaTime(1ms * row.at_ms), kRate);
    EXPECT_EQ(out.ssrc, kBeginning.ssrc) << row.what;
    EXPECT_EQ(out.marker, row.marker) << row.what;
    EXPECT_EQ(out.sequence, row.sequence) << row.what;
    EXPECT_EQ(out.timestamp, row.timestamp) << row.what;
    EXPECT_EQ(out.payload_type, 8) << row.what;
  }
  EXPECT_EQ(stream.packets(), 9u);
  EXPECT_EQ(stream.octets(), 9u * 160);
}

TEST(OutStream, a_senders_own_marker_stays) {
  OutStream stream(kBeginning);
  stream.next(kPhone, header(1, 0), MediaTime(0ms), kRate);
  RtpHeader talk = header(2, 8'000);
  talk.marker = true;
  EXPECT_TRUE(stream.next(kPhone, talk, MediaTime(1s), kRate).marker);
}

TEST(OutStream, time_passes_by_the_clock_of_the_codec) {
  OutStream stream(kBeginning);
  stream.next(kPrompt, header(1, 0), MediaTime(0ms), 48'000);
  EXPECT_EQ(stream.next(kPhone, header(1, 0), MediaTime(2s), 48'000).timestamp, 1'000u + 96'000);
}

TEST(OutStream, reports_go_the_other_way) {
  OutStream stream(kBeginning);  // 65534 goes out for 500
  stream.next(kPrompt, header(500, 90'000), MediaTime(0ms), kRate);
  EXPECT_EQ(stream.timestamp_out(90'160), 1'160u);
  EXPECT_EQ(stream.sequence_in(65'534), 500u);
  EXPECT_EQ(stream.sequence_in(0x10000), 502u) << "its cycle is ours, not the sender's";
  EXPECT_EQ(stream.sequence_in(0x20000 + 65'534), 0x20000u + 500);
}

}  // namespace
}  // namespace hotline::media
