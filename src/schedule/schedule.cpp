// Is it open at this instant? Asked by routing for each route and phone that names a schedule, on
// the call thread, and by `explain` and `schedule show`.

#include "hotline/schedule/schedule.h"

#include <algorithm>
#include <cstddef>

#include "hotline/base/contract.h"

namespace hotline::schedule {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr days kMissingYearNotice{30};

const Hours kClosed;

// Civil time in the schedule's offset, counted like UTC.
WallTime local(const Schedule& schedule, WallTime when) { return when + schedule.offset; }

Date date_of(WallTime local_time) { return std::chrono::floor<days>(local_time); }

year year_of(Date date) { return year_month_day(date).year(); }

const Hours& weekday_hours(const Schedule& schedule, Date date) {
  const unsigned iso = std::chrono::weekday(date).iso_encoding();  // 1 = Monday … 7 = Sunday
  return schedule.weekly[iso - 1];
}

bool holds(const Hours& hours, minutes minute) {
  const auto inside = [minute](const Span& span) {
    return minutes(span.from) <= minute && minute < minutes(span.to);
  };
  return std::any_of(hours.begin(), hours.end(), inside);
}

}  // namespace

bool Calendar::covers(year asked) const {
  const auto first = days.lower_bound(Date(asked / std::chrono::January / 1));
  return first != days.end() && year_of(first->first) == asked;
}

std::string_view to_string(Basis basis) {
  switch (basis) {
    case Basis::weekly:
      return "weekly";
    case Basis::holiday:
      return "holiday";
    case Basis::makeup_workday:
      return "makeup_workday";
    case Basis::exception:
      return "exception";
    case Basis::calendar_missing:
      return "calendar_missing";
  }
  HOTLINE_EXPECT(false);
  return "";
}

Day day(const Schedule& schedule, Date date) {
  const Calendar::Day* marked = nullptr;
  if (schedule.calendar) {
    const auto found = schedule.calendar->days.find(date);
    if (found != schedule.calendar->days.end()) marked = &found->second;
  }
  const auto exception = schedule.exceptions.find(date);
  if (exception != schedule.exceptions.end()) {
    return {&exception->second, Basis::exception, marked};
  }
  const Hours& weekly = weekday_hours(schedule, date);
  if (!marked) {
    const bool known = !schedule.calendar || schedule.calendar->covers(year_of(date));
    return {&weekly, known ? Basis::weekly : Basis::calendar_missing, nullptr};
  }
  switch (marked->kind) {
    case DayKind::ordinary:
      return {&weekly, Basis::weekly, marked};
    case DayKind::holiday:
      if (schedule.closed_on_holidays) return {&kClosed, Basis::holiday, marked};
      return {&weekly, Basis::weekly, marked};
    case DayKind::makeup_workday:
      if (schedule.makeup_hours) return {&*schedule.makeup_hours, Basis::makeup_workday, marked};
      return {&weekly, Basis::weekly, marked};
  }
  HOTLINE_EXPECT(false);
  return {};
}

Date date_at(const Schedule& schedule, WallTime when) { return date_of(local(schedule, when)); }

std::optional<Date> first_open_day(const Schedule& schedule, Date from, days length) {
  for (Date date = from; date < from + length; date += days(1)) {
    if (!day(schedule, date).hours->empty()) return date;
  }
  return std::nullopt;
}

Verdict at(const Schedule& schedule, WallTime when) {
  const WallTime here = local(schedule, when);
  const Date today = date_of(here);
  const minutes minute = std::chrono::floor<minutes>(here - today);

  const Day now = day(schedule, today);
  if (holds(*now.hours, minute)) return {true, now.basis};

  const Day before = day(schedule, today - days(1));
  if (holds(*before.hours, minute + days(1))) return {true, before.basis};
  return {false, now.basis};
}

std::vector<year> missing_years(const Schedule& schedule, WallTime today) {
  std::vector<year> missing;
  if (!schedule.calendar) return missing;
  const Date first = date_at(schedule, today);
  for (year y = year_of(first); y <= year_of(first + kMissingYearNotice); ++y) {
    if (!schedule.calendar->covers(y)) missing.push_back(y);
  }
  return missing;
}

}  // namespace hotline::schedule
