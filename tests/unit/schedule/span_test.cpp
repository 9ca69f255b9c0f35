#include <optional>

#include <gtest/gtest.h>

#include "hotline/schedule/schedule.h"

namespace hotline::schedule {
namespace {

struct Row {
  const char* text;
  std::optional<Span> span;
};

TEST(parse_span, reads_hours_and_nothing_else) {
  const Row rows[] = {
      {"09:00-18:00", Span{540, 1080}},
      {"00:00-24:00", Span{0, 1440}},
      {"00:00-00:01", Span{0, 1}},
      {"23:59-24:00", Span{1439, 1440}},
      {"22:00-02:00", Span{1320, 1560}},
      {"22:00-00:00", Span{1320, 1440}},
      {"18:00-17:59", Span{1080, 2519}},
      {"09:00-09:00", std::nullopt},
      {"00:00-00:00", std::nullopt},
      {"24:00-24:00", std::nullopt},
      {"24:00-02:00", std::nullopt},
      {"09:00-24:01", std::nullopt},
      {"09:60-18:00", std::nullopt},
      {"25:00-26:00", std::nullopt},
      {"9:00-18:00", std::nullopt},
      {"09:00-18:0", std::nullopt},
      {"09:00-18:000", std::nullopt},
      {"09:00 18:00", std::nullopt},
      {"09.00-18.00", std::nullopt},
      {"-9:00-18:00", std::nullopt},
      {"0x:00-18:00", std::nullopt},
      {" 9:00-18:00", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(parse_span(row.text), row.span) << row.text;
}

}  // namespace
}  // namespace hotline::schedule
