// One week of October 2026 in China: 1–7 are holidays, Saturday the 10th is a make-up workday.
#include "hotline/schedule/schedule.h"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace hotline::schedule {
namespace {

using std::chrono::year;

// "2026-10-10 09:00:00.000", at that offset from UTC.
WallTime wall(const std::string& text, std::chrono::minutes offset) {
  int y = 0;
  unsigned m = 0;
  unsigned d = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
  char mark = 0;
  std::istringstream in(text);
  in >> y >> mark >> m >> mark >> d >> hour >> mark >> minute;
  if (in >> mark) in >> second >> mark >> ms;
  const auto date = year(y) / std::chrono::month(m) / std::chrono::day(d);
  return WallTime(Date(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         Seconds(second) + Milliseconds(ms) - offset;
}

Date date(int y, unsigned m, unsigned d) {
  return Date(year(y) / std::chrono::month(m) / std::chrono::day(d));
}

Hours hours(std::initializer_list<const char*> spans) {
  Hours read;
  for (const char* text : spans) read.push_back(parse_span(text).value());
  return read;
}

Schedule office() {
  auto calendar = std::make_shared<Calendar>();
  calendar->days[date(2025, 10, 1)] = {DayKind::holiday, "国庆节"};
  for (unsigned day = 1; day <= 7; ++day) {
    calendar->days[date(2026, 10, day)] = {DayKind::holiday, "国庆节"};
  }
  calendar->days[date(2026, 10, 10)] = {DayKind::makeup_workday, "国庆节"};
  calendar->days[date(2026, 10, 12)] = {DayKind::ordinary, ""};

  Schedule schedule;
  schedule.name = "office";
  for (std::size_t day = 0; day < 5; ++day) schedule.weekly[day] = hours({"09:00-18:00"});
  schedule.weekly[5] = hours({"22:00-02:00"});
  schedule.calendar = calendar;
  schedule.makeup_hours = schedule.weekly[0];
  return schedule;
}

struct Row {
  const char* when;
  bool open;
  Basis basis;
};

void expect(const Schedule& schedule, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    const Verdict verdict = at(schedule, wall(row.when, schedule.offset));
    EXPECT_EQ(verdict.open, row.open) << row.when;
    EXPECT_EQ(to_string(verdict.basis), to_string(row.basis)) << row.when;
  }
}

TEST(Schedule, weekly_hours_are_open_from_until_before) {
  expect(office(), {
                       {"2026-09-14 08:59:59.999", false, Basis::weekly},  // a Monday
                       {"2026-09-14 09:00:00.000", true, Basis::weekly},
                       {"2026-09-14 17:59:59.999", true, Basis::weekly},
                       {"2026-09-14 18:00:00.000", false, Basis::weekly},
                       {"2026-09-20 12:00", false, Basis::weekly},  // a Sunday, no hours at all
                   });
}

TEST(Schedule, a_span_overnight_reaches_into_the_next_day) {
  expect(office(), {
                       {"2026-09-19 21:59:59.999", false, Basis::weekly},  // a Saturday
                       {"2026-09-19 22:00", true, Basis::weekly},
                       {"2026-09-20 00:00", true, Basis::weekly},
                       {"2026-09-20 01:59:59.999", true, Basis::weekly},
                       {"2026-09-20 02:00", false, Basis::weekly},
                       {"2026-09-21 01:00", false, Basis::weekly},
                   });
}

TEST(Schedule, a_span_of_yesterday_counts_with_the_rules_of_yesterday) {
  Schedule schedule = office();
  for (Hours& day : schedule.weekly) day = hours({"22:00-02:00"});
  schedule.makeup_hours.reset();
  schedule.exceptions[date(2026, 9, 16)] = {};
  schedule.exceptions[date(2026, 9, 17)] = hours({"20:00-04:00"});
  expect(schedule,
         {
             {"2026-10-01 01:00", true, Basis::weekly},  // a holiday, opened the evening before
             {"2026-10-01 23:00", false, Basis::holiday},
             {"2026-10-08 01:00", false, Basis::weekly},  // yesterday was a holiday
             {"2026-10-08 23:00", true, Basis::weekly},
             {"2026-09-16 01:00", true, Basis::weekly},      // closed today, open since yesterday
             {"2026-09-17 01:00", false, Basis::exception},  // yesterday was closed by exception
             {"2026-09-18 03:59", true, Basis::exception},   // yesterday's exception is longer
             {"2026-09-18 04:00", false, Basis::weekly},
         });
}

TEST(Schedule, years_meet_with_the_rules_of_each) {
  Schedule schedule = office();
  for (Hours& day : schedule.weekly) day = hours({"22:00-02:00"});
  expect(schedule, {
                       {"2027-01-01 01:00", true, Basis::weekly},  // began in a year we know
                       {"2027-01-01 03:00", false, Basis::calendar_missing},
                       {"2025-01-01 01:00", true, Basis::calendar_missing},  // began in 2024
                       {"2025-01-01 22:00", true, Basis::weekly},
                   });
}

TEST(Schedule, holidays_are_closed_or_keep_their_weekday) {
  Schedule schedule = office();
  expect(schedule, {
                       {"2026-09-30 12:00", true, Basis::weekly},
                       {"2026-10-01 00:00", false, Basis::holiday},
                       {"2026-10-01 12:00", false, Basis::holiday},
                       {"2026-10-07 23:59:59.999", false, Basis::holiday},
                       {"2026-10-08 12:00", true, Basis::weekly},
                   });
  schedule.closed_on_holidays = false;
  expect(schedule, {{"2026-10-01 12:00", true, Basis::weekly}});
}

TEST(Schedule, makeup_workdays_take_their_hours_or_keep_their_weekday) {
  Schedule schedule = office();
  expect(schedule, {
                       {"2026-10-10 12:00", true, Basis::makeup_workday},  // a Saturday
                       {"2026-10-10 23:00", false, Basis::makeup_workday},
                       {"2026-10-11 01:00", false, Basis::weekly},
                       {"2026-10-12 12:00", true, Basis::weekly},  // in the calendar, ordinary
                   });
  schedule.makeup_hours.reset();
  expect(schedule, {
                       {"2026-10-10 12:00", false, Basis::weekly},
                       {"2026-10-10 23:00", true, Basis::weekly},
                   });
}

TEST(Schedule, dated_exceptions_beat_everything) {
  Schedule schedule = office();
  schedule.exceptions[date(2026, 10, 1)] = hours({"10:00-11:00", "14:00-15:00"});
  schedule.exceptions[date(2026, 10, 10)] = {};
  schedule.exceptions[date(2026, 9, 14)] = hours({"00:00-24:00"});
  schedule.exceptions[date(2027, 3, 1)] = {};
  expect(schedule, {
                       {"2026-10-01 10:30", true, Basis::exception},
                       {"2026-10-01 12:00", false, Basis::exception},
                       {"2026-10-01 14:00", true, Basis::exception},
                       {"2026-10-10 12:00", false, Basis::exception},
                       {"2026-09-14 00:00", true, Basis::exception},
                       {"2026-09-14 23:59:59.999", true, Basis::exception},
                       {"2026-09-15 00:00", false, Basis::weekly},
                       {"2027-03-01 12:00", false, Basis::exception},
                   });
}

TEST(Schedule, a_year_the_calendar_lacks_has_plain_weekly_hours) {
  Schedule schedule = office();
  expect(schedule, {
                       {"2027-10-01 12:00", true, Basis::calendar_missing},
                       {"2027-10-01 20:00", false, Basis::calendar_missing},
                   });
  schedule.calendar = nullptr;
  expect(schedule, {{"2027-10-01 12:00", true, Basis::weekly}});
}

TEST(Schedule, all_day_has_no_gap_at_midnight) {
  Schedule schedule;
  for (Hours& day : schedule.weekly) day = hours({"00:00-24:00"});
  expect(schedule, {
                       {"2026-09-14 23:59:59.999", true, Basis::weekly},
                       {"2026-09-15 00:00:00.000", true, Basis::weekly},
                   });
}

TEST(Schedule, the_offset_decides_which_day_it_is) {
  struct Offset {
    int minutes;
    const char* utc;
    bool open;
  };
  Schedule schedule;
  schedule.weekly[0] = hours({"00:00-24:00"});  // Mondays; 2026-09-14 is one
  const Offset rows[] = {
      {8 * 60, "2026-09-13 15:59:59.999", false},
      {8 * 60, "2026-09-13 16:00", true},
      {8 * 60, "2026-09-14 15:59:59.999", true},
      {8 * 60, "2026-09-14 16:00", false},
      {0, "2026-09-13 23:59", false},
      {0, "2026-09-14 00:00", true},
      {-5 * 60, "2026-09-14 04:59", false},
      {-5 * 60, "2026-09-14 05:00", true},
      {5 * 60 + 30, "2026-09-13 18:29", false},
      {5 * 60 + 30, "2026-09-13 18:30", true},
      {14 * 60, "2026-09-13 10:00", true},
      {-12 * 60, "2026-09-15 11:59", true},
  };
  for (const Offset& row : rows) {
    schedule.offset = std::chrono::minutes(row.minutes);
    EXPECT_EQ(at(schedule, wall(row.utc, std::chrono::minutes(0))).open, row.open)
        << row.minutes << " " << row.utc;
  }
}

TEST(Schedule, days_before_1970_have_hours_too) {
  expect(office(), {
                       {"1969-12-31 09:00", true, Basis::calendar_missing},  // a Wednesday
                       {"1969-12-31 08:59", false, Basis::calendar_missing},
                   });
}

struct MissingRow {
  const char* today;
  std::vector<year> missing;
};

TEST(missing_years, look_thirty_days_ahead) {
  Schedule schedule = office();  // knows 2025 and 2026
  const MissingRow rows[] = {
      {"2026-06-01 00:00", {}},
      {"2026-12-01 23:59", {}},
      {"2026-12-02 00:00", {year(2027)}},
      {"2027-01-01 00:00", {year(2027)}},
      {"2027-12-02 00:00", {year(2027), year(2028)}},
      {"2024-12-31 00:00", {year(2024)}},
      {"2025-12-31 00:00", {}},
  };
  for (const MissingRow& row : rows) {
    EXPECT_EQ(missing_years(schedule, wall(row.today, schedule.offset)), row.missing) << row.today;
  }
  schedule.calendar = nullptr;
  EXPECT_TRUE(missing_years(schedule, wall("2030-01-01 00:00", schedule.offset)).empty());
}

TEST(Calendar, covers_the_years_it_names) {
  const Schedule schedule = office();
  EXPECT_FALSE(schedule.calendar->covers(year(2024)));
  EXPECT_TRUE(schedule.calendar->covers(year(2025)));
  EXPECT_TRUE(schedule.calendar->covers(year(2026)));
  EXPECT_FALSE(schedule.calendar->covers(year(2027)));
  EXPECT_FALSE(Calendar{}.covers(year(2026)));
}

}  // namespace
}  // namespace hotline::schedule
