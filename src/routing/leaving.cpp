// Where a call goes on that a menu or a queue has had: by the keys its caller pressed, or because
// there were none, no room, no more patience.
#include <algorithm>

#include "hotline/routing/decision.h"

#include "routing/asking.h"

namespace hotline::routing {
namespace {

using Said = TraceStep::Said;

// `find` says why the call goes on, and where.
template <class Find>
Decision decide_further(const Question& question, Find find) {
  Decision decision;
  decision.called = &question.hotline;
  decision.located = question.snapshot.regions->locate(question.caller);
  Asking asking{question,       decision.located.place, decision.located.carrier,
                decision.trace, decision.asked,         decision.block_why};
  decision.verdict = follow(asking, find(asking));
  return decision;
}

}  // namespace

Decision decide_choice(const Question& question, const Menu& menu, const Option* option) {
  return decide_further(question, [&](Asking& asking) -> const Target& {
    const std::string& name = name_at(question.hotline, menu);
    if (option != nullptr) {
      asking.note("key", menu.source, option->keys, Said::pressed);
      const auto* set = std::get_if<const RouteSet*>(&option->to);
      if (set == nullptr) return option->to;
      if (const Target* target = choose(asking, (*set)->routes)) return *target;
      asking.note("routes", (*set)->source, (*set)->name, Said::passed_on);
    }
    asking.note("menu", menu.source, name, Said::not_chosen);
    return menu.otherwise;
  });
}

Decision decide_leaving(const Question& question, const Queue& queue, Left why,
                        const Option* option) {
  return decide_further(question, [&](Asking& asking) -> const Target& {
    const std::string& name = name_at(question.hotline, queue);
    if (why == Left::by_key) {
      asking.note("key", queue.source, option->keys, Said::pressed);
      return option->to;
    }
    const bool is_full = why == Left::full;
    asking.note("queue", queue.source, name, is_full ? Said::full : Said::waited);
    return is_full ? queue.on_full : queue.on_timeout;
  });
}

RingPlan free_phones(const Question& question, const Queue& queue) {
  Decision aside;
  Asking asking{question,    region::kUnknown, region::Carrier::unknown,
                aside.trace, aside.asked,      aside.block_why};
  RingPlan plan;
  plan_group(asking, *queue.group, plan);
  const auto end = std::remove_if(
      plan.entries.begin(), plan.entries.begin() + plan.size, [&](const RingPlan::Entry& entry) {
        return question.facts.lines_in_use(*entry.phone) >= entry.phone->lines;
      });
  plan.size = static_cast<std::uint8_t>(end - plan.entries.begin());
  return plan;
}

bool goes_first(const Question& question, const Queue& queue) {
  if (queue.first.empty()) return false;
  const auto place = question.snapshot.regions->locate(question.caller).place;
  return std::any_of(queue.first.begin(), queue.first.end(), [&](const auto& list) {
    return list->match(question.caller, place) != ListedBy::nothing;
  });
}

}  // namespace hotline::routing
