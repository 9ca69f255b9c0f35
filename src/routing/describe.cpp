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
    case TraceStep::Said::other_time:
      return "other time";
    case TraceStep::Said::other_caller:
      return "other caller";
    case TraceStep::Said::listed:
      return "lists the caller";
    case TraceStep::Said::phone_shut:
      return "shut now";
  }
  return "";
}

}  // namespace

std::string describe(const Trace& trace) {
  std::string text;
  for (const TraceStep& step : trace) {
    if (!text.empty()) text += '\n';
    text += step.source->to_string();
    text += ' ';
    text += step.rule;
    if (*step.name != step.rule) {
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
  }
  return text;
}

}  // namespace hotline::routing
