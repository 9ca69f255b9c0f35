#include "media/digits.h"

#include <gtest/gtest.h>

#include "unit/media/packets.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

struct Sent {
  int at_ms;
  std::uint32_t timestamp;
  std::uint8_t code;
  bool is_end;
  std::uint16_t duration;
  std::uint32_t ssrc = 1;
};

// The digits that were told, as "5:800 ".
std::string told(const std::vector<Sent>& packets, int silent_at_ms = 0) {
  DigitReader reader;
  std::string text;
  const auto add = [&text](const std::optional<Digit>& digit) {
    if (digit) text += std::string(1, digit->key) + ":" + std::to_string(digit->duration) + " ";
  };
  std::uint16_t sequence = 0;
  for (const Sent& sent : packets) {
    const Packet packet = telephone_event(sent.ssrc, ++sequence, sent.timestamp, sent.code,
                                          sent.is_end, sent.duration);
    const auto header = read_rtp(packet);
    add(reader.received(*header, std::span(packet).subspan(header->payload_at),
                        MediaTime(1ms * sent.at_ms)));
  }
  if (silent_at_ms > 0) add(reader.silent(MediaTime(1ms * silent_at_ms)));
  return text;
}

TEST(Digits, one_for_each_key) {
  struct Row {
    const char* what;
    std::vector<Sent> packets;
    const char* digits;
  };
  const Row rows[] = {
      {"a key, its end three times",
       {{0, 100, 5, false, 400},
        {50, 100, 5, false, 800},
        {60, 100, 5, true, 960},
        {61, 100, 5, true, 960},
        {62, 100, 5, true, 960}},
       "5:960 "},
      {"only one of its ends", {{60, 100, 11, true, 960}}, "#:960 "},
      {"twice the same key",
       {{0, 100, 1, true, 800}, {1, 100, 1, true, 800}, {200, 1'700, 1, true, 800}},
       "1:800 1:800 "},
      {"an end that is lost is told by the next key",
       {{0, 100, 1, false, 400}, {200, 1'700, 2, false, 400}, {250, 1'700, 2, true, 800}},
       "1:400 2:800 "},
      {"… also when of that one the ends alone came",
       {{0, 100, 1, false, 400}, {200, 1'700, 2, true, 800}, {201, 1'700, 2, true, 800}},
       "1:400 2:800 "},
      {"an old packet that was overtaken",
       {{0, 1'700, 2, true, 800}, {1, 100, 1, true, 800}, {2, 1'700, 2, true, 800}},
       "2:800 "},
      {"the same timestamp of another SSRC",
       {{0, 100, 1, true, 800, 1}, {100, 100, 2, true, 800, 2}},
       "1:800 2:800 "},
      {"a key held long: two segments",
       {{0, 100, 9, false, 0xffff},
        {50, 100 + 0xffff, 9, false, 400},
        {100, 100 + 0xffff, 9, true, 800}},
       "9:66335 "},
      {"over the wrap of timestamps",
       {{0, 0xffffffff, 3, true, 800}, {200, 1'599, 4, true, 800}},
       "3:800 4:800 "},
      {"no key: a flash, a fax tone", {{0, 100, 16, true, 800}, {9, 900, 32, true, 800}}, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(told(row.packets), row.digits) << row.what;
}

TEST(Digits, every_key_has_its_name) {
  std::string keys;
  for (std::uint8_t code = 0; code < 16; ++code) keys += told({{0, 100, code, true, 800}})[0];
  EXPECT_EQ(keys, "0123456789*#ABCD");
}

TEST(Digits, silence_ends_a_key) {
  const std::vector<Sent> key = {{0, 100, 5, false, 400}, {50, 100, 5, false, 800}};
  EXPECT_EQ(told(key, 199), "");
  EXPECT_EQ(told(key, 200), "5:800 ");
  EXPECT_EQ(told({{0, 100, 5, true, 400}}, 5'000), "5:400 ") << "told once";
  EXPECT_EQ(told({}, 5'000), "");
}

TEST(Digits, a_payload_cut_short_is_nothing) {
  DigitReader reader;
  const Packet payload = from_hex("05 8a 03");
  EXPECT_FALSE(reader.received(RtpHeader{}, payload, MediaTime(1s)));
}

TEST(Digits, a_storm_is_bounded_and_counted) {
  DigitReader reader;
  int digits = 0;
  for (std::uint16_t i = 0; i < 10'000; ++i) {  // in one second
    const auto key = static_cast<std::uint8_t>(i % 10);
    const Packet packet = telephone_event(1, i, 1'000u * i, key, true, 800);
    const auto header = read_rtp(packet);
    const auto digit =
        reader.received(*header, std::span(packet).subspan(12), MediaTime(10s + i * 100us));
    digits += digit ? 1 : 0;
  }
  EXPECT_GT(digits, DigitReader::kMostPerSecond / 2);
  EXPECT_LE(digits, DigitReader::kMostPerSecond * 3 / 2);
  EXPECT_EQ(static_cast<std::uint64_t>(digits) + reader.dropped(), 10'000u);
}

}  // namespace
}  // namespace hotline::media
