#include "config/calendar_csv.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "config/lines.h"
#include "config/values.h"

namespace hotline::config {
namespace {

constexpr std::string_view kHeader = "date,kind,name";

std::optional<schedule::DayKind> parse_kind(std::string_view word) {
  if (word == "holiday") return schedule::DayKind::holiday;
  if (word == "makeup_workday") return schedule::DayKind::makeup_workday;
  return std::nullopt;
}

// The text before the next comma, which is taken off; the last field is all that is left.
std::string_view take_field(std::string_view& line) {
  const auto comma = line.find(',');
  const std::string_view field = line.substr(0, comma);
  line = comma == std::string_view::npos ? std::string_view() : line.substr(comma + 1);
  return field;
}

// The make-up workdays of a file, each with its place: what is odd about one shows when the whole
// year is known.
using Makeups = std::map<schedule::Date, Place>;

bool has_holiday(const schedule::Calendar& calendar, std::chrono::year year) {
  const schedule::Date first(year / std::chrono::January / 1);
  const schedule::Date next((year + std::chrono::years(1)) / std::chrono::January / 1);
  return std::any_of(calendar.days.lower_bound(first), calendar.days.lower_bound(next),
                     [](const auto& day) { return day.second.kind == schedule::DayKind::holiday; });
}

// A day of rest is worked to make up for a holiday: any other such line is likely a slip.
void report_odd_makeups(const Makeups& makeups, const schedule::Calendar& calendar,
                        FileProblems& problems) {
  for (const auto& [date, at] : makeups) {
    const std::chrono::year year = std::chrono::year_month_day(date).year();
    const std::chrono::weekday weekday(date);
    if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday) {
      problems.warning(at, "makeup_workday on a weekday that is a workday anyway");
    }
    if (!has_holiday(calendar, year)) {
      problems.warning(at, "makeup_workday in " + std::to_string(static_cast<int>(year)) +
                               ", a year of which the file has no holiday");
    }
  }
}

void read_day(std::string_view line, Place at, schedule::Calendar& calendar, Makeups& makeups,
              FileProblems& problems) {
  const std::string_view date_text = take_field(line);
  const std::string_view kind_text = take_field(line);
  const std::string_view name = line;
  const auto date = parse_date(date_text);
  const auto kind = parse_kind(kind_text);
  if (!date) problems.error(at, in_quotes(date_text) + " is no date; wanted is YYYY-MM-DD");
  if (!kind) problems.error(at, in_quotes(kind_text) + " is none of holiday, makeup_workday");
  if (name.empty() || name.size() > 64 || name.find(',') != std::string_view::npos) {
    problems.error(at, in_quotes(name) + " is no name of a day: 1 to 64 bytes, no comma");
  }
  if (!date || !kind) return;
  const bool is_new =
      calendar.days.try_emplace(*date, schedule::Calendar::Day{*kind, printable(name)}).second;
  if (is_new && *kind == schedule::DayKind::makeup_workday) makeups.emplace(*date, at);
  if (!is_new) problems.error(at, std::string(date_text) + " is already in the file");
}

}  // namespace

schedule::Calendar read_calendar(std::string_view text, FileProblems& problems) {
  schedule::Calendar calendar;
  Lines lines(text);
  if (!lines.next() || lines.line() != kHeader) {
    problems.error({1, 1}, "the first line is not " + in_quotes(kHeader));
    return calendar;
  }
  Makeups makeups;
  while (lines.next()) {
    if (lines.line().empty()) continue;
    read_day(lines.line(), {lines.number(), 1}, calendar, makeups, problems);
  }
  report_odd_makeups(makeups, calendar, problems);
  if (calendar.days.empty()) problems.error({}, "names no day");
  return calendar;
}

}  // namespace hotline::config
