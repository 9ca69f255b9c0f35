// The calendar we ship, and what happens when its years end.
#include <fstream>
#include <iostream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/calendar_csv.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using std::chrono::year;
using testing::ElementsAre;
using testing::ElementsAreArray;

std::optional<schedule::Calendar> read_file(const std::string& path) {
  std::ifstream in(path);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  Problems problems;
  FileProblems of_file(problems, path);
  schedule::Calendar calendar = read_calendar(text.str(), of_file);
  for (const Problem& problem : problems.take()) ADD_FAILURE() << problem.to_string();
  return calendar;
}

std::string line_of(schedule::Date date, const schedule::Calendar::Day& what) {
  const std::chrono::year_month_day ymd(date);
  return std::to_string(static_cast<int>(ymd.year())) + "-" +
         std::to_string(static_cast<unsigned>(ymd.month())) + "-" +
         std::to_string(static_cast<unsigned>(ymd.day())) + " " +
         (what.kind == schedule::DayKind::holiday ? "holiday " : "makeup_workday ") + what.name;
}

std::vector<std::string> lines_of(const schedule::Calendar& calendar, year of) {
  std::vector<std::string> lines;
  for (const auto& [date, what] : calendar.days) {
    if (std::chrono::year_month_day(date).year() == of) lines.push_back(line_of(date, what));
  }
  return lines;
}

TEST(ShippedCalendar, has_the_published_days) {
  const auto shipped = read_file(HOTLINE_SOURCE_DIR "/config/calendars/cn.csv");
  ASSERT_TRUE(shipped);
  // State Council notices of November 2024 and November 2025: holidays and make-up workdays.
  EXPECT_EQ(lines_of(*shipped, year(2025)).size(), 28u + 5u);
  EXPECT_EQ(lines_of(*shipped, year(2026)).size(), 33u + 6u);
  EXPECT_EQ(shipped->days.size(), 72u);
  EXPECT_EQ(shipped->days.at(parse_date("2026-02-17").value()).name, "春节");
  EXPECT_EQ(shipped->days.at(parse_date("2026-10-10").value()).kind,
            schedule::DayKind::makeup_workday);
}

TEST(ShippedCalendar, agrees_with_the_shared_facts) {
  const char* const kShared = HOTLINE_SOURCE_DIR "/../shared/data/cn-calendar-2023-2026.csv";
  const auto shared = read_file(kShared);
  if (!shared) {
    std::cerr << "NOT COMPARED: " << kShared << " is not on this machine\n";
    GTEST_SKIP();
  }
  const auto shipped = read_file(HOTLINE_SOURCE_DIR "/config/calendars/cn.csv");
  for (const year y : {year(2025), year(2026)}) {
    EXPECT_THAT(lines_of(*shipped, y), ElementsAreArray(lines_of(*shared, y)));
  }
}

TEST(Calendar, a_year_that_is_missing_soon_is_a_warning_or_strictly_an_error) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "[schedule.cn]\nweekly = { mon = [\"09:00-18:00\"] }\ncalendar = \"cn.csv\"\n";
  texts["cn.csv"] = "date,kind,name\n2026-01-01,holiday,元旦\n";
  const std::string said = "calendar: \"cn.csv\" has no day of 2027: plain weekly hours apply";

  // The schedule's midnight is eight hours before that of UTC.
  EXPECT_THAT(problems_of(MemoryFiles(texts), context("2026-12-01")), ElementsAre());
  EXPECT_THAT(problems_of(MemoryFiles(texts), context("2026-12-02")),
              ElementsAre("hotline.toml:14:12: warning: " + said));
  EXPECT_TRUE(load(MemoryFiles(texts), context("2026-12-02")).has_value());

  Context strict = context("2026-12-02");
  strict.strict = true;
  EXPECT_THAT(problems_of(MemoryFiles(texts), strict), ElementsAre("hotline.toml:14:12: " + said));
  EXPECT_FALSE(load(MemoryFiles(texts), strict).has_value());
}

}  // namespace
}  // namespace hotline::config
