// ledger list|export|postings|reverse: every movement of money.
#include <memory>

#include "admin/checks.h"
#include "ctl/columns.h"
#include "ctl/command.h"
#include "ctl/export.h"
#include "ctl/page.h"
#include "ctl/postings.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

void print_entries(std::ostream& out, const Json& entries) {
  Table table({{"SEQ", Align::right},
               {"AT"},
               {"ACCOUNT"},
               {"KIND"},
               {"AMOUNT", Align::right},
               {"BALANCE", Align::right},
               {"REFERENCE"},
               {"BY"},
               {"WHY"}});
  for (const Json& entry : entries) {
    table.add({word(entry.at("seq")), short_time(entry.at("at")), word(entry.at("account")),
               word(entry.at("kind")), word(entry.at("amount")), word(entry.at("balance_after")),
               word(entry.at("reference")), word(entry.at("by")), word(entry.at("why"))});
  }
  if (table.empty()) {
    out << "no ledger entries\n";
    return;
  }
  table.print(out);
}

struct Filter {
  Page page;
  std::string account;
  std::string kind;

  Conditions conditions() const { return {{"account", account}, {"kind", kind}}; }
  std::string target() const { return page.target("/ledger", conditions()); }
};

void add_filters(CLI::App* command, Filter& filter) {
  command->add_option("--account", filter.account, "Of this account")
      ->type_name("NAME")
      ->check(account_name());
  command->add_option("--kind", filter.kind, "Of this kind: recharge, call_charge, ...")
      ->type_name("KIND")
      ->check(checked_by([](const std::string& text) { return admin::is_entry_kind(text); },
                         admin::kEntryKindRule));
}

void add_list(CLI::App& group, Session& session) {
  const auto filter = std::make_shared<Filter>();
  CLI::App* command = add_command(
      group, session, "list", "List ledger entries, the newest first",
      "hotlinectl ledger list --account acme --from 2026-01-01 --to 2026-01-31",
      [&session, filter] {
        return show(session, session.office.ask("GET", filter->target()), [&](const Json& answer) {
          print_entries(session.out, answer.at("ledger"));
          hint_at_next(session.err, answer);
        });
      });
  add_page(command, filter->page);
  add_filters(command, *filter);
}

void add_export(CLI::App& group, Session& session) {
  struct Wish {
    Filter filter;
    ExportPeriod period;
    Export how;
  };
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      group, session, "export", "Write ledger entries for a spreadsheet or a program",
      "hotlinectl ledger export --account acme --from 2026-01-01 --to 2026-01-31 -o january.csv",
      [&session, wish] {
        settle(wish->period, wish->filter.page, wish->filter.conditions(), wish->how);
        return export_ledger(session, wish->how, [&wish](const std::string& after) {
          wish->filter.page.after = after;
          return wish->filter.target();
        });
      });
  add_export_period(command, wish->filter.page, wish->period, "China's, +08:00");
  add_filters(command, wish->filter);
  add_export_options(command, wish->how, names_of(ledger_columns()),
                     [](const std::string& name) { return has_column(ledger_columns(), name); });
}

}  // namespace

void add_ledger_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "ledger", "The ledger: every movement of money");
  add_list(*group, session);
  add_export(*group, session);
  add_postings(*group, session);
  add_reverse(*group, session);
}

}  // namespace hotline::ctl
