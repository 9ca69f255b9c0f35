#include "admin/times.h"

#include <gtest/gtest.h>

namespace hotline::admin {
namespace {

WallTime at_ms(std::int64_t ms) { return WallTime(Milliseconds(ms)); }

TEST(Times, are_written_in_chinas_time) {
  EXPECT_EQ(to_rfc3339(at_ms(0)), "1970-01-01T08:00:00.000+08:00");
  EXPECT_EQ(to_rfc3339(at_ms(1'767'294'245'678)), "2026-01-02T03:04:05.678+08:00");
  EXPECT_EQ(to_rfc3339(at_ms(-1)), "1970-01-01T07:59:59.999+08:00");
}

struct Row {
  const char* text;
  std::optional<std::int64_t> ms;
};

TEST(Times, are_read_exactly) {
  const Row rows[] = {
      {"2026-01-02", 1'767'283'200'000},
      {"2026-01-02T03:04:05.678+08:00", 1'767'294'245'678},
      {"2026-01-01T19:04:05.678Z", 1'767'294'245'678},
      {"2026-01-01T19:04:05Z", 1'767'294'245'000},
      {"2026-01-01T19:04:05.6Z", 1'767'294'245'600},
      {"2026-01-01T14:34:05-04:30", 1'767'294'245'000},
      {"2024-02-29", 1'709'136'000'000},
      {"2026-02-29", std::nullopt},
      {"2026-13-01", std::nullopt},
      {"2026-1-2", std::nullopt},
      {"2026-01-02T", std::nullopt},
      {"2026-01-02T03:04:05", std::nullopt},
      {"2026-01-02T03:04:05.Z", std::nullopt},
      {"2026-01-02T03:04:05.6789Z", std::nullopt},
      {"2026-01-02T24:00:00Z", std::nullopt},
      {"2026-01-02T03:60:00Z", std::nullopt},
      {"2026-01-02T03:04:05+25:00", std::nullopt},
      {"2026-01-02T03:04:05+08:00 ", std::nullopt},
      {"2026-01-02 03:04:05Z", std::nullopt},
      {"", std::nullopt},
      {"yesterday", std::nullopt},
  };
  for (const auto& row : rows) {
    const auto when = parse_time(row.text, Edge::begin);
    EXPECT_EQ(when ? std::optional(when->time_since_epoch().count()) : std::nullopt, row.ms)
        << row.text;
  }
}

TEST(Times, a_date_as_an_end_includes_its_day) {
  EXPECT_EQ(parse_time("2026-01-02", Edge::end), parse_time("2026-01-03", Edge::begin));
  EXPECT_EQ(parse_time("2026-01-02T03:04:05Z", Edge::end),
            parse_time("2026-01-02T03:04:05Z", Edge::begin));
}

}  // namespace
}  // namespace hotline::admin
