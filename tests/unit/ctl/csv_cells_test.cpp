#include "ctl/csv_cells.h"

#include <set>
#include <sstream>

#include "ctl/columns.h"
#include "unit/ctl/sample_desk.h"

namespace hotline::ctl {
namespace {

std::string line_of(const cdr::Filed& filed) {
  std::ostringstream out;
  CsvCells cells(out, kChinaOffset);
  for (const auto& column : cdr_columns()) column.put(filed, cells);
  cells.end_row();
  cells.flush();
  return out.str();
}

TEST(CsvCells, one_line_a_call) {
  EXPECT_EQ(
      names_of(cdr_columns()),
      "seq id trunk caller_leg_id phone_leg_id account hotline caller_raw caller_e164 "
      "province city area_code carrier presented received first_ring answered ended ring_ms "
      "talk_ms billable_ms billed_s price_per_min tariff rate charge caller_fee release_by "
      "release_cause release_status release_q850 evidence answered_by phone_province caller_audio "
      "phone_audio bridged menu waited_ms survey recording calls attempts trace");
  EXPECT_EQ(
      line_of(sample_record(7)),
      "7,01900000-0001-7000-8000-000000000001,unicom,,,acme,\"4001234567\t\",'=cmd(),"
      "\"+8613900000000\t\",江苏,苏州,\"0512\t\",,\"013900000000\t\","
      "2026-01-02T03:04:05.678+08:00,,2026-01-02T03:04:07.178+08:00,"
      "2026-01-02T03:05:08.178+08:00,1500,61000,61000,120,0.300,"
      "\"0.300 60/60 caller "
      "0.110\t\",office,0.600,0.220,caller,hung_up,200,16,bye,li,上海,\"in 3050 lost 2 out 3049\","
      "\"in 3049 out 3050\",2026-01-02T03:04:07.178+08:00,,0,,,1,\"desk busy 486 "
      "300ms; li answered 200 1200ms\","
      "\"hotline.toml:3 blacklist nuisance: not listed; hotlines/4001234567.toml:31 route "
      "east: matched\"\r\n");
}

TEST(CsvCells, hostile_text_stays_in_its_cell_and_line) {
  cdr::Filed filed = sample_record(1);
  filed.record.caller_raw = std::string("x\r\n=1,\"\0\x1b\xff", 10);
  filed.record.caller_leg_id = "@SUM(1;2)";
  filed.record.attempts = {{"=phone", kThen, Milliseconds(1), cdr::AttemptResult::failed, 0}};
  filed.record.trace = "=a\nb\n";
  const std::string line = line_of(filed);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_NE(line.find(",\"x␍␊=1,\"\"␀␛\uFFFD\","), std::string::npos) << line;
  EXPECT_NE(line.find(",\"'@SUM(1;2)\","), std::string::npos) << line;
  EXPECT_NE(line.find(",\"'=phone failed 0 1ms\","), std::string::npos) << line;
  EXPECT_NE(line.find(",\"'=a; b\"\r\n"), std::string::npos) << line;
}

// Each title stands for one column, in either language, and is read as it is.
TEST(Columns, have_titles_of_their_own) {
  std::set<std::string> seen;
  const auto look = [&seen](const auto& columns) {
    for (const auto& column : columns) {
      for (const std::string title : {column.name, column.chinese}) {
        EXPECT_TRUE(seen.insert(title).second) << title;
        EXPECT_EQ(title.find_first_of(" ,;\"\t"), std::string::npos) << title;
        EXPECT_EQ(std::string("=+-@").find(title[0]), std::string::npos) << title;
      }
      EXPECT_GT(column.width, 0);
    }
    seen.clear();
  };
  look(cdr_columns());
  look(ledger_columns());
}

}  // namespace
}  // namespace hotline::ctl
