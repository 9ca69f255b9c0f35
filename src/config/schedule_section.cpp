// [schedule.NAME]: opening hours, and the calendars they follow.

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "config/calendar_csv.h"
#include "config/platform.h"
#include "config/values.h"

namespace hotline::config {
namespace {

using schedule::Hours;
using schedule::Schedule;
using schedule::Span;

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

struct DayRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::optional<std::size_t> parse_day(std::string_view word) {
  const auto it = std::find(kDays.begin(), kDays.end(), word);
  if (it == kDays.end()) return std::nullopt;
  return static_cast<std::size_t>(it - kDays.begin());
}

// "sat", "mon-fri".
std::optional<DayRange> parse_days(std::string_view text) {
  const auto dash = text.find('-');
  const auto first = parse_day(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_day(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return DayRange{*first, *last};
}

// The spans in their order of time; one that is wrong, or overlaps another, is reported.
Hours read_spans(const std::vector<Text>& texts, std::string_view key, FileProblems& problems) {
  Hours hours;
  for (const Text& text : texts) {
    const auto span = schedule::parse_span(text.value);
    if (!span) {
      problems.error(text.at, std::string(key) + ": " + in_quotes(text.value) +
                                  " are no hours; wanted is \"09:00-18:00\"");
      continue;
    }
    const bool overlaps = std::any_of(hours.begin(), hours.end(), [&](const Span& other) {
      return span->from < other.to && other.from < span->to;
    });
    if (overlaps) {
      problems.error(text.at, std::string(key) + ": " + in_quotes(text.value) +
                                  " overlaps other hours of the day");
    }
    hours.push_back(*span);
  }
  std::sort(hours.begin(), hours.end(),
            [](const Span& a, const Span& b) { return a.from < b.from; });
  return hours;
}

// Hours past midnight that run into those of the next weekday: they are one stretch, which may not
// be what was meant.
bool runs_into(const Hours& hours, const Hours& next) {
  constexpr int kDay = 24 * 60;
  return !hours.empty() && !next.empty() && next.front().from + kDay < hours.back().to;
}

// Once for each key of weekly, however many days it names.
void report_running_into(const Schedule& schedule, const std::array<Text, kDays.size()>& named_by,
                         FileProblems& problems) {
  std::set<std::string_view> reported;
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    const std::size_t next = (day + 1) % kDays.size();
    if (!runs_into(schedule.weekly[day], schedule.weekly[next])) continue;
    if (!reported.insert(named_by[day].value).second) continue;
    problems.warning(named_by[day].at, "weekly: the hours of " + std::string(kDays[day]) +
                                           " run past midnight into those of " +
                                           std::string(kDays[next]));
  }
}

// Fills the week; returns the hours by the key they were written under.
std::map<std::string, Hours> read_weekly(const Reader& section, Schedule& schedule,
                                         FileProblems& problems) {
  std::map<std::string, Hours> by_key;
  std::array<Text, kDays.size()> named_by;
  for (const NamedTexts& entry : section.hours("weekly", false)) {
    const auto days = parse_days(entry.name.value);
    if (!days) {
      problems.error(entry.name.at, "weekly: " + in_quotes(entry.name.value) +
                                        " is no day (mon … sun) nor range of days (mon-fri)");
      continue;
    }
    const Hours hours = read_spans(entry.texts, "weekly", problems);
    for (std::size_t day = days->first; day <= days->last; ++day) {
      if (!named_by[day].value.empty()) {
        problems.error(entry.name.at, "weekly: " + std::string(kDays[day]) + " is in both " +
                                          in_quotes(named_by[day].value) + " and " +
                                          in_quotes(entry.name.value));
      }
      named_by[day] = entry.name;
      schedule.weekly[day] = hours;
    }
    by_key.emplace(entry.name.value, hours);
  }
  report_running_into(schedule, named_by, problems);
  return by_key;
}

void read_exceptions(const Reader& section, Schedule& schedule, FileProblems& problems) {
  for (const NamedTexts& entry : section.hours("exceptions", true)) {
    const auto date = parse_date(entry.name.value);
    if (!date) {
      problems.error(entry.name.at, "exceptions: " + in_quotes(entry.name.value) +
                                        " is no date; wanted is YYYY-MM-DD");
      continue;
    }
    schedule.exceptions[*date] = read_spans(entry.texts, "exceptions", problems);
  }
}

// Reads each calendar file once, however many schedules follow it. Null: it could not be read, or
// holds nothing that can.
class Calendars {
 public:
  explicit Calendars(Loading& loading) : loading_(&loading) {}

  std::shared_ptr<const schedule::Calendar> find(const Text& name, FileProblems& problems) {
    const auto known = read_.find(name.value);
    if (known != read_.end()) return known->second;
    const auto text = loading_->folder.read(name.value, kMostToml);
    if (!text) {
      problems.error(name.at, "calendar: " + in_quotes(name.value) + " " + text.error());
      return nullptr;
    }
    FileProblems inside(loading_->problems, name.value);
    auto calendar = std::make_shared<const schedule::Calendar>(read_calendar(*text, inside));
    if (calendar->days.empty()) calendar = nullptr;
    return read_[name.value] = std::move(calendar);
  }

 private:
  Loading* loading_;
  std::map<std::string, std::shared_ptr<const schedule::Calendar>> read_;
};

// A year the calendar lacks stops nothing: plain weekly hours apply.
void report_missing_years(const Schedule& schedule, const Text& calendar, const Context& context,
                          FileProblems& problems) {
  for (const std::chrono::year year : schedule::missing_years(schedule, context.today)) {
    const std::string message = "calendar: " + in_quotes(calendar.value) + " has no day of " +
                                std::to_string(static_cast<int>(year)) +
                                ": plain weekly hours apply";
    if (context.strict) {
      problems.error(calendar.at, message);
    } else {
      problems.warning(calendar.at, message);
    }
  }
}

// Closed for a year to come: its routes never hold, its phones never ring.
void report_never_open(const Schedule& schedule, const Reader& section, const Context& context,
                       FileProblems& problems) {
  constexpr std::chrono::days kAhead{366};
  const bool has_hours = std::any_of(schedule.weekly.begin(), schedule.weekly.end(),
                                     [](const Hours& hours) { return !hours.empty(); });
  if (!has_hours) return;  // what is wrong with them has been said
  const auto today = schedule::date_at(schedule, context.today);
  if (schedule::first_open_day(schedule, today, kAhead)) return;
  problems.warning(section.at(), section.label() + " is closed on each of the next " +
                                     std::to_string(kAhead.count()) + " days");
}

void read_calendar_keys(const Reader& section, const std::map<std::string, Hours>& weekly,
                        Calendars& calendars, const Context& context, Schedule& schedule,
                        FileProblems& problems) {
  const auto calendar = section.text("calendar");
  if (calendar) {
    schedule.calendar = calendars.find(*calendar, problems);
    report_missing_years(schedule, *calendar, context, problems);
  }
  for (const std::string_view key : {"holidays", "makeup_workdays"}) {
    if (section.has(key) && !section.has("calendar")) {
      problems.error(section.at(key), std::string(key) + ": has no effect without a calendar");
    }
  }
  schedule.closed_on_holidays = section.text("holidays")->value == "closed";
  if (const auto makeup = section.text("makeup_workdays")) {
    const auto hours = weekly.find(makeup->value);
    if (hours == weekly.end()) {
      problems.error(makeup->at,
                     "makeup_workdays: " + in_quotes(makeup->value) + " is no key of weekly");
    } else {
      schedule.makeup_hours = hours->second;
    }
  }
}

}  // namespace

void read_schedules(const Document& document, Platform& platform, FileProblems& problems,
                    Loading& loading) {
  Calendars calendars(loading);
  for (const Reader& section : document.all("schedule")) {
    const auto name = section_name(section, problems);
    auto schedule = std::make_shared<Schedule>();
    const auto offset_text = section.text("offset");
    const auto offset = parse_offset(offset_text->value);
    if (!offset) {
      problems.error(offset_text->at, "offset: " + in_quotes(offset_text->value) +
                                          " is no offset from UTC; wanted is \"+08:00\"");
    }
    schedule->offset = offset.value_or(std::chrono::minutes(0));
    const auto weekly = read_weekly(section, *schedule, problems);
    read_calendar_keys(section, weekly, calendars, loading.context, *schedule, problems);
    read_exceptions(section, *schedule, problems);
    if (!name) continue;
    schedule->name = name->value;
    report_never_open(*schedule, section, loading.context, problems);
    platform.schedule_list.push_back(schedule);
    platform.schedules.add(*name, std::move(schedule), problems);
  }
}

}  // namespace hotline::config
