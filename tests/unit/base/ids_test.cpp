#include "hotline/base/ids.h"

#include <set>

#include <gtest/gtest.h>

namespace hotline {
namespace {

TEST(CallIdSource, ids_rise_even_when_the_wall_clock_falls) {
  CallIdSource source(7);
  CallId last = source.next(WallTime(Milliseconds(1'000'000)));
  for (int i = 0; i < 10'000; ++i) {
    const CallId id = source.next(WallTime(Milliseconds(1'000'000 - i)));
    ASSERT_LT(last, id);
    last = id;
  }
}

TEST(CallIdSource, goes_on_where_another_process_ended) {
  CallIdSource last(7);
  const WallTime then(Milliseconds(1'000'000));
  CallIdSource next(8, then + Seconds(1));
  EXPECT_LT(last.next(then), next.next(then - Seconds(3600)));
}

TEST(CallId, reads_back_what_it_writes) {
  const CallId id = CallIdSource(1).next(WallTime(Milliseconds(0x0190'0000'0001)));
  const std::string text = id.to_string();
  EXPECT_TRUE(text.starts_with("01900000-0001-7"));
  EXPECT_EQ(CallId::parse(text), id);
}

TEST(CallId, refuses_what_is_no_uuid) {
  for (const char* text :
       {"", "01900000", "01900000-0001-7000-8000-00000000000",
        "01900000-0001-7000-8000-0000000000000", "01900000x0001-7000-8000-000000000000",
        "0190000G-0001-7000-8000-000000000000"}) {
    EXPECT_FALSE(CallId::parse(text)) << text;
  }
}

}  // namespace
}  // namespace hotline
