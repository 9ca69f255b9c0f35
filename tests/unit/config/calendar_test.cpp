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

TEST(Calendar, makeup_workdays_that_make_up_for_nothing_are_warned_of) {
  struct Row {
    const char* lines;
    std::vector<std::string> said;
  };
  const Row rows[] = {
      // 2026-10-10 is a Saturday, 2026-10-11 a Sunday, 2026-10-12 a Monday.
      {"2026-10-01,holiday,国庆节\n2026-10-10,makeup_workday,国庆节\n", {}},
      {"2026-10-11,makeup_workday,国庆节\n2026-12-31,holiday,元旦\n", {}},
      {"2026-10-01,holiday,国庆节\n2026-10-12,makeup_workday,国庆节\n",
       {"cn.csv:3:1: warning: makeup_workday on a weekday that is a workday anyway"}},
      {"2026-10-01,holiday,国庆节\n2027-10-10,makeup_workday,国庆节\n",
       {"cn.csv:3:1: warning: makeup_workday in 2027, a year of which the file has no holiday"}},
      {"2025-10-01,holiday,国庆节\n2027-01-01,holiday,元旦\n2026-10-12,makeup_workday,国庆节\n",
       {"cn.csv:4:1: warning: makeup_workday in 2026, a year of which the file has no holiday",
        "cn.csv:4:1: warning: makeup_workday on a weekday that is a workday anyway"}},
  };
  for (const Row& row : rows) {
    Problems problems;
    FileProblems of_file(problems, "cn.csv");
    read_calendar("date,kind,name\n" + std::string(row.lines), of_file);
    std::vector<std::string> said;
    for (const Problem& problem : problems.take()) said.push_back(problem.to_string());
    EXPECT_THAT(said, ElementsAreArray(row.said)) << row.lines;
  }
}

TEST(Schedules, that_never_open_are_warned_of) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "[schedule.rare]\nweekly = { sat = [\"09:00-18:00\"] }\ncalendar = \"cn.csv\"\n";
  std::string days = "date,kind,name\n";
  // Every Saturday until 2027-06-05, which is 369 days ahead.
  for (schedule::Date date = parse_date("2026-06-06").value();
       date <= parse_date("2027-06-05").value(); date += std::chrono::days(7)) {
    days += schedule::to_text(date) + ",holiday,x\n";
  }
  texts["cn.csv"] = days;
  EXPECT_THAT(problems_of(texts),
              ElementsAre("hotline.toml:12:11: warning: [schedule.rare] is closed on each of the "
                          "next 366 days"));
  texts["cn.csv"] = days.substr(0, days.find("2027-05-29"));
  EXPECT_THAT(problems_of(texts), ElementsAre());
}

TEST(Schedules, hours_that_run_into_those_of_the_next_day_are_warned_of_once_for_each_key) {
  struct Row {
    const char* weekly;
    std::vector<std::string> said;
  };
  const Row rows[] = {
      {"{ sat = [\"22:00-02:00\"], sun = [\"02:00-04:00\"] }", {}},
      {"{ sun = [\"00:00-04:00\"], sat = [\"22:00-02:00\"] }",
       {"hotline.toml:13:35: warning: weekly: the hours of sat run past midnight into those of "
        "sun"}},
      {"{ mon-sun = [\"01:00-05:00\", \"20:00-02:00\"] }",
       {"hotline.toml:13:12: warning: weekly: the hours of mon run past midnight into those of "
        "tue"}},
      {"{ sun = [\"20:00-09:01\"], mon = [\"09:00-18:00\"] }",
       {"hotline.toml:13:12: warning: weekly: the hours of sun run past midnight into those of "
        "mon"}},
  };
  for (const Row& row : rows) {
    Texts texts = good_texts();
    texts[kPlatformFile] += "[schedule.a]\nweekly = " + std::string(row.weekly) + "\n";
    EXPECT_THAT(problems_of(texts), ElementsAreArray(row.said)) << row.weekly;
  }
}

TEST(Schedules, are_read_without_the_rest) {
  Texts texts = good_texts();
  texts[kHotlineFile] = "nonsense";
  texts[kPlatformFile] += "[schedule.a]\nweekly = { mon = [\"09:00-18:00\"] }\n[[trunk]]\nx = 1\n";
  const auto read = load_schedules(MemoryFiles(texts), context());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->all.size(), 2u);
  EXPECT_EQ(read->all[0]->name, "a");
  EXPECT_EQ(read->all[1]->name, "office");

  texts[kPlatformFile] += "[schedule.b]\nweekly = { mon = [\"9-18\"] }\n";
  EXPECT_FALSE(load_schedules(MemoryFiles(texts), context()));
  EXPECT_FALSE(load_schedules(MemoryFiles(Texts()), context()));
}

}  // namespace
}  // namespace hotline::config
