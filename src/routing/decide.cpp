// Routing one call: screening first, then the routes in order, then the plan of the group found.
// Runs on the call thread for live calls, and wherever somebody asks why.
#include "hotline/base/contract.h"
#include "hotline/routing/decision.h"

#include "routing/asking.h"

namespace hotline::routing {
namespace {

using Said = TraceStep::Said;

// Among ten thousand hotlines the one that is called is seldom in the processor's cache. What a
// decision reads of it is fetched ahead, while other things are done.
template <class Thing>
void prefetch(const Thing& thing) {
  constexpr std::size_t kCacheLine = 64;
  const auto* const begin = reinterpret_cast<const char*>(&thing);
  for (std::size_t at = 0; at < sizeof thing; at += kCacheLine) __builtin_prefetch(begin + at);
  __builtin_prefetch(begin + sizeof thing - 1);
}

void prefetch_rules(const Hotline& hotline) {
  prefetch(hotline.screening);
  prefetch(hotline.account_rules);
  prefetch(hotline.month_cap);
  prefetch(hotline.groups);
  prefetch(hotline.routes);
}

// As Routes::next_from().
std::size_t fetch_next(const Routes& routes, std::size_t i, region::PlaceId place) {
  const std::size_t next = routes.next_from(i, place);
  if (next < routes.size()) prefetch(routes[next]);
  return next;
}

Verdict verdict_of(Asking& asking) {
  if (auto screened = screen(asking)) return *screened;
  const Hotline& hotline = asking.question.hotline;
  if (const Target* target = choose(asking, hotline.routes)) return follow(asking, *target);
  asking.note("otherwise", hotline.otherwise.source, hotline.otherwise.name, Said::matched);
  const auto* set = std::get_if<const RouteSet*>(&hotline.otherwise.to);
  HOTLINE_EXPECT(set == nullptr);
  return follow(asking, hotline.otherwise.to);
}

}  // namespace

// A route set that takes nothing passes the call on to the route behind the jump; sets do not jump
// in circles.
const Target* choose(Asking& asking, const Routes& routes) {
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const std::size_t next = fetch_next(routes, i, asking.place);
    for (; i < next; ++i) {
      asking.note("route", routes[i].source, routes[i].name, Said::other_region);
    }
    if (i == routes.size()) break;
    const Route& route = routes[i];
    asking.trace.push_back(try_route(asking, route));
    if (asking.trace.back().said != Said::matched) continue;
    const auto* set = std::get_if<const RouteSet*>(&route.to);
    if (set == nullptr) return &route.to;
    if (const Target* target = choose(asking, (*set)->routes)) return target;
    asking.note("routes", (*set)->source, (*set)->name, Said::passed_on);
  }
  return nullptr;
}

Decision decide(const Question& question) {
  prefetch_rules(question.hotline);
  Decision decision;
  decision.called = &question.hotline;
  decision.located = question.snapshot.regions->locate(question.caller);
  fetch_next(question.hotline.routes, 0, decision.located.place);
  for (const auto& group : question.hotline.groups) prefetch(group->phones);
  decision.trace.reserve(question.hotline.routes.size() + 2);
  Asking asking{question,       decision.located.place, decision.located.carrier,
                decision.trace, decision.asked,         decision.block_why};
  decision.verdict = verdict_of(asking);
  return decision;
}

Decision decide_overflow(const Question& question, const Group& group, Failed why) {
  Decision decision;
  decision.called = &question.hotline;
  Asking asking{question,       region::kUnknown, region::Carrier::unknown,
                decision.trace, decision.asked,   decision.block_why};
  const bool busy = why == Failed::busy;
  asking.note("group", group.source, name_at(question.hotline, group),
              busy ? Said::all_busy : Said::no_answer);
  decision.verdict = follow(asking, busy ? group.on_busy : group.on_no_answer);
  return decision;
}

}  // namespace hotline::routing
