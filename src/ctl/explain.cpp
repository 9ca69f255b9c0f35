// explain: where a call would go by the configuration in the directory, and by which rules; or
// where a call of the past would go today.
#include <memory>

#include "admin/times.h"
#include "ctl/command.h"
#include "ctl/draft.h"
#include "ctl/explanation.h"
#include "numbering/numbering.h"

namespace hotline::ctl {
namespace {

using admin::Json;

struct Wish {
  std::string to;
  std::string from;
  std::string at;
  std::string cdr;
  std::vector<std::string> busy;
  std::vector<std::string> paused;
};

const routing::Hotline* find_hotline(Session& session, const config::Loaded& loaded,
                                     const std::string& dialled) {
  const auto number = number::dialled_hotline(dialled);
  const routing::Hotline* hotline = number ? loaded.snapshot->find(*number) : nullptr;
  if (hotline == nullptr) {
    show_problem(session, admin::refusal(404, "no_such_hotline",
                                         "no hotline " + dialled + " in this configuration",
                                         "its calls are refused as unknown_number"));
  }
  return hotline;
}

// The phones as the wish has them. Errors: a name that is none, a slip of the pen.
tl::expected<PhoneStates, std::string> assumed(const Wish& wish, const routing::Snapshot& snapshot,
                                               const routing::Hotline& called) {
  PhoneStates states;
  for (const std::string& name : wish.busy) {
    const routing::Phone* phone = snapshot.phone(called, name);
    if (phone == nullptr) return tl::make_unexpected(name);
    states[phone->line_key].in_use = phone->lines;
  }
  for (const std::string& name : wish.paused) {
    const routing::Phone* phone = snapshot.phone(called, name);
    if (phone == nullptr) return tl::make_unexpected(name);
    states[phone->line_key].paused = true;
  }
  return states;
}

// Those of the running server. Told on `err` whether it could be asked.
PhoneStates live(Session& session) {
  PhoneStates states;
  const auto answer = session.office.ask_server("GET", "/phones");
  if (!answer || answer->is_refusal()) {
    session.err << "(all phones counted as free: "
                << (answer ? word(answer->body.at("error").at("message")) : answer.error().message)
                << ")\n";
    return states;
  }
  for (const Json& phone : answer->body.at("phones")) {
    states[phone.at("address").get<std::string>()] = {phone.at("in_use").get<std::uint32_t>(),
                                                      phone.at("paused").get<bool>()};
  }
  session.err << "(phones as the running server has them now)\n";
  return states;
}

int explain_wish(Session& session, const Wish& wish) {
  const Draft draft = read_draft(session);
  if (!draft.loaded) return refuse_draft(session, draft);
  const routing::Snapshot& snapshot = *draft.loaded->snapshot;
  const routing::Hotline* hotline = find_hotline(session, *draft.loaded, wish.to);
  if (hotline == nullptr) return kProblem;
  const bool as_it_is = wish.at.empty() && wish.busy.empty() && wish.paused.empty();
  const auto phones = as_it_is ? live(session) : assumed(wish, snapshot, *hotline);
  if (!phones) {
    return show_problem(session,
                        admin::refusal(404, "no_such_phone", "no phone " + phones.error(),
                                       "the names are those of [[phone]]; another hotline's has "
                                       "its number in front: 4006006600/desk"));
  }
  const number::Number caller =
      wish.from == "withheld" ? number::Number{} : numbering::read_caller(wish.from);
  const WallTime when = wish.at.empty() ? session.clock().wall : *parse_moment(wish.at);
  const PhoneFacts facts(*phones);
  show_made(session,
            explain({snapshot, *hotline, caller, when, facts}, *number::dialled_hotline(wish.to)),
            [&](const Json& made) { print_explanation(session.out, made); });
  return kDone;
}

void print_recorded(std::ostream& out, const Json& explanation) {
  print_explanation(out, explanation);
  const Json& then = explanation.at("then");
  out << "\nthen: " << word(then.at("decision")) << '\n';
  if (explanation.at("same").get<bool>()) {
    out << "today's rules decide the same\n";
    return;
  }
  out << "today's rules decide otherwise; the rules of then said\n";
  for (const Json& step : then.at("steps")) out << "  " << word(step) << '\n';
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

int explain_record(Session& session, const Json& record) {
  const Draft draft = read_draft(session);
  if (!draft.loaded) return refuse_draft(session, draft);
  const auto dialled = record.at("hotline").get<std::string>();
  const routing::Hotline* hotline = find_hotline(session, *draft.loaded, dialled);
  if (hotline == nullptr) return kProblem;
  const auto id = CallId::parse(record.at("id").get<std::string>());
  const number::Number caller =
      recorded_caller(record.value("caller_kind", ""), record.at("caller_e164").get<std::string>(),
                      record.at("caller_raw").get<std::string>());
  const WallTime when{Milliseconds(record.at("received_ms").get<std::int64_t>())};
  const routing::RecordedFacts facts(routing::asked_from_text(record.value("asked", "")),
                                     id->random_bits());
  Json explanation = explain({*draft.loaded->snapshot, *hotline, caller, when, facts}, dialled);
  const auto decided = record.value("decided", "");
  // The first decision is compared: what follows an overflow depends on who answered.
  explanation["same"] = explanation.at("decided") == decided;
  explanation["then"] = {{"decision", decided},
                         {"steps", lines_of(record.at("trace").get<std::string>())}};
  show_made(session, explanation, [&](const Json& made) { print_recorded(session.out, made); });
  return kDone;
}

int explain_cdr(Session& session, const std::string& id) {
  const auto answer = session.office.ask("GET", "/cdrs/" + id);
  if (!answer) return show_unreachable(session, answer.error());
  if (answer->is_refusal()) return show_problem(session, *answer);
  const Json& record = answer->body.at("cdr");
  if (record.value("decided", "").empty()) {
    return show_problem(
        session,
        admin::refusal(409, "not_decided", "no rule was asked about that call",
                       "it ended as " + record.at("release").at("cause").get<std::string>()));
  }
  return explain_record(session, record);
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      app, session, "explain",
      "Show where a call goes by the rules in the directory, and why. Without --at, --busy and "
      "--paused: now, with the phones as the running server has them",
      "hotlinectl explain --to 4001234567 --from 13800138000 --at \"2026-10-01 09:00\" --busy desk",
      [&session, wish] {
        return wish->cdr.empty() ? explain_wish(session, *wish) : explain_cdr(session, wish->cdr);
      });
  auto* cdr = command->add_option("--cdr", wish->cdr, "A call of the past, by today's rules")
                  ->type_name("ID")
                  ->check(call_id());
  auto* to = command->add_option("--to", wish->to, "The hotline")->type_name("NUMBER");
  auto* from =
      command->add_option("--from", wish->from, "The caller, or \"withheld\"")->type_name("NUMBER");
  to->needs(from);
  from->needs(to);
  cdr->excludes(to);
  command->add_option("--at", wish->at, "When, all phones free; else now")
      ->type_name("TIME")
      ->check(moment())
      ->excludes(cdr);
  command->add_option("--busy", wish->busy, "Phones whose lines are all in use")
      ->type_name("PHONE,…")
      ->delimiter(',')
      ->excludes(cdr);
  command->add_option("--paused", wish->paused, "Phones that are paused")
      ->type_name("PHONE,…")
      ->delimiter(',')
      ->excludes(cdr);
  command->require_option(1, 0);
}

}  // namespace hotline::ctl
