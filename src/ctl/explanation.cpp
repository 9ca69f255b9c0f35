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
  struct Words {
    const routing::Hotline& called;

    std::string operator()(const routing::Group* group) const {
      return "group " + routing::name_at(called, *group);
    }
    std::string operator()(const routing::RouteSet* set) const { return "routes " + set->name; }
    std::string operator()(const routing::Menu* menu) const {
      return "menu " + routing::name_at(called, *menu);
    }
    std::string operator()(const routing::Queue* queue) const {
      return "queue " + routing::name_at(called, *queue);
    }
    std::string operator()(const routing::Voicemail* voicemail) const {
      return "voicemail " + routing::name_at(called, *voicemail);
    }
    std::string operator()(Cause cause) const {
      return "refused: " + std::string(to_string(cause));
    }
  };
  return std::visit(Words{called}, target);
}

std::string address_words(const routing::Phone& phone) {
  const std::string& name = routing::name_of(phone.address);
  if (const auto* behind = std::get_if<routing::TrunkNumber>(&phone.address)) {
    return name + " through " + behind->trunk;
  }
  const bool registers = std::holds_alternative<routing::PhoneUser>(phone.address);
  return registers ? "where " + name + " has registered" : name;
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

Json options_json(const routing::Hotline& called, const std::vector<routing::Option>& options) {
  Json keys = Json::array();
  for (const routing::Option& option : options) {
    keys.push_back({{"keys", option.keys},
                    {"to", option.repeats ? "the prompt again" : target_words(called, option.to)}});
  }
  return keys;
}

Json menu_json(const routing::Menu& menu, const routing::Hotline& called) {
  return {{"menu", routing::name_at(called, menu)},
          {"source", menu.source.to_string()},
          {"prompt", menu.prompt->path},
          {"keys", options_json(called, menu.options)},
          {"otherwise", target_words(called, menu.otherwise)}};
}

Json queue_json(const routing::Queue& queue, const routing::Hotline& called) {
  return {{"queue", routing::name_at(called, queue)},
          {"source", queue.source.to_string()},
          {"group", routing::name_at(called, *queue.group)},
          {"answers", queue.answers},
          {"max_wait_s", queue.longest_wait.count()},
          {"max_waiting", queue.most_waiting},
          {"keys", options_json(called, queue.options)},
          {"on_full", target_words(called, queue.on_full)},
          {"on_timeout", target_words(called, queue.on_timeout)}};
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

void print_options(std::ostream& out, const Json& keys) {
  for (const Json& key : keys)
    out << "  " << word(key.at("keys")) << ": " << word(key.at("to")) << '\n';
}

void print_menu(std::ostream& out, const Json& menu) {
  out << "\nanswer, play " << word(menu.at("prompt")) << " (menu " << word(menu.at("menu")) << ", "
      << word(menu.at("source")) << ")\n";
  print_options(out, menu.at("keys"));
  out << "  otherwise: " << word(menu.at("otherwise")) << '\n';
}

void print_queue(std::ostream& out, const Json& queue) {
  out << "\n"
      << (queue.at("answers").get<bool>() ? "answer, " : "") << "wait for group "
      << word(queue.at("group")) << " (queue " << word(queue.at("queue")) << ", "
      << word(queue.at("source")) << "), at most " << queue.at("max_wait_s") << " s\n";
  print_options(out, queue.at("keys"));
  out << "  if " << queue.at("max_waiting") << " wait already: " << word(queue.at("on_full"))
      << "; if it takes too long: " << word(queue.at("on_timeout")) << '\n';
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
  if (const auto* menu = std::get_if<const routing::Menu*>(&decision.verdict)) {
    explanation["menu"] = menu_json(**menu, question.hotline);
  }
  if (const auto* queue = std::get_if<const routing::Queue*>(&decision.verdict)) {
    explanation["queue"] = queue_json(**queue, question.hotline);
  }
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
  if (explanation.contains("menu")) print_menu(out, explanation.at("menu"));
  if (explanation.contains("queue")) print_queue(out, explanation.at("queue"));
  out << "\n→ " << word(explanation.at("decision")) << '\n';
}

}  // namespace hotline::ctl
