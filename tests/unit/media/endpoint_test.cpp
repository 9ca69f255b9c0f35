#include "media/endpoint.h"

#include <gtest/gtest.h>

namespace hotline::media {
namespace {

TEST(Endpoint, reads_literals_only) {
  EXPECT_EQ(Endpoint::parse("192.0.2.1", 4000)->to_string(), "192.0.2.1:4000");
  EXPECT_EQ(Endpoint::parse("2001:db8::1", 4000)->to_string(), "[2001:db8::1]:4000");
  for (const char* text : {"", "localhost", "1.2.3", "1.2.3.4 ", "[::1]", "::1%lo",
                           "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb"}) {
    EXPECT_FALSE(Endpoint::parse(text, 1)) << text;
  }
}

TEST(Endpoint, knows_where_nothing_can_be_sent_and_what_is_private) {
  struct Row {
    const char* literal;
    bool is_nowhere;
    bool is_private;
  };
  const Row rows[] = {
      {"0.0.0.0", true, false},
      {"0.1.2.3", true, false},
      {"224.0.0.1", true, false},
      {"255.255.255.255", true, false},
      {"::", true, false},
      {"ff02::1", true, false},
      {"192.0.2.1", false, false},
      {"2001:db8::1", false, false},
      {"9.255.255.255", false, false},
      {"10.0.0.1", false, true},
      {"11.0.0.1", false, false},
      {"100.63.255.255", false, false},
      {"100.64.0.1", false, true},
      {"100.128.0.0", false, false},
      {"127.0.0.1", false, true},
      {"169.254.1.1", false, true},
      {"172.15.0.1", false, false},
      {"172.16.0.1", false, true},
      {"172.31.255.255", false, true},
      {"172.32.0.0", false, false},
      {"192.168.0.1", false, true},
      {"192.169.0.1", false, false},
      {"::1", false, true},
      {"::2", false, false},
      {"fc00::1", false, true},
      {"fd12::1", false, true},
      {"fe80::1", false, true},
      {"fec0::1", false, false},
  };
  for (const Row& row : rows) {
    const auto endpoint = Endpoint::parse(row.literal, 4000);
    ASSERT_TRUE(endpoint) << row.literal;
    EXPECT_EQ(endpoint->is_nowhere(), row.is_nowhere) << row.literal;
    EXPECT_EQ(endpoint->is_private(), row.is_private) << row.literal;
  }
  EXPECT_TRUE(Endpoint::parse("192.0.2.1", 0)->is_nowhere()) << "port 0";
}

}  // namespace
}  // namespace hotline::media
