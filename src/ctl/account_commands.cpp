// account open|list|show|history|recharge|adjust|service|close|reinstate: who pays.
#include <memory>

#include "ctl/command.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

void print_account(std::ostream& out, const Json& account) {
  Sheet sheet;
  sheet.add("account", word(account.at("name")));
  sheet.add("state", word(account.at("state")) + " since " + short_time(account.at("since")));
  if (account.contains("missing")) {
    sheet.add("missing", word(account.at("missing")) + ", until it takes calls");
  }
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
               {"STATE"},
               {"BALANCE", Align::right},
               {"RESERVED", Align::right},
               {"AVAILABLE", Align::right},
               {"OPENED"}});
  for (const Json& account : accounts) {
    table.add({word(account.at("name")), word(account.at("state")), word(account.at("balance")),
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

void print_history(std::ostream& out, const Json& events) {
  Table table({{"AT"}, {"STATE"}, {"CAUSE"}, {"BY"}, {"WHY"}});
  for (const Json& event : events) {
    table.add({short_time(event.at("at")), word(event.at("state")), word(event.at("cause")),
               word(event.at("by")), word(event.at("why"))});
  }
  if (table.empty()) {
    out << "nothing has happened to it\n";
    return;
  }
  table.print(out);
}

int show_history(Session& session, const std::string& name) {
  return show(session, session.office.ask("GET", "/accounts/" + name + "/history"),
              [&](const Json& answer) { print_history(session.out, answer.at("history")); });
}

// What a person asks for: which members a request has is its command's business.
struct Wish {
  std::string account;
  std::string amount;
  std::string service;
  std::string reference;
  std::string why;
  std::string by;
};

// Asks for an entry. "acme recharged: 100.00 yuan (bank-7); balance 100.000"
int book(Session& session, const Wish& wish, const std::string& path, const Json& body,
         const std::string& done, const std::string& what) {
  const auto result =
      session.office.ask("POST", "/accounts/" + wish.account + path, admin::to_text(body));
  return show(session, result, [&](const Json& answer) {
    const bool before = answer.at("applied") == "before";
    const Json& account = answer.at("account");
    session.out << wish.account
                << (before ? " has this already, nothing changed: " : " " + done + ": ") << what
                << " (" << wish.reference << "); balance " << word(account.at("balance")) << '\n';
    if (account.at("state") == "reclaimed") {
      session.err << "it is reclaimed: hotlinectl account reinstate " << wish.account << '\n';
    }
  });
}

int recharge(Session& session, const Wish& wish) {
  return book(session, wish, "/recharge", {{"amount", wish.amount}, {"reference", wish.reference}},
              "recharged", wish.amount + " yuan");
}

int adjust(Session& session, const Wish& wish) {
  return book(
      session, wish, "/adjust",
      {{"amount", wish.amount}, {"reference", wish.reference}, {"why", wish.why}, {"by", wish.by}},
      "adjusted", wish.amount + " yuan");
}

int buy_service(Session& session, const Wish& wish) {
  return book(session, wish, "/service",
              {{"service", wish.service}, {"reference", wish.reference}, {"by", wish.by}}, "bought",
              wish.service);
}

int change_by_hand(Session& session, const Wish& wish, const std::string& path) {
  const Json body{{"why", wish.why}, {"by", wish.by}};
  return show(session,
              session.office.ask("POST", "/accounts/" + wish.account + path, admin::to_text(body)),
              [&](const Json& answer) { print_account(session.out, answer.at("account")); });
}

// --- options ---------------------------------------------------------------------------------

void add_name(CLI::App* command, std::string& name) {
  command->add_option("NAME", name, "The account")
      ->type_name("")
      ->required()
      ->check(account_name());
}

void add_reference(CLI::App* command, Wish& wish, const std::string& what) {
  command->add_option("--reference", wish.reference, what)
      ->type_name("TEXT")
      ->required()
      ->check(reference());
}

void add_money_commands(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command =
      add_command(group, session, "recharge",
                  "Book a payment; once per reference, however often it is asked for",
                  "hotlinectl account recharge acme 100.00 --reference bank-2026-001",
                  [&session, wish] { return recharge(session, *wish); });
  add_name(command, wish->account);
  command->add_option("AMOUNT", wish->amount, "Yuan, at most three decimals")
      ->type_name("")
      ->required()
      ->check(amount());
  add_reference(command, *wish, "What names this payment and no other");

  command = add_command(group, session, "adjust",
                        "Correct a balance; what is wrong stays in the ledger, this stands "
                        "against it",
                        "hotlinectl account adjust acme --amount -3.60 --reference fix-7 --why "
                        "'charged twice by the old system'",
                        [&session, wish] { return adjust(session, *wish); });
  add_name(command, wish->account);
  command->add_option("--amount", wish->amount, "Yuan, at most three decimals; less than 0 takes")
      ->type_name("YUAN")
      ->required()
      ->check(adjustment());
  add_reference(command, *wish, "What names this correction and no other");
  add_reason(command, wish->why);
  add_person(command, wish->by, "Who does it");

  command = add_command(group, session, "service",
                        "Sell a service of hotline.toml: its fee is booked, once per reference",
                        "hotlinectl account service acme courier --reference invoice-77",
                        [&session, wish] { return buy_service(session, *wish); });
  add_name(command, wish->account);
  command->add_option("SERVICE", wish->service, "A [service.NAME]")->type_name("")->required();
  add_reference(command, *wish, "What names this order and no other");
  add_person(command, wish->by, "Who does it");
}

void add_life_commands(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      group, session, "close", "Close an account for ever: no call, no fee, no money any more",
      "hotlinectl account close acme --why 'contract ended'",
      [&session, wish] { return change_by_hand(session, *wish, "/close"); });
  add_name(command, wish->account);
  add_reason(command, wish->why);
  add_person(command, wish->by, "Who does it");

  command = add_command(group, session, "reinstate",
                        "Give a reclaimed account its numbers back, when it is recharged",
                        "hotlinectl account reinstate acme --why 'paid on 10 September'",
                        [&session, wish] { return change_by_hand(session, *wish, "/reinstate"); });
  add_name(command, wish->account);
  add_reason(command, wish->why);
  add_person(command, wish->by, "Who does it");
}

}  // namespace

void add_account_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "account", "Accounts: who pays, and how much is left");
  const auto name = std::make_shared<std::string>();
  const auto add = [&](const char* command, const char* what, const char* example,
                       int (*run)(Session&, const std::string&)) {
    add_name(add_command(*group, session, command, what, example,
                         [&session, name, run] { return run(session, *name); }),
             *name);
  };
  add("open", "Open an account, with nothing in it", "hotlinectl account open acme", open_account);
  add_command(*group, session, "list", "List all accounts", "hotlinectl account list",
              [&session] { return list_accounts(session); });
  add("show", "Show one account", "hotlinectl account show acme", show_account);
  add("history", "Show every change of its state, with its cause",
      "hotlinectl account history acme", show_history);
  add_money_commands(*group, session);
  add_life_commands(*group, session);
}

}  // namespace hotline::ctl
