#include "ctl/csv.h"

#include <gtest/gtest.h>

namespace hotline::ctl {
namespace {

TEST(Csv, text_from_outside_stays_text) {
  const struct {
    std::string text;
    const char* cell;
  } rows[] = {
      {"", ""},
      {"desk", "desk"},
      {"江苏", "江苏"},
      // Quantities: a TAB behind keeps plus and zeros.
      {"+8613900000000", "+8613900000000\t"},
      {"02161234567", "02161234567\t"},
      {"0512", "0512\t"},
      {"1e5", "1e5\t"},
      {"1-2", "1-2\t"},
      {"(5)", "(5)\t"},
      {".5", ".5\t"},
      {"$5", "$5\t"},
      {"(abc)", "(abc)"},
      // Formulas: an apostrophe in front.
      {"=1+1", "'=1+1"},
      {"=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"http://x\",\"y\")"},
      {"+1+cmd|'/c calc'!A0", "'+1+cmd|'/c calc'!A0"},
      {"+", "'+"},
      {"-5", "'-5"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"  =1", "'  =1"},
      {"＝1", "'＝1"},
      {"＋1", "'＋1"},
      {"－1", "'－1"},
      {"＠a", "'＠a"},
      {"+86139\t", "'+86139␉"},
      {"\t=1", "␉=1"},
      {"\r=1", "␍=1"},
      // One record is one line.
      {"a\r\nb", "a␍␊b"},
      {std::string("a\0b", 3), "a␀b"},
      {"a\xff", "a\uFFFD"},
  };
  for (const auto& row : rows) EXPECT_EQ(csv_text(row.text), row.cell) << row.text;
}

TEST(Csv, lines_are_quoted_by_rfc_4180) {
  EXPECT_EQ(csv_line({"a", "", "c"}), "a,,c\r\n");
  EXPECT_EQ(csv_line({"a,b", "say \"hi\"", "x;y", "0512\t", " z"}),
            "\"a,b\",\"say \"\"hi\"\"\",\"x;y\",\"0512\t\",\" z\"\r\n");
  EXPECT_EQ(csv_line({"a\r\nb"}), "\"a\r\nb\"\r\n");
}

}  // namespace
}  // namespace hotline::ctl
