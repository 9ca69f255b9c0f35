#include "ctl/rehearsal.h"

#include <algorithm>
#include <array>

#include "hotline/base/contract.h"

#include "ctl/explanation.h"
#include "ctl/session.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

constexpr std::array kAll{Rehearsed::same,          Rehearsed::elsewhere,
                          Rehearsed::newly_refused, Rehearsed::newly_accepted,
                          Rehearsed::other_refusal, Rehearsed::not_judged};

// What no replay can tell, said with every result.
constexpr std::array<const char*, 5> kUnknown{
    "who would have answered a phone that did not ring then, and how long they would have talked",
    "which lines were busy, where no rule of then asked; busy phones are counted as rung",
    "which keys a caller would press in a menu, and how long it would wait in a queue: a call that "
    "gets there counts as being there",
    "whose turn it was, who had called before and what a month had cost under the draft",
    "whether a caller who was refused would have called again"};

bool is_refusal(const std::string& decided) { return decided.starts_with("refused:"); }

std::uint64_t count_of(const std::map<Rehearsed, std::uint64_t>& results, Rehearsed what) {
  const auto found = results.find(what);
  return found == results.end() ? 0 : found->second;
}

}  // namespace

std::string_view to_string(Rehearsed what) {
  switch (what) {
    case Rehearsed::same:
      return "same";
    case Rehearsed::elsewhere:
      return "elsewhere";
    case Rehearsed::newly_refused:
      return "newly_refused";
    case Rehearsed::newly_accepted:
      return "newly_accepted";
    case Rehearsed::other_refusal:
      return "other_refusal";
    case Rehearsed::not_judged:
      return "not_judged";
  }
  HOTLINE_EXPECT(false);
  return {};
}

Rehearsal::Rehearsal(const routing::Snapshot& draft, Changed changed)
    : draft_(draft), changed_(std::move(changed)) {}

void Rehearsal::count_routes(const routing::Trace& trace, std::uint32_t calls) {
  for (const routing::TraceStep& step : trace) {
    if (step.said == routing::TraceStep::Said::matched) fired_[step.source] += calls;
  }
}

std::string Rehearsal::decide(const cdr::PastCall& call, const routing::Hotline& hotline) {
  const routing::RecordedFacts facts(routing::asked_from_text(call.asked), call.id.random_bits());
  const number::Number caller =
      recorded_caller(call.caller_kind, call.caller_e164, call.caller_raw);
  const routing::Decision decision =
      routing::decide({draft_, hotline, caller, call.received, facts});
  count_routes(decision.trace, call.calls);
  if (const auto* plan = std::get_if<routing::RingPlan>(&decision.verdict)) {
    phones_[plan->entries[0].phone->key].after += call.calls;
  }
  return routing::outcome(decision);
}

Rehearsed Rehearsal::judge(const cdr::PastCall& call, const std::string& now) const {
  const bool unknown_then = call.cause == Cause::unknown_number;
  if (call.decided.empty() && !unknown_then) return Rehearsed::not_judged;
  const bool refused_then = unknown_then || is_refusal(call.decided);
  const bool refused_now = is_refusal(now);
  if (refused_then != refused_now) {
    return refused_now ? Rehearsed::newly_refused : Rehearsed::newly_accepted;
  }
  const std::string then =
      unknown_then ? "refused: " + std::string(to_string(call.cause)) : call.decided;
  if (then == now) return Rehearsed::same;
  return refused_now ? Rehearsed::other_refusal : Rehearsed::elsewhere;
}

void Rehearsal::take(const cdr::PastCall& call) {
  calls_ += call.calls;
  const routing::Hotline* hotline = draft_.find(call.hotline);
  const std::string now = hotline == nullptr
                              ? "refused: " + std::string(to_string(Cause::unknown_number))
                              : decide(call, *hotline);
  const Rehearsed what = judge(call, now);
  results_[what] += call.calls;
  if (!call.first_phone.empty()) {
    const std::string& owner = hotline == nullptr ? call.hotline : hotline->number;
    phones_[routing::key_of(owner, call.first_phone)].before += call.calls;
  }
  if (what != Rehearsed::same && what != Rehearsed::not_judged) changed_(call, what, now);
}

// Every route of the draft with how often it took a call, in the order written.
Json Rehearsal::routes_json() const {
  std::vector<const routing::Hotline*> hotlines;
  for (const auto& [number, hotline] : draft_.hotlines) {
    if (number == hotline->number) hotlines.push_back(hotline.get());
  }
  std::sort(hotlines.begin(), hotlines.end(),
            [](const auto* a, const auto* b) { return a->number < b->number; });
  Json list = Json::array();
  for (const routing::Hotline* hotline : hotlines) {
    const auto add = [&](const routing::Route& route) {
      const auto found = fired_.find(&route.source);
      list.push_back({{"hotline", hotline->number},
                      {"route", route.name},
                      {"source", route.source.to_string()},
                      {"calls", found == fired_.end() ? 0 : found->second}});
    };
    for (const auto& route : hotline->routes) add(route);
    for (const auto& set : hotline->route_sets) {
      for (const auto& route : set->routes) add(route);
    }
    add(hotline->otherwise);
  }
  return list;
}

Json Rehearsal::to_json() const {
  Json results = Json::object();
  for (const Rehearsed what : kAll)
    results[std::string(to_string(what))] = count_of(results_, what);
  Json phones = Json::array();
  for (const auto& [key, load] : phones_) {
    const auto slash = key.find('/');
    phones.push_back({{"hotline", key.substr(0, slash)},
                      {"phone", key.substr(slash + 1)},
                      {"before", load.before},
                      {"after", load.after}});
  }
  Json unknown = Json::array();
  for (const char* what : kUnknown) unknown.push_back(what);
  return {{"calls", calls_},
          {"results", std::move(results)},
          {"routes", routes_json()},
          {"phones", std::move(phones)},
          {"unknown", std::move(unknown)}};
}

void print_rehearsal(std::ostream& out, const Json& rehearsal) {
  out << word(rehearsal.at("calls")) << " calls\n\n";
  Table results({{"RESULT"}, {"CALLS", Align::right}});
  for (const auto& [name, count] : rehearsal.at("results").items()) {
    results.add({name, word(count)});
  }
  results.print(out);

  Table phones(
      {{"HOTLINE"}, {"PHONE"}, {"RANG FIRST", Align::right}, {"BY THE DRAFT", Align::right}});
  for (const Json& phone : rehearsal.at("phones")) {
    phones.add({word(phone.at("hotline")), word(phone.at("phone")), word(phone.at("before")),
                word(phone.at("after"))});
  }
  if (!phones.empty()) out << '\n';
  if (!phones.empty()) phones.print(out);

  Table never({{"ROUTE THAT TOOK NO CALL"}, {"HOTLINE"}, {"WRITTEN IN"}});
  for (const Json& route : rehearsal.at("routes")) {
    if (route.at("calls") != 0) continue;
    never.add({word(route.at("route")), word(route.at("hotline")), word(route.at("source"))});
  }
  if (!never.empty()) out << '\n';
  if (!never.empty()) never.print(out);

  out << "\nwhat this cannot know\n";
  for (const Json& what : rehearsal.at("unknown")) out << "  - " << word(what) << '\n';
}

}  // namespace hotline::ctl
