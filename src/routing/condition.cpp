// Does a route's condition hold? The cheap questions come first.
#include <algorithm>

#include "routing/asking.h"

namespace hotline::routing {
namespace {

using Said = TraceStep::Said;

bool holds_caller(const Condition& condition, const Asking& asking) {
  return std::any_of(
      condition.caller_lists.begin(), condition.caller_lists.end(), [&](const auto& list) {
        return list->match(asking.question.caller, asking.place) != ListedBy::nothing;
      });
}

bool holds_date(const Condition& condition, WallTime when) {
  const auto today = day_of(when);
  return std::any_of(condition.dates.begin(), condition.dates.end(), [&](const DateRange& range) {
    return range.first <= today && today <= range.last;
  });
}

bool is_repeat(Asking& asking, Seconds within) {
  const auto last = asking.last_call();
  return last && asking.question.when - last->at <= within;
}

// A phone that is shut now is no free one.
bool is_open(Asking& asking, const Member& member) {
  return member.hours == nullptr || asking.ask_hours(*member.hours).open;
}

bool is_busy(Asking& asking, const Group& group) {
  return std::none_of(group.phones.begin(), group.phones.end(), [&](const Member& member) {
    return is_open(asking, member) && !asking.is_paused(*member.phone) &&
           asking.lines_in_use(*member.phone) < member.phone->lines;
  });
}

// What a number and a calendar can say: no fact of the moment is asked.
Said try_caller(const Asking& asking, const Condition& condition) {
  const number::Number& caller = asking.question.caller;
  if (!condition.kinds.empty() && !condition.kinds.contains(caller.kind)) return Said::other_kind;
  if (!condition.carriers.empty() && !condition.carriers.contains(asking.carrier)) {
    return Said::other_carrier;
  }
  if (!condition.caller_lists.empty() && !holds_caller(condition, asking)) {
    return Said::other_caller;
  }
  if (!condition.dates.empty() && !holds_date(condition, asking.question.when)) {
    return Said::other_date;
  }
  return Said::matched;
}

Said try_moment(Asking& asking, const Route& route) {
  const Condition& condition = route.when;
  if (!condition.account.empty() && !condition.account.contains(asking.account_state())) {
    return Said::other_account_state;
  }
  if (condition.repeat_within && !is_repeat(asking, *condition.repeat_within)) {
    return Said::no_repeat;
  }
  if (!condition.busy.empty() &&
      std::none_of(condition.busy.begin(), condition.busy.end(),
                   [&](const Group* group) { return is_busy(asking, *group); })) {
    return Said::lines_free;
  }
  // Last: a share is one of the calls for which all else holds.
  const auto line = static_cast<std::uint64_t>(route.source.line);
  if (condition.share && asking.dice(line) % 100 >= *condition.share) return Said::other_share;
  return Said::matched;
}

}  // namespace

TraceStep try_route(Asking& asking, const Route& route) {
  TraceStep step{&route.source, &route.name, "route", try_caller(asking, route.when)};
  if (step.said != Said::matched) return step;
  for (const auto& schedule : route.when.schedules) {
    const schedule::Verdict verdict = asking.ask_hours(*schedule);
    step.asked_schedule = true;
    step.basis = verdict.basis;
    step.said = verdict.open ? Said::matched : Said::other_time;
    if (verdict.open) break;
  }
  if (step.said == Said::matched) step.said = try_moment(asking, route);
  return step;
}

}  // namespace hotline::routing
