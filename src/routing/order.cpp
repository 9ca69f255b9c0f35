// Ring strategies: in which order, and in which stages, the phones of a plan ring.
// To add one: RingStrategy in hotline.h, a case here, its word in
// src/config/hotline_groups.cpp and hotline_keys.cpp.
#include <algorithm>
#include <numeric>
#include <utility>

#include "hotline/base/contract.h"

#include "routing/asking.h"

namespace hotline::routing {
namespace {

using Entry = RingPlan::Entry;
using Entries = std::array<Entry, kMostPhones>;

// Begins with the phone of that place in the group or, where it is shut or paused, with the next.
void begin_at(RingPlan& plan, std::size_t place) {
  const auto begin = plan.entries.begin();
  const auto end = begin + plan.size;
  const auto first =
      std::find_if(begin, end, [&](const Entry& entry) { return entry.stage >= place; });
  if (first != end) std::rotate(begin, first, end);
}

// By their weights, from that turn on. Phones of no weight come last.
void take_weighted_turns(RingPlan& plan, const std::vector<std::uint8_t>& turns,
                         std::uint64_t turn) {
  constexpr std::uint8_t kNowhere = kMostPhones;  // shut, paused, or in its place already
  std::array<std::uint8_t, kMostPhones> stands_at;
  stands_at.fill(kNowhere);
  for (std::uint8_t i = 0; i < plan.size; ++i) stands_at[plan.entries[i].stage] = i;
  const Entries before = plan.entries;
  std::uint8_t done = 0;
  const auto take = [&](std::size_t place) {
    const std::uint8_t at = std::exchange(stands_at[place], kNowhere);
    if (at != kNowhere) plan.entries[done++] = before[at];
  };
  for (std::size_t i = 0; i < turns.size() && done < plan.size; ++i) {
    take(turns[(turn + i) % turns.size()]);
  }
  for (std::uint8_t i = 0; done < plan.size; ++i) take(before[i].stage);
}

void shuffle(RingPlan& plan, std::uint64_t dice) {
  for (std::uint64_t left = plan.size; left > 1; --left) {
    std::swap(plan.entries[left - 1], plan.entries[dice % left]);
    dice /= left;  // 20! fits into 64 bits
  }
}

// Least first; equals keep the order written.
template <class Key>
void sort_by(RingPlan& plan, Key key) {
  std::array<decltype(key(*plan.entries[0].phone)), kMostPhones> keys;
  std::array<std::uint8_t, kMostPhones> order;
  for (std::uint8_t i = 0; i < plan.size; ++i) {
    keys[i] = key(*plan.entries[i].phone);
    order[i] = i;
  }
  std::stable_sort(order.begin(), order.begin() + plan.size,
                   [&](std::uint8_t a, std::uint8_t b) { return keys[a] < keys[b]; });
  const Entries before = plan.entries;
  for (std::uint8_t i = 0; i < plan.size; ++i) plan.entries[i] = before[order[i]];
}

void arrange(Asking& asking, const Group& group, RingPlan& plan) {
  switch (group.ring) {
    case RingStrategy::sequence:
    case RingStrategy::parallel:
    case RingStrategy::staged:
      return;
    case RingStrategy::round_robin:
      return begin_at(plan, asking.turn(group) % group.phones.size());
    case RingStrategy::weighted:
      return take_weighted_turns(plan, group.turns, asking.turn(group));
    case RingStrategy::random:
      return shuffle(plan, asking.dice(static_cast<std::uint64_t>(group.source.line)));
    case RingStrategy::least_recent:
      return sort_by(plan, [&](const Phone& phone) { return asking.history(phone).last_answered; });
    case RingStrategy::fewest_calls:
      return sort_by(plan,
                     [&](const Phone& phone) { return asking.history(phone).answered_today; });
    case RingStrategy::longest_idle:
      return sort_by(plan, [&](const Phone& phone) {
        const bool talks = asking.lines_in_use(phone) > 0;
        return std::pair(talks, asking.history(phone).last_ended);
      });
  }
  HOTLINE_EXPECT(false);
}

// Phones that begin to ring at one time are one stage. Requires: they are in the order written.
void give_timed_stages(const Group& group, RingPlan& plan) {
  std::uint8_t stage = 0;
  std::uint16_t began_s = 0;
  for (std::uint8_t i = 0; i < plan.size; ++i) {
    Entry& entry = plan.entries[i];
    const std::uint16_t after_s = group.after_s[entry.stage];
    if (i > 0 && after_s > began_s) ++stage;
    began_s = after_s;
    entry = Entry{entry.phone, stage, after_s};
  }
}

// The stage of each, which was its place in the group until now.
void give_stages(const Group& group, RingPlan& plan) {
  if (group.ring == RingStrategy::staged) return give_timed_stages(group, plan);
  const bool one_by_one = group.ring != RingStrategy::parallel;
  for (std::uint8_t i = 0; i < plan.size; ++i) plan.entries[i].stage = one_by_one ? i : 0;
}

// Who answered this caller last comes first, alone: nobody joins it by time.
void prefer_last(Asking& asking, RingPlan& plan) {
  const auto last = asking.last_call();
  if (!last) return;
  const auto end = plan.entries.begin() + plan.size;
  const auto found = std::find_if(plan.entries.begin(), end, [&](const Entry& entry) {
    return name_at(asking.question.hotline, *entry.phone) == last->answered_by;
  });
  if (found == end) return;
  std::rotate(plan.entries.begin(), found, found + 1);
  plan.entries[0].stage = 0;
  for (std::uint8_t i = 1; i < plan.size; ++i) {
    Entry& entry = plan.entries[i];
    if (entry.stage == plan.entries[1].stage) entry.after_s = RingPlan::kWhenOthersFailed;
  }
  for (std::uint8_t i = 1; i < plan.size; ++i) ++plan.entries[i].stage;
}

}  // namespace

void put_in_order(Asking& asking, const Group& group, RingPlan& plan) {
  arrange(asking, group, plan);
  give_stages(group, plan);
  if (group.sticky) prefer_last(asking, plan);
}

// Smooth weighted turns, as nginx mixes its upstreams: each turn everybody gains its weight, who
// has most takes the turn and pays the sum.
std::vector<std::uint8_t> smooth_turns(const std::vector<std::uint32_t>& weights) {
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::vector<std::int64_t> credit(weights.size());
  std::vector<std::uint8_t> turns;
  for (std::int64_t turn = 0; turn < sum; ++turn) {
    for (std::size_t i = 0; i < weights.size(); ++i) credit[i] += weights[i];
    const auto most = std::max_element(credit.begin(), credit.end());
    *most -= sum;
    turns.push_back(static_cast<std::uint8_t>(most - credit.begin()));
  }
  return turns;
}

}  // namespace hotline::routing
