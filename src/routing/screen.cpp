// What is asked before any route: who is refused, who has too many calls, what the month may
// still bring. The hotline's lists speak first, then its account's, then the platform's.
#include "routing/asking.h"

namespace hotline::routing {
namespace {

using Said = TraceStep::Said;
using Lists = std::vector<std::shared_ptr<const CallerList>>;

const CallerList* listing(const Lists& lists, const number::Number& caller) {
  for (const auto& list : lists) {
    if (list->contains(caller)) return list.get();
  }
  return nullptr;
}

enum class Screened : std::uint8_t { nothing_said, welcome, refused };

// One level. A whitelist beats a blacklist of the same level.
Screened screen_level(Asking& asking, const Screening& level) {
  if (const CallerList* list = listing(level.whitelists, asking.question.caller)) {
    asking.note("whitelist", list->source(), list->name(), Said::listed);
    return Screened::welcome;
  }
  if (const CallerList* list = listing(level.blacklists, asking.question.caller)) {
    asking.note("blacklist", list->source(), list->name(), Said::listed);
    return Screened::refused;
  }
  return Screened::nothing_said;
}

Screened screen_levels(Asking& asking) {
  const Hotline& hotline = asking.question.hotline;
  Screened said = screen_level(asking, hotline.screening);
  if (said == Screened::nothing_said && hotline.account_rules) {
    said = screen_level(asking, hotline.account_rules->screening);
  }
  if (said == Screened::nothing_said) said = screen_level(asking, asking.question.snapshot.screening);
  return said;
}

// Malicious callers, barred ones, and those with many calls at once.
std::optional<Verdict> guard(Asking& asking) {
  static const std::string kNoName;
  static const Source kByHand{"hotlinectl caller block", 0};
  const Snapshot& snapshot = asking.question.snapshot;
  if (asking.blocked_until()) {
    asking.note("guard", snapshot.guard ? snapshot.guard->source : kByHand, kNoName,
                Said::blocked);
    return Cause::blacklisted;
  }
  const std::uint32_t most = snapshot.max_calls_per_caller;
  if (most > 0 && asking.live_calls() >= most) {
    asking.note("max_calls_per_caller", snapshot.max_calls_source, kNoName, Said::too_many);
    return Cause::caller_limit;
  }
  return std::nullopt;
}

bool is_reached(const MonthCap& cap, const Usage& usage) {
  return (cap.spend && usage.spent >= *cap.spend) || (cap.calls && usage.calls >= *cap.calls);
}

std::optional<Verdict> caps(Asking& asking) {
  const Hotline& hotline = asking.question.hotline;
  const AccountRules* account = hotline.account_rules.get();
  if (account != nullptr && account->month_cap &&
      is_reached(*account->month_cap, asking.usage_of_account())) {
    asking.note("month_cap", account->month_cap->source, account->name, Said::cap_reached);
    return Cause::cap_reached;
  }
  if (hotline.month_cap && is_reached(*hotline.month_cap, asking.usage_of_hotline())) {
    asking.note("month_cap", hotline.month_cap->source, hotline.number, Said::cap_reached);
    return follow(asking, hotline.at_cap);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Verdict> screen(Asking& asking) {
  switch (screen_levels(asking)) {
    case Screened::refused:
      return asking.question.caller.kind == number::Kind::withheld ? Cause::withheld
                                                                   : Cause::blacklisted;
    case Screened::nothing_said:
      if (auto refused = guard(asking)) return refused;
      break;
    case Screened::welcome:
      break;
  }
  return caps(asking);
}

}  // namespace hotline::routing
