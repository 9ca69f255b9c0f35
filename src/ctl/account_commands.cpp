// account open|list|show|recharge: who pays.
#include <memory>

#include "ctl/command.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

void print_account(std::ostream& out, const Json& account) {
  Sheet sheet;
  sheet.add("account", word(account.at("name")));
  sheet.add("balance", word(account.at("balance")));
  if (account.contains("reserved")) {
    sheet.add("reserved", word(account.at("reserved")));
    sheet.add("available", word(account.at("available")));
  }
  sheet.add("opened", short_time(account.at("opened")));
  sheet.print(out);
}

void print_accounts(std::ostream& out, const Json& accounts) {
  Table table({{"ACCOUNT"},
               {"BALANCE", Align::right},
               {"RESERVED", Align::right},
               {"AVAILABLE", Align::right},
               {"OPENED"}});
  for (const Json& account : accounts) {
    table.add({word(account.at("name")), word(account.at("balance")),
               word(account.value("reserved", Json())), word(account.value("available", Json())),
               short_time(account.at("opened"))});
  }
  if (table.empty()) {
    out << "no accounts yet; open one: hotlinectl account open NAME\n";
    return;
  }
  table.print(out);
}

int open_account(Session& session, const std::string& name) {
  const std::string body = admin::to_text({{"name", name}});
  return show(session, session.office.ask("POST", "/accounts", body), [&](const Json& answer) {
    const bool before = answer.at("applied") == "before";
    session.out << "account " << name << (before ? " was open already" : " is open") << "; balance "
                << word(answer.at("account").at("balance")) << '\n';
  });
}

int list_accounts(Session& session) {
  return show(session, session.office.ask("GET", "/accounts"),
              [&](const Json& answer) { print_accounts(session.out, answer.at("accounts")); });
}

int show_account(Session& session, const std::string& name) {
  return show(session, session.office.ask("GET", "/accounts/" + name),
              [&](const Json& answer) { print_account(session.out, answer.at("account")); });
}

struct Payment {
  std::string account;
  std::string amount;
  std::string reference;
};

int recharge(Session& session, const Payment& payment) {
  const std::string body =
      admin::to_text({{"amount", payment.amount}, {"reference", payment.reference}});
  const auto result =
      session.office.ask("POST", "/accounts/" + payment.account + "/recharge", body);
  return show(session, result, [&](const Json& answer) {
    const bool before = answer.at("applied") == "before";
    session.out << payment.account
                << (before ? " has this payment already, nothing changed: " : " recharged: ")
                << payment.amount << " yuan (" << payment.reference << "); balance "
                << word(answer.at("account").at("balance")) << '\n';
  });
}

}  // namespace

void add_account_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "account", "Accounts: who pays, and how much is left");
  const auto name = std::make_shared<std::string>();
  const auto add_name = [&name](CLI::App* command) {
    command->add_option("NAME", *name, "The account")
        ->type_name("")
        ->required()
        ->check(account_name());
  };
  add_name(add_command(*group, session, "open", "Open an account, with nothing in it",
                       "hotlinectl account open acme",
                       [&session, name] { return open_account(session, *name); }));
  add_command(*group, session, "list", "List all accounts", "hotlinectl account list",
              [&session] { return list_accounts(session); });
  add_name(add_command(*group, session, "show", "Show one account", "hotlinectl account show acme",
                       [&session, name] { return show_account(session, *name); }));

  const auto payment = std::make_shared<Payment>();
  CLI::App* command =
      add_command(*group, session, "recharge",
                  "Book a payment; once per reference, however often it is asked for",
                  "hotlinectl account recharge acme 100.00 --reference bank-2026-001",
                  [&session, payment] { return recharge(session, *payment); });
  command->add_option("NAME", payment->account, "The account")
      ->type_name("")
      ->required()
      ->check(account_name());
  command->add_option("AMOUNT", payment->amount, "Yuan, at most three decimals")
      ->type_name("")
      ->required()
      ->check(amount());
  command->add_option("--reference", payment->reference, "What names this payment and no other")
      ->type_name("TEXT")
      ->required()
      ->check(reference());
}

}  // namespace hotline::ctl
