// statement: a month of an account, for those who keep its books.
#include <algorithm>
#include <limits>
#include <memory>

#include "admin/records_json.h"
#include "ctl/archive.h"
#include "ctl/command.h"
#include "ctl/statement.h"

namespace hotline::ctl {
namespace {

struct Wish {
  std::string account;
  std::string month;
  ReportForm form;
};

store::Reader::Result<void> read(store::Reader& reader, const std::string& account, Month month,
                                 Statement& statement) {
  // A running server goes on filing: what is behind these belongs to the next reading.
  const auto ends = reader.ends();
  if (!ends) return tl::make_unexpected(ends.error());
  billing::Query entries;
  entries.account = account;
  entries.limit = std::numeric_limits<std::int64_t>::max();
  const std::uint64_t last_entry = ends->entry;
  const auto done = reader.entries(entries, [&](const billing::Booked& booked) {
    if (booked.seq <= last_entry) statement.add(booked);
  });
  if (!done) return done;
  cdr::Query calls;
  calls.account = account;
  calls.from = begin_of(first_day(month) - kArrivedBefore);
  calls.to = begin_of(first_day(next_month(month)));
  calls.outcome = cdr::Outcome::answered;
  calls.limit = std::numeric_limits<std::int64_t>::max();
  const std::uint64_t last_record = ends->record;
  return reader.summaries(calls, [&](const cdr::Summary& call) {
    if (call.seq <= last_record) statement.add(call);
  });
}

int disagree(Session& session, const std::vector<std::string>& disagreements) {
  for (const std::string& one : disagreements) session.err << one << '\n';
  return show_problem(session, admin::refusal(500, "books_disagree",
                                              "the books disagree: no statement is made of them",
                                              "see the lines above, and keep the database"));
}

void write_head(Report& report, const Wish& wish, const Statement& statement, bool is_final) {
  const ReportForm& form = wish.form;
  report.line(std::string(form.say("Statement", "对账单")) + "  " + wish.account + "  " +
              wish.month);
  if (!is_final) {
    report.line(form.say("provisional: the fees of the month have not been seen to yet",
                         "未结账：本月费用尚未结清"));
  }
  if (!statement.has_entries()) report.line(form.say("no entries", "本月无账目"));
}

int make_statement(Session& session, const Wish& wish) {
  const Month month = *parse_month(wish.month);
  if (month > month_of(session.clock().wall)) {
    return show_problem(session, admin::refusal(422, "future_month", wish.month + " has not begun",
                                                "name a month that has"));
  }
  auto reader = open_database(session);
  if (!reader) return cannot_read(session, reader.error());
  const auto accounts = reader->accounts();
  if (!accounts) return cannot_read(session, accounts.error());
  const auto account =
      std::find_if(accounts->begin(), accounts->end(),
                   [&](const store::Account& one) { return one.name == wish.account; });
  if (account == accounts->end()) {
    return show_problem(session, admin::no_such_account(wish.account));
  }
  Statement statement(wish.account, month);
  const auto done = read(*reader, wish.account, month, statement);
  if (!done) return cannot_read(session, done.error());
  const auto disagreements = statement.disagreements();
  if (!disagreements.empty()) return disagree(session, disagreements);

  const bool is_final = account->standing.months_done >= month;
  Report report(session, wish.form, "statement " + wish.account + " " + wish.month,
                statement_columns());
  write_head(report, wish, statement, is_final);
  statement.write(report, wish.form);
  const int exit = report.finish();
  if (exit == kDone && !is_final && (wish.form.format != "text" || !wish.form.file.empty())) {
    session.err << "(provisional: the fees of " << wish.month << " have not been seen to yet)\n";
  }
  return exit;
}

}  // namespace

void add_statement(CLI::App& app, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      app, session, "statement", "Write a month of an account: balances, usage, fees, invoice",
      "hotlinectl statement acme 2026-10 --format xlsx -o acme-2026-10.xlsx",
      [&session, wish] { return make_statement(session, *wish); });
  command->add_option("ACCOUNT", wish->account, "The account")
      ->type_name("")
      ->required()
      ->check(account_name());
  command->add_option("MONTH", wish->month, "A month of China's time: 2026-10")
      ->type_name("")
      ->required()
      ->check(checked_by([](const std::string& text) { return parse_month(text).has_value(); },
                         "a month: 2026-10"));
  add_report_form(command, wish->form);
}

}  // namespace hotline::ctl
