// The switchboard's queues: who waits is rung for as soon as a phone is free, the first in line
// before the others.
#include <algorithm>

#include "hotline/call/switchboard.h"

#include "call/live_facts.h"

namespace hotline::call {
namespace {

// Phones become free by themselves, too: by their hours, after a rest, at the end of a pause.
constexpr Seconds kLooksAgain{1};

}  // namespace

void Switchboard::join(const Live& live, const JoinQueue& join, Now now) {
  const Call& call = live.call;
  const routing::Queue& queue = *join.queue;
  const bool first = routing::goes_first(LiveQuestion(*this, call, now).question, queue);
  if (queues_.join(queue.key, call.ref(), first, queue.most_waiting, now.mono)) {
    new_in_queue_.push_back(call.ref());
    return;
  }
  seek(call, SeekFurther{SeekFurther::QueueLeft{&queue, routing::Left::full}}, now);
}

void Switchboard::leave_queue(const Call& call, Now now) {
  const bool is_taken = std::holds_alternative<Committing>(call.state()) ||
                        std::holds_alternative<Talking>(call.state());
  if (is_taken) {
    queues_.taken(call.ref(), now.mono);
  } else {
    queues_.leave(call.ref());
  }
}

// Whoever is not rung for at once hears how many go before it.
void Switchboard::serve_queues(Now now) {
  const bool looks = now.mono >= looks_again_;
  if (queues_.empty()) {
    looks_again_ = Instant::max();
    return;
  }
  if (looks) phones_may_be_free_ = true;
  while (phones_may_be_free_ || !new_in_queue_.empty()) {
    phones_may_be_free_ = false;
    ring_for_who_waits(now);
    for (const CallRef ref : std::exchange(new_in_queue_, {})) {
      const auto found = calls_.find(ref);
      if (found == calls_.end()) continue;
      const Call& call = found->second.call;
      if (call.queue() == nullptr || call.is_ringing()) continue;
      handle(PlaceTold{ref, queues_.place(ref, now.mono)}, now);
    }
    follow_up(now);
  }
  if (looks || looks_again_ == Instant::max()) looks_again_ = now.mono + kLooksAgain;
}

void Switchboard::ring_for_who_waits(Now now) {
  const routing::Queue* in_vain = nullptr;  // all its phones are busy
  for (const CallRef ref : queues_.all()) {
    const auto found = calls_.find(ref);
    if (found == calls_.end()) continue;
    const Call& call = found->second.call;
    if (call.queue() == nullptr || call.queue() == in_vain || call.is_ringing()) continue;
    auto plan = std::make_shared<const routing::RingPlan>(plan_of(call, now));
    if (plan->size == 0) {
      in_vain = call.queue();
    } else {
      handle(PhonesFree{ref, std::move(plan)}, now);
    }
  }
}

routing::RingPlan Switchboard::plan_of(const Call& call, Now now) const {
  const routing::Queue& queue = *call.queue();
  routing::RingPlan plan = routing::free_phones(LiveQuestion(*this, call, now).question, queue);
  const auto end =
      std::remove_if(plan.entries.begin(), plan.entries.begin() + plan.size,
                     [&](const routing::RingPlan::Entry& entry) {
                       return queues_.rests(queue.key, entry.phone->line_key, now.mono);
                     });
  plan.size = static_cast<std::uint8_t>(end - plan.entries.begin());
  // The others are for who waits behind.
  const bool all_at_once = queue.group->ring == routing::RingStrategy::parallel;
  if (plan.size > 1 && !all_at_once) plan.size = 1;
  return plan;
}

void Switchboard::attempted(const Call& call, const NoteAttempt& attempt, Now now) {
  logbook_.attempted(*attempt.phone, attempt.result, now.wall);
  const routing::Queue* queue = call.queue();
  const bool was_willing = attempt.result == cdr::AttemptResult::answered ||
                           attempt.result == cdr::AttemptResult::cancelled;
  if (queue == nullptr || was_willing) return;
  queues_.rest(queue->key, attempt.phone->line_key, now.mono + queue->retry);
}

}  // namespace hotline::call
