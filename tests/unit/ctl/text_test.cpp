#include "ctl/text.h"

#include <gtest/gtest.h>

namespace hotline::ctl {
namespace {

TEST(Text, becomes_one_printable_line) {
  const struct {
    std::string text;
    const char* shown;
  } rows[] = {
      {"", ""},
      {"abc 江苏", "abc 江苏"},
      {"a\r\nb\tc", "a␍␊b␉c"},
      {std::string("a\0b", 3), "a␀b"},
      {"\x1b[2J", "␛[2J"},
      {"\x7f", "␡"},
      {"a\xff"
       "b",
       "a\uFFFDb"},
      {"\xc2\x9b"
       "2J",
       "\uFFFD2J"},  // CSI as one character
      {"\xe2\x80\xae"
       "fdp",
       "\uFFFDfdp"},               // turns the direction of writing
      {"\xe2\x80\xa8", "\uFFFD"},  // a line separator
  };
  for (const auto& row : rows) EXPECT_EQ(printable(row.text), row.shown) << row.text;
}

TEST(Text, wide_characters_take_two_columns) {
  const struct {
    const char* text;
    std::size_t width;
  } rows[] = {
      {"", 0},   {"abc", 3},     {"江苏", 4},   {"，", 2}, {"ｱ", 1},
      {"Ａ", 2}, {"e\u0301", 1}, {"北京 a", 6}, {"␍", 1},  {"\U00020000", 2},
  };
  for (const auto& row : rows) EXPECT_EQ(display_width(row.text), row.width) << row.text;
}

}  // namespace
}  // namespace hotline::ctl
