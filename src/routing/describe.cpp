// A decision's trace in words.
#include "hotline/routing/decision.h"

namespace hotline::routing {
namespace {

std::string_view words(TraceStep::Said said) {
  switch (said) {
    case TraceStep::Said::matched:
      return "matched";
    case TraceStep::Said::other_region:
      return "other region";
    case TraceStep::Said::other_kind:
      return "other kind of number";
    case TraceStep::Said::other_carrier:
      return "other carrier";
    case TraceStep::Said::other_caller:
      return "other caller";
    case TraceStep::Said::other_date:
      return "other date";
    case TraceStep::Said::other_time:
      return "other time";
    case TraceStep::Said::other_account_state:
      return "other state of the account";
    case TraceStep::Said::no_repeat:
      return "no call of this caller of late";
    case TraceStep::Said::lines_free:
      return "lines are free";
    case TraceStep::Said::other_share:
      return "not in its share";
    case TraceStep::Said::passed_on:
      return "nothing matched, on behind the jump";
    case TraceStep::Said::listed:
      return "lists the caller";
    case TraceStep::Said::blocked:
      return "caller is blocked";
    case TraceStep::Said::too_many:
      return "caller has that many calls";
    case TraceStep::Said::cap_reached:
      return "reached";
    case TraceStep::Said::phone_shut:
      return "shut now";
    case TraceStep::Said::phone_paused:
      return "paused";
    case TraceStep::Said::all_shut:
      return "all phones shut";
    case TraceStep::Said::all_busy:
      return "all phones busy";
    case TraceStep::Said::no_answer:
      return "nobody answered";
    case TraceStep::Said::not_heard:
      return "the caller cannot hear it";
    case TraceStep::Said::pressed:
      return "pressed";
    case TraceStep::Said::not_chosen:
      return "nothing was chosen";
    case TraceStep::Said::full:
      return "no room";
    case TraceStep::Said::waited:
      return "waited too long";
  }
  return "";
}

void append_source(std::string& text, const Source& source) {
  text += source.file;
  if (source.line == 0) return;  // not written in a file
  text += ':';
  text += std::to_string(source.line);
}

}  // namespace

std::string outcome(const Decision& decision) {
  struct Words {
    const Hotline& called;

    std::string operator()(const RingPlan& plan) const {
      return "group " + name_at(called, *plan.group);
    }
    std::string operator()(const Menu* menu) const { return "menu " + name_at(called, *menu); }
    std::string operator()(const Queue* queue) const { return "queue " + name_at(called, *queue); }
    std::string operator()(const Voicemail* voicemail) const {
      return "voicemail " + name_at(called, *voicemail);
    }
    std::string operator()(Cause cause) const {
      return "refused: " + std::string(to_string(cause));
    }
  };
  return std::visit(Words{*decision.called}, decision.verdict);
}

std::string describe(const TraceStep& step) {
  std::string text;
  append_source(text, *step.source);
  text += ' ';
  text += step.rule;
  if (!step.name->empty() && *step.name != step.rule) {
    text += ' ';
    text += *step.name;
  }
  text += ": ";
  text += words(step.said);
  if (step.asked_schedule) {
    text += " (";
    text += schedule::to_string(step.basis);
    text += ')';
  }
  return text;
}

std::string describe(const Trace& trace) {
  std::string text;
  for (const TraceStep& step : trace) {
    if (!text.empty()) text += '\n';
    text += describe(step);
  }
  return text;
}

}  // namespace hotline::routing
