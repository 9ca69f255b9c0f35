#include "media/reception.h"

#include <gtest/gtest.h>

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kRate = 8'000;

RtpHeader header(std::uint16_t sequence, std::uint32_t timestamp = 0, std::uint32_t ssrc = 1) {
  return RtpHeader{.sequence = sequence, .timestamp = timestamp, .ssrc = ssrc};
}

std::uint64_t lost(const std::vector<RtpHeader>& packets) {
  Reception reception;
  for (const RtpHeader& packet : packets) {
    reception.received(packet, MediaTime(), kRate, false);
  }
  return reception.lost();
}

TEST(Reception, counts_what_did_not_come) {
  struct Row {
    const char* what;
    std::vector<RtpHeader> packets;
    std::uint64_t lost;
  };
  const Row rows[] = {
      {"nothing", {}, 0},
      {"all came", {header(1), header(2), header(3)}, 0},
      {"one is missing", {header(1), header(3)}, 1},
      {"late is not lost", {header(1), header(3), header(2)}, 0},
      {"a doubled one hides a lost one", {header(1), header(1), header(3)}, 0},
      {"more doubled than lost", {header(1), header(1), header(1), header(2)}, 0},
      {"over the wrap", {header(65'534), header(65'535), header(1)}, 1},
      {"a leap, and back", {header(1), header(30'000), header(2)}, 0},
      {"a leap, and back past a missing one", {header(1), header(30'000), header(3)}, 1},
      {"a leap that goes on", {header(1), header(3), header(30'000), header(30'001)}, 1},
      {"… and loses one more",
       {header(1), header(3), header(30'000), header(30'001), header(30'003)},
       2},
      {"another SSRC", {header(1), header(3), header(90, 0, 2), header(92, 0, 2)}, 2},
  };
  for (const Row& row : rows) EXPECT_EQ(lost(row.packets), row.lost) << row.what;
}

TEST(Reception, counts_beyond_sixteen_bits) {
  Reception reception;
  for (int i = 0; i < 200'000; ++i) {
    if (i % 1'000 == 500) continue;
    reception.received(header(static_cast<std::uint16_t>(i)), MediaTime(), kRate, false);
  }
  EXPECT_EQ(reception.lost(), 200u);
}

TEST(Reception, jitter_is_the_mean_deviation_of_the_spacing) {
  struct Row {
    const char* what;
    Microseconds late;  // every second packet
    std::uint32_t least;
    std::uint32_t most;
  };
  const Row rows[] = {
      {"in step", 0us, 0, 0},
      {"every second one 5 ms late", 5ms, 38, 40},
      {"every second one 20 ms late", 20ms, 158, 160},
  };
  for (const Row& row : rows) {
    Reception reception;
    for (std::uint32_t i = 0; i < 500; ++i) {
      const MediaTime at(20ms * i + (i % 2 == 1 ? row.late : 0us));
      reception.received(header(static_cast<std::uint16_t>(i), 160 * i), at, kRate, true);
    }
    EXPECT_GE(reception.jitter(), row.least) << row.what;
    EXPECT_LE(reception.jitter(), row.most) << row.what;
  }
}

TEST(Reception, telephone_events_say_nothing_about_time) {
  Reception reception;
  for (std::uint32_t i = 0; i < 100; ++i) {
    const bool is_event = i >= 50;
    const std::uint32_t timestamp = is_event ? 160 * 50 : 160 * i;
    reception.received(header(static_cast<std::uint16_t>(i), timestamp), MediaTime(20ms * i), kRate,
                       !is_event);
  }
  EXPECT_EQ(reception.jitter(), 0u);
  EXPECT_EQ(reception.lost(), 0u);
}

TEST(Reception, a_new_ssrc_has_a_clock_of_its_own) {
  Reception reception;
  reception.received(header(1, 0, 1), MediaTime(0ms), kRate, true);
  reception.received(header(2, 160, 1), MediaTime(20ms), kRate, true);
  reception.received(header(1, 0x80000000, 2), MediaTime(40ms), kRate, true);
  EXPECT_EQ(reception.jitter(), 0u);
}

}  // namespace
}  // namespace hotline::media
