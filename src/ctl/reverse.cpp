// ledger reverse: takes one entry back, by another that stands against it.
#include <memory>

#include "hotline/billing/reversal.h"

#include "ctl/archive.h"
#include "ctl/command.h"
#include "ctl/postings.h"

namespace hotline::ctl {
namespace {

using admin::Json;

struct Wish {
  std::string id;
  std::string why;
  std::string by;
};

int reverse(Session& session, const Wish& wish) {
  auto reader = open_database(session);
  if (!reader) return cannot_read(session, reader.error());
  const auto found = reader->entry(wish.id);
  if (!found) return cannot_read(session, found.error());
  if (!*found) {
    return show_problem(session,
                        admin::refusal(404, "no_such_entry", "there is no ledger entry " + wish.id,
                                       "see hotlinectl ledger export --columns id,at"));
  }
  const billing::Booked& booked = **found;
  if (billing::reversed_kind(booked.entry)) {
    return show_problem(session,
                        admin::refusal(409, "is_reversal", wish.id + " is a reversal itself",
                                       "correct it with hotlinectl account adjust"));
  }
  const std::string amount = (-booked.entry.amount).to_yuan();
  const Json body{{"amount", amount},
                  {"reference", billing::reversal_reference(booked)},
                  {"why", wish.why},
                  {"by", wish.by}};
  const auto result = session.office.ask("POST", "/accounts/" + booked.entry.account + "/adjust",
                                         admin::to_text(body));
  return show(session, result, [&](const Json& answer) {
    const bool before = answer.at("applied") == "before";
    session.out << wish.id << (before ? " is reversed already, nothing changed: " : " reversed: ")
                << amount << " yuan to " << booked.entry.account << "; balance "
                << word(answer.at("account").at("balance")) << '\n';
  });
}

}  // namespace

void add_reverse(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      group, session, "reverse",
      "Take an entry back: it stays, an adjustment of the opposite amount stands against it; once",
      "hotlinectl ledger reverse call:01900000-0001-7000-8000-000000000001 --why 'our test call'",
      [&session, wish] { return reverse(session, *wish); });
  command->add_option("ENTRY_ID", wish->id, "The entry's id")->type_name("")->required();
  add_reason(command, wish->why);
  add_person(command, wish->by, "Who does it");
}

}  // namespace hotline::ctl
