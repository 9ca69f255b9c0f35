#include "media/port_range.h"

#include <set>

#include <gtest/gtest.h>

namespace hotline::media {
namespace {

TEST(PortRange, whole_pairs_only) {
  struct Row {
    std::uint16_t first;
    std::uint16_t last;
    std::size_t pairs;
  };
  const Row rows[] = {{20'000, 20'003, 2}, {20'001, 20'003, 1}, {20'000, 20'002, 1},
                      {20'001, 20'002, 0}, {20'000, 20'000, 0}, {65'534, 65'535, 1},
                      {65'535, 65'535, 0}};
  for (const Row& row : rows) {
    PortRange range(row.first, row.last, 12'345);
    EXPECT_EQ(range.pairs(), row.pairs) << row.first << "-" << row.last;
    std::set<std::uint16_t> ports;
    while (const auto port = range.take()) ports.insert(*port);
    EXPECT_EQ(ports.size(), row.pairs);
    for (const std::uint16_t port : ports) {
      EXPECT_EQ(port % 2, 0);
      EXPECT_GE(port, row.first);
      EXPECT_LT(port, row.last);
    }
  }
}

TEST(PortRange, a_freed_port_is_the_last_to_be_used_again) {
  PortRange range(20'000, 20'019, 3);
  const auto first = range.take();
  EXPECT_EQ(first, 20'006) << "begins where chance says";
  range.free(*first);
  for (int i = 0; i < 9; ++i) EXPECT_NE(range.take(), first);
  EXPECT_EQ(range.take(), first);
  EXPECT_EQ(range.take(), std::nullopt);
  EXPECT_EQ(range.taken(), 10u);
  range.free(20'002);
  EXPECT_EQ(range.take(), 20'002);
}

TEST(PortRange, a_certain_port) {
  PortRange range(20'001, 20'007, 0);
  for (const int number : {0, 20'000, 20'003, 20'008, 65'534}) {
    const auto port = static_cast<std::uint16_t>(number);
    EXPECT_FALSE(range.take(port)) << port;
  }
  EXPECT_TRUE(range.take(20'004));
  EXPECT_FALSE(range.take(20'004));
  EXPECT_EQ(range.take(), 20'002);
  EXPECT_EQ(range.take(), 20'006);
  EXPECT_EQ(range.take(), std::nullopt);
}

}  // namespace
}  // namespace hotline::media
