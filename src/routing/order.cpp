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

// Begins with the phone whose turn it is; `order` lists places in the group, again and again.
// Phones whose place it does not list come last.
template <class Order>
void take_turns(RingPlan& plan, std::size_t length, std::uint64_t turn, Order order) {
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
  for (std::size_t i = 0; i < length && done < plan.size; ++i) take(order((turn + i) % length));
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
      return take_turns(plan, group.phones.size(), asking.turn(group),
                        [](std::size_t at) { return at; });
    case RingStrategy::weighted:
      return take_turns(plan, group.turns.size(), asking.turn(group),
                        [&](std::size_t at) { return std::size_t{group.turns[at]}; });
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

// The stage of each, by its place in the plan or, where staged, by its time.
void give_stages(const Group& group, RingPlan& plan) {
  std::uint8_t stage = 0;
  std::uint16_t began_s = 0;
  for (std::uint8_t i = 0; i < plan.size; ++i) {
    Entry& entry = plan.entries[i];
    const bool staged = group.ring == RingStrategy::staged;
    const std::uint16_t after_s = staged ? group.after_s[entry.stage] : RingPlan::kWhenOthersFailed;
    const bool apart = staged ? after_s > began_s : group.ring != RingStrategy::parallel;
    if (i > 0 && apart) ++stage;
    began_s = after_s;
    entry = Entry{entry.phone, stage, after_s};
  }
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
