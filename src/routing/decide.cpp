// Routing one call: screening first, then the routes in order, then the plan of the group found.
// Runs on the call thread for live calls, and wherever somebody asks why.
#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/routing/decision.h"

namespace hotline::routing {
namespace {

using Lists = std::vector<std::shared_ptr<const CallerList>>;
using Said = TraceStep::Said;

struct Listing {
  const CallerList* list = nullptr;  // the first that holds the caller; null: none
  ListedBy by = ListedBy::nothing;
};

Listing listing(const Lists& lists, const number::Number& caller, region::PlaceId place) {
  for (const auto& list : lists) {
    const ListedBy by = list->match(caller, place);
    if (by != ListedBy::nothing) return {list.get(), by};
  }
  return {};
}

Cause refusal(ListedBy by) {
  switch (by) {
    case ListedBy::region:
      return Cause::region_refused;
    case ListedBy::withheld:
      return Cause::withheld;
    case ListedBy::number:
    case ListedBy::prefix:
    case ListedBy::kind:
      return Cause::blacklisted;
    case ListedBy::nothing:
      break;
  }
  HOTLINE_EXPECT(false);
  return Cause::blacklisted;
}

void note(Trace& trace, const char* rule, const Source& source, const std::string& name,
          Said said) {
  trace.push_back(TraceStep{&source, &name, rule, said});
}

// One level of screening. A whitelist beats a blacklist of the same level.
// Returns: by what a blacklist refuses; nothing: a whitelist passes; nullopt: says nothing.
std::optional<ListedBy> screen(const Lists& whitelists, const Lists& blacklists,
                               const number::Number& caller, region::PlaceId place, Trace& trace) {
  if (const Listing found = listing(whitelists, caller, place); found.list) {
    note(trace, "whitelist", found.list->source(), found.list->name(), Said::listed);
    return ListedBy::nothing;
  }
  if (const Listing found = listing(blacklists, caller, place); found.list) {
    note(trace, "blacklist", found.list->source(), found.list->name(), Said::listed);
    return found.by;
  }
  return std::nullopt;
}

// The hotline's lists speak first: they beat the platform's.
// Returns: by what the caller is refused; nothing: passes.
ListedBy refused_by(const Snapshot& snapshot, const Hotline& hotline, const number::Number& caller,
                    region::PlaceId place, Trace& trace) {
  auto said = screen(hotline.whitelists, hotline.blacklists, caller, place, trace);
  if (!said) said = screen(snapshot.whitelists, snapshot.blacklists, caller, place, trace);
  return said.value_or(ListedBy::nothing);
}

// Asks the cheap questions first. Returns the step to trace: matched, or what did not hold.
TraceStep try_route(const Route& route, region::PlaceId place, const number::Number& caller,
                    WallTime when) {
  TraceStep step{&route.source, &route.name, "route", Said::matched};
  const Condition& condition = route.when;
  if (!condition.region.empty() && !condition.region.contains(place)) {
    step.said = Said::other_region;
    return step;
  }
  if (!condition.caller_lists.empty() && !listing(condition.caller_lists, caller, place).list) {
    step.said = Said::other_caller;
    return step;
  }
  for (const auto& schedule : condition.schedules) {
    const schedule::Verdict verdict = schedule::at(*schedule, when);
    step.asked_schedule = true;
    step.basis = verdict.basis;
    step.said = verdict.open ? Said::matched : Said::other_time;
    if (verdict.open) break;
  }
  return step;
}

const Target& choose(const Hotline& hotline, region::PlaceId place, const number::Number& caller,
                     WallTime when, Trace& trace) {
  for (const Route& route : hotline.routes) {
    trace.push_back(try_route(route, place, caller, when));
    if (trace.back().said == Said::matched) return route.to;
  }
  note(trace, "otherwise", hotline.otherwise.source, hotline.otherwise.name, Said::matched);
  return hotline.otherwise.to;
}

// The phones of the group that are open now, staged by its strategy.
RingPlan plan(const Group& group, WallTime when, Trace& trace) {
  RingPlan result;
  result.group = &group;
  for (const Phone* phone : group.phones) {
    if (phone->schedule) {
      const schedule::Verdict verdict = schedule::at(*phone->schedule, when);
      if (!verdict.open) {
        trace.push_back(TraceStep{&phone->source, &phone->name, "phone", Said::phone_shut,
                                  verdict.basis, true});
        continue;
      }
    }
    HOTLINE_EXPECT(result.size < kMostPhones);
    std::uint8_t stage = 0;
    switch (group.ring) {
      case RingStrategy::sequence:
        stage = result.size;
        break;
      case RingStrategy::parallel:
        break;
    }
    result.entries[result.size] = RingPlan::Entry{phone, stage};
    ++result.size;
  }
  return result;
}

}  // namespace

Decision decide(const Snapshot& snapshot, const Hotline& hotline, const number::Number& caller,
                WallTime when) {
  Decision decision;
  decision.trace.reserve(hotline.routes.size() + 2);
  decision.located = snapshot.regions->locate(caller);
  const ListedBy by = refused_by(snapshot, hotline, caller, decision.located.place, decision.trace);
  if (by != ListedBy::nothing) {
    decision.verdict = refusal(by);
    return decision;
  }
  const Target& target = choose(hotline, decision.located.place, caller, when, decision.trace);
  if (const auto* cause = std::get_if<Cause>(&target)) {
    decision.verdict = *cause;
    return decision;
  }
  RingPlan ring = plan(*std::get<const Group*>(target), when, decision.trace);
  if (ring.size == 0) {
    decision.verdict = Cause::closed;
  } else {
    decision.verdict = ring;
  }
  return decision;
}

}  // namespace hotline::routing
