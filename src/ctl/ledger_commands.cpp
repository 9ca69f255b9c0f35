// ledger list: every movement of money.
#include <memory>

#include "ctl/command.h"
#include "ctl/page.h"
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
               {"REFERENCE"}});
  for (const Json& entry : entries) {
    table.add({word(entry.at("seq")), short_time(entry.at("at")), word(entry.at("account")),
               word(entry.at("kind")), word(entry.at("amount")), word(entry.at("balance_after")),
               word(entry.at("reference"))});
  }
  if (table.empty()) {
    out << "no ledger entries\n";
    return;
  }
  table.print(out);
}

}  // namespace

void add_ledger_commands(CLI::App& app, Session& session) {
  struct Filter {
    Page page;
    std::string account;
  };
  const auto filter = std::make_shared<Filter>();
  CLI::App* group = add_group(app, "ledger", "The ledger: every movement of money");
  CLI::App* command = add_command(
      *group, session, "list", "List ledger entries, the newest first",
      "hotlinectl ledger list --account acme --from 2026-01-01 --to 2026-01-31",
      [&session, filter] {
        Target target("/ledger");
        filter->page.put_into(target).with("account", filter->account);
        return show(session, session.office.ask("GET", target.text()), [&](const Json& answer) {
          print_entries(session.out, answer.at("ledger"));
          hint_at_next(session.err, answer);
        });
      });
  add_page(command, filter->page);
  command->add_option("--account", filter->account, "Of this account")
      ->type_name("NAME")
      ->check(account_name());
}

}  // namespace hotline::ctl
