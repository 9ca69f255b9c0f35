// day(): the hours of one civil date, and that at() judges by nothing else.
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "hotline/schedule/schedule.h"

namespace hotline::schedule {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::year;

constexpr int kDay = 24 * 60;

Date date(int y, unsigned m, unsigned d) {
  return Date(year(y) / std::chrono::month(m) / std::chrono::day(d));
}

Hours hours(const char* span) { return {parse_span(span).value()}; }

TEST(Day, says_what_gave_it_its_hours) {
  auto calendar = std::make_shared<Calendar>();
  calendar->days[date(2026, 10, 1)] = {DayKind::holiday, "国庆节"};
  calendar->days[date(2026, 10, 2)] = {DayKind::holiday, "国庆节"};
  calendar->days[date(2026, 10, 10)] = {DayKind::makeup_workday, "国庆节"};
  Schedule schedule;
  for (std::size_t day = 0; day < 5; ++day) schedule.weekly[day] = hours("09:00-18:00");
  schedule.calendar = calendar;
  schedule.makeup_hours = hours("10:00-16:00");
  schedule.exceptions[date(2026, 10, 2)] = hours("12:00-13:00");

  struct Row {
    Date date;
    Hours hours;
    Basis basis;
    const char* marked;
  };
  const Row rows[] = {
      {date(2026, 9, 28), hours("09:00-18:00"), Basis::weekly, ""},
      {date(2026, 10, 1), {}, Basis::holiday, "国庆节"},
      {date(2026, 10, 2), hours("12:00-13:00"), Basis::exception, "国庆节"},
      {date(2026, 10, 3), {}, Basis::weekly, ""},
      {date(2026, 10, 10), hours("10:00-16:00"), Basis::makeup_workday, "国庆节"},
      {date(2027, 1, 1), hours("09:00-18:00"), Basis::calendar_missing, ""},
  };
  for (const Row& row : rows) {
    const Day is = day(schedule, row.date);
    EXPECT_EQ(*is.hours, row.hours) << to_text(row.date);
    EXPECT_EQ(is.basis, row.basis) << to_text(row.date);
    EXPECT_EQ(is.marked ? is.marked->name : "", row.marked) << to_text(row.date);
  }

  schedule.closed_on_holidays = false;
  EXPECT_EQ(*day(schedule, date(2026, 10, 1)).hours, hours("09:00-18:00"));
  EXPECT_EQ(day(schedule, date(2026, 10, 1)).basis, Basis::weekly);
  EXPECT_NE(day(schedule, date(2026, 10, 1)).marked, nullptr);
}

TEST(Day, first_open_day_looks_so_far_and_no_further) {
  Schedule schedule;
  EXPECT_EQ(first_open_day(schedule, date(2026, 9, 14), days(366)), std::nullopt);
  schedule.weekly[6] = hours("09:00-18:00");
  EXPECT_EQ(first_open_day(schedule, date(2026, 9, 14), days(366)), date(2026, 9, 20));
  EXPECT_EQ(first_open_day(schedule, date(2026, 9, 14), days(6)), std::nullopt);
  EXPECT_EQ(first_open_day(schedule, date(2026, 9, 14), days(7)), date(2026, 9, 20));
}

// --- any schedule, minute by minute ------------------------------------------------------------

using Random = std::mt19937;

int below(Random& random, int most) {
  return static_cast<int>(random() % static_cast<unsigned>(most));
}

Hours any_hours(Random& random) {
  Hours made;
  for (int spans = below(random, 4); spans > 0; --spans) {
    const int from = below(random, kDay);
    made.push_back({from, from + 1 + below(random, kDay)});
  }
  return made;
}

Schedule any_schedule(Random& random, Date first) {
  Schedule schedule;
  schedule.offset = minutes(below(random, 29 * 60) - 14 * 60);
  for (Hours& day : schedule.weekly) day = any_hours(random);
  schedule.closed_on_holidays = below(random, 2) == 0;
  if (below(random, 2) == 0) schedule.makeup_hours = any_hours(random);
  auto calendar = std::make_shared<Calendar>();
  for (int i = -1; i < 8; ++i) {
    const Date date = first + days(i);
    const auto kind = static_cast<DayKind>(below(random, 3));
    if (below(random, 3) == 0) calendar->days[date] = {kind, "x"};
    if (below(random, 5) == 0) schedule.exceptions[date] = any_hours(random);
  }
  if (below(random, 4) != 0) schedule.calendar = calendar;
  return schedule;
}

// The minutes of a week, counted from the first midnight, at which the days' own hours say open.
std::set<int> painted(const Schedule& schedule, Date first) {
  std::set<int> open;
  for (int i = -1; i < 7; ++i) {
    for (const Span& span : *day(schedule, first + days(i)).hours) {
      for (int minute = span.from; minute < span.to; ++minute) open.insert(i * kDay + minute);
    }
  }
  return open;
}

TEST(Day, the_hours_of_the_days_are_what_at_says_in_each_minute_of_any_week) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    Random random(seed);
    const Date first = date(2026, 12, 1) + days(below(random, 40));  // also over the new year
    const Schedule schedule = any_schedule(random, first);
    const std::set<int> open = painted(schedule, first);
    for (int minute = 0; minute < 7 * kDay; ++minute) {
      const WallTime when = WallTime(first) + minutes(minute) - schedule.offset;
      ASSERT_EQ(at(schedule, when).open, open.count(minute) == 1)
          << "seed " << seed << ", minute " << minute << " from " << to_text(first);
    }
  }
}

}  // namespace
}  // namespace hotline::schedule
