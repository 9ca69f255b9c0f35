// schedule list|show: opening hours in words, by the same rules that calls are judged by.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "hotline/schedule/schedule.h"

#include "config/load.h"
#include "config/spelling.h"
#include "config/values.h"
#include "ctl/command.h"
#include "ctl/config_place.h"
#include "ctl/problems.h"
#include "ctl/table.h"
#include "ctl/text.h"
#include "server/problem_views.h"

namespace hotline::ctl {
namespace {

using admin::Json;
using schedule::Basis;
using schedule::Date;
using schedule::Schedule;
using std::chrono::days;

constexpr std::array<const char*, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr int kDay = 24 * 60;

struct Wish {
  std::string name;
  std::string date;  // empty: today
  bool week = false;
};

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string clock_text(int minute) { return two(minute / 60) + ":" + two(minute % 60); }

std::string offset_text(std::chrono::minutes offset) {
  const auto minutes = static_cast<int>(std::abs(offset.count()));
  return (offset.count() < 0 ? "-" : "+") + clock_text(minutes);
}

// "22:00–02:00 of the next day"
std::string span_text(const schedule::Span& span) {
  if (span.to <= kDay) return clock_text(span.from) + "–" + clock_text(span.to);
  return clock_text(span.from) + "–" + clock_text(span.to - kDay) + " of the next day";
}

std::string hours_text(const schedule::Hours& hours) {
  std::string text;
  for (const schedule::Span& span : hours) text += (text.empty() ? "" : ", ") + span_text(span);
  return text.empty() ? "closed" : text;
}

std::string marked_text(const schedule::Calendar::Day& marked) {
  return (marked.kind == schedule::DayKind::holiday ? "holiday " : "make-up workday ") +
         marked.name;
}

std::string why_text(const schedule::Day& day, Date date) {
  const std::string marked = day.marked ? marked_text(*day.marked) : "";
  switch (day.basis) {
    case Basis::weekly:
      return "weekly" + (marked.empty() ? "" : ", although " + marked);
    case Basis::holiday:
    case Basis::makeup_workday:
      return marked;
    case Basis::exception:
      return "exception" + (marked.empty() ? "" : ", although " + marked);
    case Basis::calendar_missing:
      return "weekly: no calendar for " + schedule::to_text(date).substr(0, 4);
  }
  return "";
}

std::size_t weekday_of(Date date) { return std::chrono::weekday(date).iso_encoding() - 1; }

Json day_json(const Schedule& schedule, Date date) {
  const schedule::Day day = schedule::day(schedule, date);
  Json hours = Json::array();
  for (const schedule::Span& span : *day.hours) {
    hours.push_back(clock_text(span.from) + "-" +
                    clock_text(span.to > kDay ? span.to - kDay : span.to));
  }
  return {{"date", schedule::to_text(date)},
          {"weekday", kWeekdays[weekday_of(date)]},
          {"hours", hours},
          {"hours_text", hours_text(*day.hours)},
          {"basis", schedule::to_string(day.basis)},
          {"calendar", day.marked ? Json(day.marked->name) : Json()},
          {"why", why_text(day, date)}};
}

Json schedule_json(const Schedule& schedule, WallTime now) {
  const schedule::Verdict verdict = schedule::at(schedule, now);
  return {{"name", schedule.name},
          {"offset", offset_text(schedule.offset)},
          {"open_now", verdict.open},
          {"today", day_json(schedule, schedule::date_at(schedule, now))}};
}

// Runs `use` on the schedules of the configuration, or shows what is wrong with them.
int with_schedules(
    Session& session,
    const std::function<int(const std::vector<std::shared_ptr<const Schedule>>&)>& use) {
  const auto directory = config_dir(session.options);
  const auto loaded =
      config::load_schedules(config::DiskFiles(directory), load_context(session, ""));
  if (loaded) return use(loaded->all);
  admin::Answer refusal = admin::refusal(
      422, "bad_configuration", "the schedules in " + directory.string() + " cannot be read",
      "see hotlinectl check");
  refusal.body.update(admin::problem_list(server::views_of(loaded.error())));
  return show_problem(session, refusal);
}

int list(Session& session) {
  return with_schedules(session, [&session](const auto& schedules) {
    Json all = Json::array();
    for (const auto& one : schedules) all.push_back(schedule_json(*one, session.clock().wall));
    return show(session, admin::Answer{.body = {{"schedules", all}}}, [&session](const Json& body) {
      Table table({{"SCHEDULE"}, {"OFFSET"}, {"NOW"}, {"TODAY"}, {"WHY"}});
      for (const Json& one : body.at("schedules")) {
        const Json& today = one.at("today");
        table.add({word(one.at("name")), word(one.at("offset")),
                   one.at("open_now").get<bool>() ? "open" : "closed", word(today.at("hours_text")),
                   word(today.at("why"))});
      }
      if (table.empty()) {
        session.out << "no schedules\n";
      } else {
        table.print(session.out);
      }
    });
  });
}

int no_such_schedule(Session& session, const std::string& name,
                     const std::vector<std::shared_ptr<const Schedule>>& schedules) {
  std::vector<std::string_view> names;
  names.reserve(schedules.size());
  for (const auto& one : schedules) names.push_back(one->name);
  return show_problem(
      session, admin::refusal(404, "no_such_schedule",
                              "there is no schedule " + name + config::did_you_mean(name, names),
                              "see hotlinectl schedule list"));
}

void print_week(std::ostream& out, const Json& body) {
  const Json& schedule = body.at("schedule");
  out << printable(schedule.at("name").get<std::string>()) << " ("
      << schedule.at("offset").get<std::string>() << "), "
      << (schedule.at("open_now").get<bool>() ? "open" : "closed") << " now\n";
  Table table({{"DATE"}, {"DAY"}, {"HOURS"}, {"WHY"}});
  for (const Json& day : body.at("days")) {
    table.add({word(day.at("date")), word(day.at("weekday")), word(day.at("hours_text")),
               word(day.at("why"))});
  }
  table.print(out);
}

int show_one(Session& session, const Wish& wish) {
  return with_schedules(session, [&](const auto& schedules) {
    const auto found = std::find_if(schedules.begin(), schedules.end(),
                                    [&](const auto& one) { return one->name == wish.name; });
    if (found == schedules.end()) return no_such_schedule(session, wish.name, schedules);
    const Schedule& schedule = **found;
    const WallTime now = session.clock().wall;
    Date date = wish.date.empty() ? schedule::date_at(schedule, now)
                                  : config::parse_date(wish.date).value();
    if (wish.week) date -= days(static_cast<int>(weekday_of(date)));
    Json all = Json::array();
    for (int i = 0; i < (wish.week ? 7 : 1); ++i) {
      all.push_back(day_json(schedule, date + days(i)));
    }
    return show(session,
                admin::Answer{.body = {{"schedule", schedule_json(schedule, now)}, {"days", all}}},
                [&session](const Json& body) { print_week(session.out, body); });
  });
}

CLI::Validator date() {
  return {[](std::string& text) {
            return config::parse_date(text)
                       ? std::string()
                       : "\"" + printable(text) + "\": give a date, YYYY-MM-DD";
          },
          ""};
}

}  // namespace

void add_schedule_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "schedule", "Opening hours");
  add_command(*group, session, "list", "List the schedules, and which are open now",
              "hotlinectl schedule list", [&session] { return list(session); });
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      *group, session, "show", "Show the hours of a day or a week, and why they are what they are",
      "hotlinectl schedule show office --week --date 2026-10-01",
      [&session, wish] { return show_one(session, *wish); });
  command->add_option("NAME", wish->name, "The schedule, from schedule list")
      ->type_name("")
      ->required();
  command->add_flag("--week", wish->week, "The week from Monday to Sunday that has the date");
  command->add_option("--date", wish->date, "That day; else today")
      ->type_name("DATE")
      ->check(date());
}

}  // namespace hotline::ctl
