#include "media/frame_ring.h"

#include <thread>

#include <gtest/gtest.h>

#include "unit/media/packets.h"

namespace hotline::media {
namespace {

Packet filled(std::size_t bytes, std::size_t with) {
  return Packet(bytes, static_cast<std::uint8_t>(with));
}

Packet taken(FrameRing& ring) {
  const auto record = ring.front();
  Packet packet(record.begin(), record.end());
  if (!packet.empty()) ring.pop();
  return packet;
}

TEST(FrameRing, gives_records_in_their_order_and_in_one_piece) {
  FrameRing ring(1'024);
  EXPECT_TRUE(ring.is_empty());
  EXPECT_TRUE(taken(ring).empty());
  // Of all lengths, so that each place of the end is met.
  for (std::size_t round = 0; round < 2'000; ++round) {
    const std::size_t bytes = 1 + round * 7 % 200;
    ASSERT_TRUE(ring.push(filled(3, 0xee), filled(bytes, round))) << round;
    ASSERT_TRUE(ring.push(filled(3, 0xff), {})) << round;
    EXPECT_FALSE(ring.is_empty());
    ASSERT_EQ(taken(ring), joined(filled(3, 0xee), filled(bytes, round))) << round;
    ASSERT_EQ(taken(ring), filled(3, 0xff)) << round;
  }
  EXPECT_TRUE(ring.is_empty());
}

TEST(FrameRing, takes_nothing_more_when_it_is_full_and_loses_nothing) {
  FrameRing ring(1'024);
  std::size_t pushed = 0;
  while (ring.push(filled(8, pushed), filled(92, pushed))) ++pushed;
  EXPECT_EQ(pushed, 9u) << "112 bytes each";
  EXPECT_FALSE(ring.push(filled(8, 0), filled(92, 0)));
  EXPECT_EQ(taken(ring), filled(100, 0));
  EXPECT_TRUE(ring.push(filled(8, pushed), filled(92, pushed))) << "there is room again";
  for (std::size_t i = 1; i <= pushed; ++i) EXPECT_EQ(taken(ring), filled(100, i));
  EXPECT_TRUE(ring.is_empty());
  EXPECT_FALSE(ring.push(filled(8, 0), filled(1'100, 0))) << "longer than the ring";
}

TEST(FrameRing, carries_from_one_thread_to_another) {
  constexpr std::size_t kRecords = 200'000;
  FrameRing ring(4'096);
  std::thread writer([&ring] {
    for (std::size_t i = 0; i < kRecords;) {
      if (ring.push(filled(8, i), filled(i % 160, i))) {
        ++i;
      } else {
        std::this_thread::yield();
      }
    }
  });
  for (std::size_t i = 0; i < kRecords;) {
    const Packet record = taken(ring);
    if (record.empty()) {
      std::this_thread::yield();
      continue;
    }
    EXPECT_EQ(record, filled(8 + i % 160, i));
    ++i;
  }
  writer.join();
}

}  // namespace
}  // namespace hotline::media
