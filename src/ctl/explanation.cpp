#include "ctl/explanation.h"

#include <algorithm>

#include "admin/times.h"
#include "ctl/session.h"
#include "numbering/numbering.h"

namespace hotline::ctl {
namespace {

using admin::Json;
using routing::RingPlan;

std::string target_words(const routing::Hotline& called, const routing::Target& target) {
  if (const auto* cause = std::get_if<Cause>(&target)) {
    return "refused: " + std::string(to_string(*cause));
  }
  return "group " + routing::name_at(called, *std::get<const routing::Group*>(target));
}

std::string address_words(const routing::Phone& phone) {
  const auto* behind = std::get_if<routing::TrunkNumber>(&phone.address);
  return behind == nullptr ? std::get<routing::PhoneUri>(phone.address).uri
                           : behind->number + " through " + behind->trunk;
}

bool is_busy(const routing::Phone& phone, const routing::Facts& facts) {
  return facts.lines_in_use(phone) >= phone.lines;
}

Json plan_json(const RingPlan& plan, const routing::Question& question) {
  const routing::Hotline& called = question.hotline;
  Json phones = Json::array();
  for (std::uint8_t i = 0; i < plan.size; ++i) {
    const RingPlan::Entry& entry = plan.entries[i];
    Json phone{{"phone", routing::name_at(called, *entry.phone)},
               {"address", address_words(*entry.phone)},
               {"stage", entry.stage + 1},
               {"ring_s", entry.phone->ring.count()},
               {"busy", is_busy(*entry.phone, question.facts)}};
    if (entry.after_s != RingPlan::kWhenOthersFailed) phone["after_s"] = entry.after_s;
    phones.push_back(std::move(phone));
  }
  return {{"group", routing::name_at(called, *plan.group)},
          {"source", plan.group->source.to_string()},
          {"phones", std::move(phones)},
          {"on_busy", target_words(called, plan.group->on_busy)},
          {"on_no_answer", target_words(called, plan.group->on_no_answer)}};
}

void add_steps(Json& explanation, const routing::Decision& decision) {
  for (const routing::TraceStep& step : decision.trace) {
    explanation["steps"].push_back(routing::describe(step));
  }
  explanation["decision"] = routing::outcome(decision);
}

bool all_busy(const RingPlan& plan, const routing::Facts& facts) {
  return std::all_of(plan.entries.begin(), plan.entries.begin() + plan.size,
                     [&](const RingPlan::Entry& entry) { return is_busy(*entry.phone, facts); });
}

// "1. desk", "+  li after 10 s": phones that begin together share a number.
std::string place_of(const Json& phone, const Json& before) {
  const bool together = !before.is_null() && before.at("stage") == phone.at("stage");
  return together ? "  with " : "  " + std::to_string(phone.at("stage").get<int>()) + ". ";
}

void print_plan(std::ostream& out, const Json& plan) {
  out << "\nring group " << word(plan.at("group")) << " (" << word(plan.at("source")) << ")\n";
  Json before;
  for (const Json& phone : plan.at("phones")) {
    out << place_of(phone, before) << word(phone.at("phone")) << ", " << word(phone.at("address"));
    if (phone.contains("after_s") && phone.at("after_s") > 0) {
      out << ", from second " << phone.at("after_s") << " on";
    }
    out << ", for up to " << phone.at("ring_s") << " s";
    if (phone.at("busy").get<bool>()) out << " (busy now: passed over)";
    out << '\n';
    before = phone;
  }
  out << "  if all are busy: " << word(plan.at("on_busy"))
      << "; if nobody answers: " << word(plan.at("on_no_answer")) << '\n';
}

}  // namespace

number::Number recorded_caller(const std::string& kind, const std::string& e164,
                               const std::string& raw) {
  const auto known = number::kind_from_string(kind);
  return known ? number::Number{*known, e164, raw} : numbering::read_caller(raw);
}

Json explain(const routing::Question& question, const std::string& dialled) {
  routing::Decision decision = routing::decide(question);
  const region::Place& place = question.snapshot.regions->place(decision.located.place);
  Json explanation{
      {"to", dialled},
      {"from", question.caller.e164.empty() ? question.caller.raw : question.caller.e164},
      {"kind", number::to_string(question.caller.kind)},
      {"province", place.province},
      {"city", place.city},
      {"area_code", place.area_code},
      {"carrier", region::to_string(decision.located.carrier)},
      {"at", admin::to_rfc3339(question.when)},
      {"steps", Json::array()}};
  Json plans = Json::array();
  add_steps(explanation, decision);
  explanation["decided"] = explanation["decision"];
  while (const auto* plan = std::get_if<RingPlan>(&decision.verdict)) {
    plans.push_back(plan_json(*plan, question));
    if (!all_busy(*plan, question.facts)) break;
    decision = routing::decide_overflow(question, *plan->group, routing::Failed::busy);
    add_steps(explanation, decision);
  }
  explanation["plans"] = std::move(plans);
  return explanation;
}

void print_explanation(std::ostream& out, const Json& explanation) {
  out << word(explanation.at("to")) << " called by " << word(explanation.at("from")) << " ("
      << word(explanation.at("kind"));
  for (const char* name : {"province", "city", "area_code", "carrier"}) {
    const auto value = explanation.at(name).get<std::string>();
    if (!value.empty()) out << ' ' << value;
  }
  out << ") at " << short_time(explanation.at("at")) << "\n\n";
  for (const Json& step : explanation.at("steps")) out << "  " << word(step) << '\n';
  for (const Json& plan : explanation.at("plans")) print_plan(out, plan);
  out << "\n→ " << word(explanation.at("decision")) << '\n';
}

}  // namespace hotline::ctl
