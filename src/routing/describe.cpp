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
  if (const auto* cause = std::get_if<Cause>(&decision.verdict)) {
    return "refused: " + std::string(to_string(*cause));
  }
  return "group " + name_at(*decision.called, *std::get<RingPlan>(decision.verdict).group);
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
