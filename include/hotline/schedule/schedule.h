// Named opening hours: is it open at this instant? Weekly hours in the schedule's own offset,
// overnight spans, public holidays and make-up workdays (调休) from a calendar, dated exceptions.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/base/calendar.h"

namespace hotline::schedule {

using Date = std::chrono::sys_days;  // a civil date in the schedule's offset, not in UTC
using hotline::to_text;              // "2026-12-31"

// Minutes of one local day: open from `from` until before `to`. `to` beyond 1440 reaches into the
// next day ("22:00-02:00" is 1320…1560).
struct Span {
  int from = 0;
  int to = 0;
  friend bool operator==(const Span&, const Span&) = default;
};
using Hours = std::vector<Span>;

// "09:00-18:00", "22:00-02:00", "00:00-24:00".
// Errors: nullopt for anything else, and for an empty span.
std::optional<Span> parse_span(std::string_view text);

enum class DayKind : std::uint8_t { ordinary, holiday, makeup_workday };

// The days of a year that are not what their weekday says.
struct Calendar {
  struct Day {
    DayKind kind = DayKind::ordinary;
    std::string name;  // "国庆节"
  };
  std::map<Date, Day> days;

  // Does it know anything of that year? Where not, plain weekly hours apply.
  bool covers(std::chrono::year year) const;
};

struct Schedule {
  std::string name;
  std::chrono::minutes offset{8 * 60};
  std::array<Hours, 7> weekly;               // 0 = Monday … 6 = Sunday
  std::shared_ptr<const Calendar> calendar;  // null: no holidays known
  bool closed_on_holidays = true;            // false: holidays keep their weekday's hours
  std::optional<Hours> makeup_hours;         // nullopt: a make-up workday keeps its weekday's
  std::map<Date, Hours> exceptions;          // beats everything; empty hours: closed all day
};

// What decided: for the trace ("holiday 国庆节", "no calendar for 2027").
enum class Basis : std::uint8_t { weekly, holiday, makeup_workday, exception, calendar_missing };
std::string_view to_string(Basis basis);

struct Verdict {
  bool open = false;
  Basis basis = Basis::weekly;
};

// The hours of one civil day, and what gave it those. Valid as long as the schedule.
struct Day {
  const Hours* hours = nullptr;  // not null; empty: closed all day
  Basis basis = Basis::weekly;
  // What the calendar says of the day; nullptr where it says nothing. It need not have decided: an
  // exception may stand before it, or the schedule keeps the weekday's hours.
  const Calendar::Day* marked = nullptr;
};
Day day(const Schedule& schedule, Date date);

// The civil date at that instant, in the schedule's offset.
Date date_at(const Schedule& schedule, WallTime when);

// The first day of `length` days from `from` on that has hours; nullopt: all are closed.
std::optional<Date> first_open_day(const Schedule& schedule, Date from, std::chrono::days length);

// Is it open at that instant? A span that began yesterday counts with yesterday's rules.
Verdict at(const Schedule& schedule, WallTime when);

// Years from `today` on (until 30 days ahead) that the calendar does not cover, for `check` and
// `status`; empty where there is no calendar.
std::vector<std::chrono::year> missing_years(const Schedule& schedule, WallTime today);

}  // namespace hotline::schedule
