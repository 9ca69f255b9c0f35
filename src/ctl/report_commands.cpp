#include "ctl/report_commands.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>

#include "admin/checks.h"
#include "admin/records_json.h"
#include "admin/times.h"
#include "ctl/archive.h"
#include "ctl/call_reports.h"
#include "ctl/command.h"
#include "ctl/page.h"

namespace hotline::ctl {
namespace {

struct Wish {
  Page page;
  std::string day;
  std::string account;
  std::string within = "24h";
  WarningReport::Limits limits;
  ReportForm form;
};

// All time where nothing is said, up to now.
Period period_of(const Session& session, const Page& page) {
  Period period{WallTime(), session.clock().wall + Milliseconds(1)};
  if (!page.from.empty()) period.from = *admin::parse_time(page.from, admin::Edge::begin);
  if (!page.to.empty()) period.to = *admin::parse_time(page.to, admin::Edge::end);
  return period;
}

// Reads the calls that arrived in a period, hands them to `take`, and finishes the report.
int report_calls(Session& session, const std::string& account, Period received, Report& report,
                 const std::function<void(const cdr::Summary&)>& take,
                 const std::function<void(const std::vector<store::Account>&)>& write) {
  auto reader = open_database(session);
  if (!reader) return cannot_read(session, reader.error());
  const auto accounts = reader->accounts();
  if (!accounts) return cannot_read(session, accounts.error());
  const bool is_known = std::any_of(accounts->begin(), accounts->end(),
                                    [&](const auto& one) { return one.name == account; });
  if (!account.empty() && !is_known) {
    return show_problem(session, admin::no_such_account(account));
  }
  cdr::Query query;
  query.account = account;
  query.from = received.from;
  query.to = received.to;
  query.limit = std::numeric_limits<std::int64_t>::max();
  const auto done = reader->summaries(query, take);
  if (!done) return cannot_read(session, done.error());
  write(*accounts);
  return report.finish();
}

int provinces(Session& session, const Wish& wish) {
  const Period period = period_of(session, wish.page);
  ProvinceReport sums(period);
  Report report(session, wish.form, "provinces", ProvinceReport::columns());
  return report_calls(
      session, wish.account, {period.from - kArrivedBefore, period.to}, report,
      [&](const cdr::Summary& call) { sums.add(call); },
      [&](const auto&) { sums.write(report, wish.form); });
}

int daily(Session& session, const Wish& wish) {
  const Period day{*admin::parse_time(wish.day, admin::Edge::begin),
                   *admin::parse_time(wish.day, admin::Edge::end)};
  if (day.from > session.clock().wall) {
    return show_problem(session, admin::refusal(422, "future_day", wish.day + " has not begun",
                                                "name a day that has"));
  }
  DailyReport sums;
  bool has_calls = false;
  Report report(session, wish.form, "daily", DailyReport::columns());
  return report_calls(
      session, wish.account, day, report,
      [&](const cdr::Summary& call) {
        sums.add(call);
        has_calls = true;
      },
      [&](const auto&) {
        report.line(std::string(wish.form.say("Calls of ", "日报 ")) + wish.day);
        if (!has_calls) report.line(wish.form.say("no calls", "当日无呼叫"));
        sums.write(report, wish.form);
      });
}

int abandoned(Session& session, const Wish& wish) {
  const Period period = period_of(session, wish.page);
  const Seconds within = *admin::parse_duration(wish.within);
  Report report(session, wish.form, "abandoned", AbandonedReport::columns());
  AbandonedReport missed(report, period, within);
  return report_calls(
      session, wish.account, {period.from, period.to + within}, report,
      [&](const cdr::Summary& call) { missed.add(call); },
      [&](const auto&) {
        missed.finish();
        report.line(std::to_string(missed.unanswered()) +
                    wish.form.say(" unanswered, of these answered later: ", " 未接，其后接通 ") +
                    std::to_string(missed.answered_later()));
      });
}

int survey(Session& session, const Wish& wish) {
  SurveyReport marks;
  Report report(session, wish.form, "survey", SurveyReport::columns());
  return report_calls(
      session, wish.account, period_of(session, wish.page), report,
      [&](const cdr::Summary& call) { marks.add(call); },
      [&](const auto&) { marks.write(report, wish.form); });
}

int warnings(Session& session, const Wish& wish) {
  const WallTime now = session.clock().wall;
  WarningReport traffic(now, wish.limits);
  Report report(session, wish.form, "warnings", WarningReport::columns());
  return report_calls(
      session, wish.account, {now - WarningReport::kRecent - WarningReport::kBefore, now}, report,
      [&](const cdr::Summary& call) { traffic.add(call); },
      [&](const std::vector<store::Account>& accounts) {
        if (traffic.write(report, accounts) == 0)
          report.line(wish.form.say("no warnings", "无预警"));
      });
}

using Run = int (*)(Session&, const Wish&);

CLI::App* add_one(CLI::App& group, Session& session, const std::shared_ptr<Wish>& wish,
                  const std::string& name, const std::string& what, const std::string& example,
                  Run run) {
  CLI::App* command = add_command(group, session, name, what, example,
                                  [&session, wish, run] { return run(session, *wish); });
  command->add_option("--account", wish->account, "Of this account")
      ->type_name("NAME")
      ->check(account_name());
  add_report_form(command, wish->form);
  return command;
}

void add_daily(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command =
      add_one(group, session, wish, "daily", "A day's calls by hotline and account, and why not",
              "hotlinectl report daily --day 2026-11-24", daily);
  command->add_option("--day", wish->day, "A day of China's time")
      ->type_name("DATE")
      ->required()
      ->check(checked_by(
          [](const std::string& text) {
            constexpr std::size_t kDate = std::string_view("2026-01-31").size();
            return text.size() == kDate && admin::parse_time(text, admin::Edge::begin).has_value();
          },
          "a day: 2026-11-24"));
}

void add_warnings(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_one(group, session, wish, "warnings",
                              "Accounts whose calls or answers became fewer in the last 7 days "
                              "than in the 28 before, or whose money will not last",
                              "hotlinectl report warnings --drop 30 --days-left 7", warnings);
  command->add_option("--drop", wish->limits.drop_percent, "By more than so many percent")
      ->type_name("PERCENT")
      ->check(CLI::Range(1, 99))
      ->capture_default_str();
  command
      ->add_option("--days-left", wish->limits.days_left,
                   "Money for fewer days than these, at the pace of the last 7")
      ->type_name("DAYS")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  command
      ->add_option("--least-calls", wish->limits.least_calls,
                   "Fewer calls than these in the 28 days say nothing about a drop")
      ->type_name("CALLS")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

}  // namespace

void add_report_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "report", "Reports on calls, for those who keep the books");
  const auto settled = std::make_shared<Wish>();
  add_period(add_one(*group, session, settled, "provinces",
                     "Answered calls by the caller's province, and by the answering phone's",
                     "hotlinectl report provinces --from 2026-10-01 --to 2026-10-31", provinces),
             settled->page);
  add_daily(*group, session);
  const auto missed = std::make_shared<Wish>();
  CLI::App* command =
      add_one(*group, session, missed, "abandoned",
              "Calls that nobody answered, and whether the caller was answered later",
              "hotlinectl report abandoned --from 2026-11-24 --within 4h", abandoned);
  add_period(command, missed->page);
  command
      ->add_option("--within", missed->within,
                   "The same caller, answered at the same hotline within this time")
      ->type_name("TIME")
      ->check(checked_by(
          [](const std::string& text) {
            const auto time = admin::parse_duration(text);
            return time && *time <= std::chrono::hours(31 * 24);
          },
          "a length of time of at most 31 days: 90m, 24h, 7d"))
      ->capture_default_str();
  const auto asked = std::make_shared<Wish>();
  add_period(add_one(*group, session, asked, "survey",
                     "What callers said of calls, by phone and by day: 1 to 5",
                     "hotlinectl report survey --from 2026-11-01 --to 2026-11-30", survey),
             asked->page);
  add_warnings(*group, session);
}

}  // namespace hotline::ctl
