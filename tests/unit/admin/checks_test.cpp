#include "admin/checks.h"

#include <string>

#include <gtest/gtest.h>

namespace hotline::admin {
namespace {

struct Row {
  std::string text;
  bool accepted;
};

TEST(Checks, account_names) {
  const Row rows[] = {
      {"acme", true},
      {"0", true},
      {"a-b_9", true},
      {std::string(64, 'a'), true},
      {std::string(65, 'a'), false},
      {"", false},
      {"Acme", false},
      {"a b", false},
      {"a/b", false},
      {"..", false},
      {"阿里", false},
      {std::string("a\0b", 3), false},
  };
  for (const auto& row : rows) EXPECT_EQ(is_account_name(row.text), row.accepted) << row.text;
}

TEST(Checks, references) {
  std::string longest;
  for (int i = 0; i < 128; ++i) longest += "汇";
  const Row rows[] = {
      {"bank-2026-001", true},
      {"工行 转账 2026/1/2", true},
      {longest, true},
      {longest + "汇", false},
      {"", false},
      {" a", false},
      {"a ", false},
      {"a\nb", false},
      {"a\x1b[2J", false},
      {"a\xc2\x9b"
       "2J",
       false},  // a C1 control: CSI
      {"a\xe2\x80\xae"
       "b",
       false},                  // turns the direction of writing
      {"a\xff", false},         // no UTF-8
      {"\xef\xbf\xbd", false},  // what malformed text became
  };
  for (const auto& row : rows) EXPECT_EQ(is_reference(row.text), row.accepted) << row.text;
}

TEST(Checks, amounts) {
  const Row rows[] = {
      {"100.00", true},  {"0.001", true}, {"100000000", true}, {"100000000.001", false},
      {"0", false},      {"-1", false},   {"", false},         {"1e3", false},
      {"0.0001", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(parse_amount(row.text).has_value(), row.accepted) << row.text;
  }
}

TEST(Checks, number_filters) {
  const Row rows[] = {
      {"4001234567", true}, {"+8613900000000", true},      {"anonymous", true},
      {"", false},          {"139 0000", false},           {std::string(64, '1'), true},
      {"\x7f", false},      {std::string(65, '1'), false}, {"一", false},
  };
  for (const auto& row : rows) EXPECT_EQ(is_number_filter(row.text), row.accepted) << row.text;
}

TEST(Checks, durations) {
  const struct {
    std::string text;
    std::optional<Seconds> length;
  } rows[] = {
      {"90s", Seconds(90)},
      {"30m", Seconds(1800)},
      {"12h", Seconds(43'200)},
      {"7d", Seconds(604'800)},
      {"3653d", Seconds(315'619'200)},
      {"3654d", std::nullopt},
      {"0s", std::nullopt},
      {"-1s", std::nullopt},
      {"5", std::nullopt},
      {"m", std::nullopt},
      {"", std::nullopt},
      {"1w", std::nullopt},
      {"1.5h", std::nullopt},
      {"1h30m", std::nullopt},
      {" 1h", std::nullopt},
      {"99999999999999999999d", std::nullopt},
      {"9223372036854775807d", std::nullopt},
  };
  for (const auto& row : rows) EXPECT_EQ(parse_duration(row.text), row.length) << row.text;
}

TEST(Checks, reasons) {
  const Row rows[] = {
      {"", true},
      {"午饭", true},
      {"prank, calls", true},
      {std::string(128, 'a'), true},
      {"a\nb", false},
      {"a\xff", false},
      {std::string(129, 'a'), false},
  };
  for (const auto& row : rows) EXPECT_EQ(is_reason(row.text), row.accepted) << row.text;
}

}  // namespace
}  // namespace hotline::admin
