#include "ctl/table.h"

#include <sstream>

#include <gtest/gtest.h>

namespace hotline::ctl {
namespace {

TEST(Table, aligns_chinese_and_latin_text) {
  Table table({{"FROM"}, {"CHARGE", Align::right}, {"PHONE"}});
  table.add({"江苏 苏州", "0.300", "desk"});
  table.add({"未知", "12.000", ""});
  table.add({"Macau\n", "-0.005", "前台"});
  std::ostringstream out;
  table.print(out);
  EXPECT_EQ(out.str(),
            "FROM       CHARGE  PHONE\n"
            "江苏 苏州   0.300  desk\n"
            "未知       12.000\n"
            "Macau␊     -0.005  前台\n");
}

TEST(Sheet, aligns_its_values) {
  Sheet sheet;
  sheet.add("balance", "1.000");
  sheet.add("账户", "acme");
  std::ostringstream out;
  sheet.print(out);
  EXPECT_EQ(out.str(), "balance  1.000\n账户     acme\n");
}

}  // namespace
}  // namespace hotline::ctl
