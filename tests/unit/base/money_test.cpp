#include "hotline/base/money.h"

#include <cstdint>
#include <limits>
#include <optional>

#include <gtest/gtest.h>

namespace hotline {
namespace {

struct ParseRow {
  const char* text;
  std::optional<std::int64_t> li;
};

TEST(Money, parses_yuan_exactly) {
  const ParseRow rows[] = {
      {"15", 15'000},
      {"15.00", 15'000},
      {"0.300", 300},
      {"-1.65", -1'650},
      {"0", 0},
      {"8999999999999.999", 8'999'999'999'999'999},
      {"9000000000000", std::nullopt},
      {"0.0001", std::nullopt},
      {"", std::nullopt},
      {"-", std::nullopt},
      {".5", std::nullopt},
      {"5.", std::nullopt},
      {"1e3", std::nullopt},
      {"+1", std::nullopt},
      {" 1", std::nullopt},
      {"1,000", std::nullopt},
      {"NaN", std::nullopt},
      {"99999999999999999999", std::nullopt},
  };
  for (const auto& row : rows) {
    const auto money = Money::parse_yuan(row.text);
    EXPECT_EQ(money ? std::optional(money->li()) : std::nullopt, row.li) << row.text;
  }
}

TEST(Money, prints_three_decimals) {
  EXPECT_EQ(Money::from_li(15'000).to_yuan(), "15.000");
  EXPECT_EQ(Money::from_li(-5).to_yuan(), "-0.005");
  EXPECT_EQ(Money::from_li(std::numeric_limits<std::int64_t>::min()).to_yuan(),
            "-9223372036854775.808");
}

TEST(Money, overflow_aborts) {
  const Money most = Money::from_li(std::numeric_limits<std::int64_t>::max());
  EXPECT_DEATH(most + Money::from_li(1), "contract broken");
  EXPECT_DEATH(most * 2, "contract broken");
}

}  // namespace
}  // namespace hotline
