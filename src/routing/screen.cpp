// What is asked before any route: who is refused, who has too many calls, what the month may
// still bring. The hotline's lists speak first, then its account's, then the platform's.
#include "hotline/base/contract.h"

#include "routing/asking.h"

namespace hotline::routing {
namespace {

using Said = TraceStep::Said;

// By what the first of those lists that holds the caller does so; nothing: none does.
ListedBy ask_lists(Asking& asking, const CallerLists& lists, const char* rule) {
  for (const auto& list : lists) {
    const ListedBy by = list->match(asking.question.caller, asking.place);
    if (by == ListedBy::nothing) continue;
    asking.note(rule, list->source(), list->name(), Said::listed);
    return by;
  }
  return ListedBy::nothing;
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

struct Welcome {};
struct NothingSaid {};
using Screened = std::variant<NothingSaid, Welcome, Cause>;

// One level. A whitelist beats a blacklist of the same level.
Screened screen_level(Asking& asking, const Screening& level) {
  if (ask_lists(asking, level.whitelists, "whitelist") != ListedBy::nothing) return Welcome{};
  const ListedBy by = ask_lists(asking, level.blacklists, "blacklist");
  if (by != ListedBy::nothing) return refusal(by);
  return NothingSaid{};
}

Screened screen_levels(Asking& asking) {
  const Hotline& hotline = asking.question.hotline;
  const AccountRules* account = hotline.account_rules.get();
  const Screening* const levels[] = {&hotline.screening,
                                     account == nullptr ? nullptr : &account->screening,
                                     &asking.question.snapshot.screening};
  for (const Screening* level : levels) {
    if (level == nullptr) continue;
    const Screened said = screen_level(asking, *level);
    if (!std::holds_alternative<NothingSaid>(said)) return said;
  }
  return NothingSaid{};
}

const std::string& no_name() {
  static const std::string kNone;
  return kNone;
}

// The guard whose block it is may have left the configuration since.
void note_block(Asking& asking, const CallerBlock& block) {
  static const Source kOperator{"hotlinectl", 0};
  static const Source kFormerGuard{"hotlinectl caller list", 0};
  const auto& guard = asking.question.snapshot.guard;
  if (block.by_hand) {
    asking.block_why =
        std::make_shared<const std::string>(block.why.empty() ? block.why : '"' + block.why + '"');
    asking.note("caller block", kOperator, *asking.block_why, Said::blocked);
  } else {
    asking.note("guard", guard ? guard->source : kFormerGuard, no_name(), Said::blocked);
  }
}

// Malicious callers, barred ones, and those with many calls at once.
std::optional<Verdict> guard(Asking& asking) {
  const Snapshot& snapshot = asking.question.snapshot;
  if (const auto block = asking.block()) {
    note_block(asking, *block);
    return Cause::blacklisted;
  }
  const std::uint32_t most = snapshot.max_calls_per_caller;
  if (most > 0 && asking.live_calls() >= most) {
    asking.note("max_calls_per_caller", snapshot.max_calls_source, no_name(), Said::too_many);
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

bool is_welcome(const Question& question) {
  const region::Located located = question.snapshot.regions->locate(question.caller);
  Decision aside;
  Asking asking{question,    located.place, located.carrier,
                aside.trace, aside.asked,   aside.block_why};
  return std::holds_alternative<Welcome>(screen_levels(asking));
}

std::optional<Verdict> screen(Asking& asking) {
  const Screened said = screen_levels(asking);
  if (const auto* cause = std::get_if<Cause>(&said)) return *cause;
  if (std::holds_alternative<NothingSaid>(said)) {
    if (auto refused = guard(asking)) return refused;
  }
  return caps(asking);
}

}  // namespace hotline::routing
