// Hunting: the plan's phones ring, stage by stage, until one answers.
//
//   caller          call            phone A         phone B
//     │ offered ─────►│                │               │
//     │               ├── ring ───────►│               │
//     │◄── ringing ───┤◄── rang ───────┤               │
//     │               │◄── busy, no answer, silent ────┤ → the next stage
//     │               ├── ring ───────────────────────►│
//     │               │◄── answered ───────────────────┤ → Committing
//
#include <algorithm>

#include "hotline/base/contract.h"

#include "call/handlers.h"

namespace hotline::call {
namespace {

using cdr::AttemptResult;

auto find_told(std::vector<Ringing>& ringing) {
  return std::find_if(ringing.begin(), ringing.end(),
                      [](const Ringing& one) { return one.hears_whisper; });
}

auto find(std::vector<Ringing>& ringing, LegId leg) {
  return std::find_if(ringing.begin(), ringing.end(),
                      [&](const Ringing& one) { return one.leg == leg.number; });
}

}  // namespace

cdr::AttemptResult result_of(Failure how) {
  switch (how) {
    case Failure::busy:
      return AttemptResult::busy;
    case Failure::no_answer:
      return AttemptResult::no_answer;
    case Failure::declined:
      return AttemptResult::declined;
    case Failure::silent:
      return AttemptResult::silent;
    case Failure::failed:
      return AttemptResult::failed;
    case Failure::cancelled:
      return AttemptResult::cancelled;
    case Failure::at_capacity:
      return AttemptResult::at_capacity;
  }
  HOTLINE_EXPECT(false);
  return AttemptResult::failed;
}

// A call that hunts already goes on with what it has left of its time.
Hunting& Handlers::hunting_on() {
  auto* hunting = std::get_if<Hunting>(&state());
  if (hunting == nullptr) {
    hunting = &state().emplace<Hunting>();
    hunting->ends = now.mono + call.hotline_->hunt_max;
  }
  has_left(*hunting);
  return *hunting;
}

void Handlers::hunt() { begin_plan(hunting_on()); }

void Handlers::begin_plan(Hunting& hunting) {
  hunting.next = 0;
  hunting.plan_began = now.mono;
  hunting.attempts_before = record().attempts.size();
  prepare_recording();
  ring_next_stage(hunting);
  if (!call.answered_ || hunting.hears_music || hunting.ringing.empty()) return;
  // Its own carrier does not tell an answered caller that it rings.
  const std::string ringback = next_ringback(hunting, *hunting.ringing.front().phone);
  if (!ringback.empty()) actions.push_back(PlayToCaller{call.ref_, {}, ringback});
}

void Handlers::ring_next_stage(Hunting& hunting) {
  if (hunting.next == plan().size) return plan_is_used_up(hunting);
  const std::uint8_t stage = plan().entries[hunting.next].stage;
  while (hunting.next < plan().size && plan().entries[hunting.next].stage == stage) {
    ring(hunting, *plan().entries[hunting.next].phone);
    ++hunting.next;
  }
  hunting.stage_due = Instant::max();
  if (hunting.next == plan().size) return;
  const std::uint16_t after_s = plan().entries[hunting.next].after_s;
  if (after_s != routing::RingPlan::kWhenOthersFailed) {
    hunting.stage_due = hunting.plan_began + Seconds(after_s);
  }
}

// The group says where the call goes on. Phones that could not be reached are like phones that do
// not answer, but a caller is told the difference.
void Handlers::plan_is_used_up(Hunting& hunting) {
  hunting.stage_due = Instant::max();
  if (hunting.queue != nullptr) return;  // it waits on
  const routing::Group& group = *plan().group;
  const auto why = why_nobody_answered(hunting);
  const routing::Failed failed = why.value_or(routing::Failed::no_answer);
  const bool busy = failed == routing::Failed::busy;
  const auto* cause = std::get_if<Cause>(busy ? &group.on_busy : &group.on_no_answer);
  if (cause == nullptr) {
    actions.push_back(SeekFurther{SeekFurther::PlanUsedUp{&group, failed}});
  } else {
    give_up(why ? *cause : Cause::trunk_failed);
  }
}

void Handlers::when(Hunting&, const PlanMade& event) { take_over(*event.decision); }

void Handlers::ring(Hunting& hunting, const routing::Phone& phone) {
  hunting.ringing.push_back(ring(phone, shown(), offered().offer));
}

Shown Handlers::shown() const {
  const bool by_name = call.hotline_->present == routing::Present::caller;
  const bool hidden = by_name && call.record_.presented.empty();
  return {by_name ? offered().caller_name : std::string(),
          hidden ? offered().asserted : std::string(), offered().hops_left - 1};
}

// `offer`: empty where the caller is played to, in its codec.
Ringing Handlers::ring(const routing::Phone& phone, const Shown& shown, const Media& offer) {
  const std::uint32_t number = ++call.legs_;
  actions.push_back(RingPhone{leg(number), phone.address, phone.line_key, phone.lines,
                              record().presented, shown.caller_name, shown.asserted,
                              record().hotline, shown.hops_left, offer, call.played_});
  return Ringing{number, &phone, now, now.mono + phone.ring};
}

void Handlers::when(Hunting& hunting, const PhoneRang& event) {
  if (!record().first_ring) record().first_ring = now.wall;
  const auto found = find(hunting.ringing, event.leg);
  if (found == hunting.ringing.end() || hunting.hears_music) return;
  const std::string ringback = next_ringback(hunting, *found->phone);
  if (call.answered_) {
    if (!ringback.empty()) actions.push_back(PlayToCaller{call.ref_, {}, ringback});
    return;
  }
  const bool passes = call.hotline_->early_media == routing::EarlyMedia::phone;
  if (hunting.told_ringing && !passes && ringback.empty()) return;
  hunting.told_ringing = true;
  actions.push_back(TellRinging{call.ref_, passes ? event.early : Media{}, ringback});
}

// Music goes on unbroken while phones change, unless the next one has other music.
std::string Handlers::next_ringback(Hunting& hunting, const routing::Phone& phone) {
  if (!call.answered_ && !(call.played_ && call.hotline_->plays_ringback)) return "";
  std::string wanted = routing::ringback_of(*call.hotline_, call.hunt_->menu, *plan().group, phone);
  if (wanted.empty() && call.answered_) wanted = "tone";
  if (wanted == hunting.ringback) return "";
  return hunting.ringback = wanted;
}

void Handlers::when(Hunting& hunting, const PhoneAnswered& event) {
  const auto found = find(hunting.ringing, event.leg);
  if (found == hunting.ringing.end()) return turn_away(event.leg);
  if (has_to_confirm(*found)) return ask_to_confirm(*found, event);
  // A phone that offered is confirmed with the caller's answer, once that is there.
  if (!is_delayed_offer()) actions.push_back(ConfirmPhone{event.leg, {}});
  accept(hunting, found, event);
}

// The phone has the call. Where its group has something to say to it first, the caller hears the
// ringing until that has been said.
void Handlers::accept(Hunting& hunting, std::vector<Ringing>::iterator found,
                      const PhoneAnswered& event) {
  const std::string& whisper = routing::whisper_of(*call.hotline_, *plan().group);
  if (whisper.empty() || !call.played_) return take(hunting, found, event);
  Ringing winner = *found;
  winner.answered = std::make_shared<const PhoneAnswered>(event);
  winner.hears_whisper = true;
  winner.gives_up = now.mono + kLongestWhisper;
  hunting.ringing.erase(found);
  stop_ringing(hunting, AttemptResult::cancelled, true);
  hunting.ringing.push_back(std::move(winner));
  actions.push_back(PlayToPhone{event.leg, whisper, true});
}

void Handlers::phone_was_told(Hunting& hunting, LegId phone) {
  const auto found = find(hunting.ringing, phone);
  if (found != hunting.ringing.end() && found->hears_whisper) whisper_is_over(hunting, found);
}

void Handlers::whisper_is_over(Hunting& hunting, std::vector<Ringing>::iterator found) {
  const auto answered = found->answered;
  take(hunting, found, *answered);
}

// A voicemail box that answers, or a pocket, is not to win the call.
bool Handlers::has_to_confirm(const Ringing& ringing) const {
  return ringing.phone->confirm > Seconds(0) && call.hotline_->confirm_prompt && call.played_;
}

void Handlers::ask_to_confirm(Ringing& ringing, const PhoneAnswered& event) {
  ringing.answered = std::make_shared<const PhoneAnswered>(event);
  ringing.gives_up = now.mono + ringing.phone->confirm;
  actions.push_back(ConfirmPhone{event.leg, {}});
  actions.push_back(PlayToPhone{event.leg, call.hotline_->confirm_prompt->path});
}

void Handlers::when(Hunting& hunting, const KeyPressed& event) {
  constexpr char kTakesTheCall = '1';
  if (event.leg.is_caller()) return leave_by(hunting, event.key);
  const auto found = find(hunting.ringing, event.leg);
  const bool has_to_press =
      found != hunting.ringing.end() && found->answered && !found->hears_whisper;
  if (!has_to_press || event.key != kTakesTheCall) return;
  const auto answered = found->answered;
  accept(hunting, found, *answered);
}

void Handlers::take(Hunting& hunting, std::vector<Ringing>::iterator found,
                    const PhoneAnswered& event) {
  const Ringing winner = *found;
  hunting.ringing.erase(found);
  has_left(hunting);
  note_attempt(winner, AttemptResult::answered, 200);
  stop_ringing(hunting, AttemptResult::cancelled, true);
  record().answered_by = name_of(*winner.phone);
  record().phone_province = routing::province_of(winner.phone->address, *call.snapshot_->regions);
  record().phone_leg_id = event.leg_id;
  name_recording();
  journal_answer(winner, event);
  actions.push_back(BridgePhone{event.leg});
  state() = Committing{winner, event.answer, now.mono + kAnswerPatience};
}

// A phone answered, and hung up instead of pressing the key.
void Handlers::when(Hunting& hunting, const HungUp& event) {
  if (event.leg.is_caller()) return caller_hung_up(event);
  const auto found = find(hunting.ringing, event.leg);
  if (found == hunting.ringing.end()) return;
  note_attempt(*found, AttemptResult::not_accepted, 200);
  hunting.ringing.erase(found);
  if (hunting.ringing.empty()) ring_next_stage(hunting);
}

void Handlers::when(Hunting& hunting, const PhoneFailed& event) {
  const auto found = find(hunting.ringing, event.leg);
  if (found == hunting.ringing.end()) return;  // cancelled before: noted then
  note_attempt(*found, result_of(event.how), event.status);
  hunting.ringing.erase(found);
  if (hunting.ringing.empty()) ring_next_stage(hunting);
}

void Handlers::when(Hunting& hunting, const TimePassed&) {
  if (time_is_up()) return;
  if (const auto told = find_told(hunting.ringing); told != hunting.ringing.end()) {
    if (now.mono >= told->gives_up) whisper_is_over(hunting, told);
    return;
  }
  if (now.mono >= hunting.ends) return hunt_is_over(hunting);
  if (now.mono >= hunting.waits_until) {
    return leave_queue(hunting, routing::Left::waited, nullptr);
  }
  if (now.mono >= hunting.says_next) {
    hunting.says_next = Instant::max();
    actions.push_back(AskPlace{});
  }
  stop_late_phones(hunting);
  const bool waits = hunting.queue != nullptr && hunting.ringing.empty();
  if (waits) return;
  if (hunting.ringing.empty() || now.mono >= hunting.stage_due) ring_next_stage(hunting);
}

void Handlers::hunt_is_over(Hunting& hunting) {
  stop_ringing(hunting, AttemptResult::no_answer, false);
  const routing::Target& target =
      hunting.queue == nullptr ? plan().group->on_no_answer : hunting.queue->on_timeout;
  has_left(hunting);
  const auto* cause = std::get_if<Cause>(&target);
  give_up(cause == nullptr ? Cause::no_answer : *cause);
}

void Handlers::stop_late_phones(Hunting& hunting) {
  for (auto one = hunting.ringing.begin(); one != hunting.ringing.end();) {
    if (now.mono < one->gives_up) {
      ++one;
      continue;
    }
    stop(*one, false);
    note_attempt(*one, one->answered ? AttemptResult::not_accepted : AttemptResult::no_answer,
                 one->answered ? 200 : 0);
    one = hunting.ringing.erase(one);
  }
}

void Handlers::stop_ringing(Hunting& hunting, AttemptResult result, bool elsewhere) {
  for (const Ringing& one : hunting.ringing) {
    stop(one, elsewhere);
    note_attempt(one, result, 0);
  }
  hunting.ringing.clear();
}

void Handlers::stop(const Ringing& ringing, bool elsewhere) {
  if (ringing.answered) {
    actions.push_back(HangUp{leg(ringing.leg), Cause::hung_up});
  } else {
    actions.push_back(CancelPhone{leg(ringing.leg), elsewhere});
  }
}

void Handlers::note_attempt(const Ringing& ringing, AttemptResult result, int status) {
  record().attempts.push_back(cdr::Attempt{name_of(*ringing.phone), ringing.started.wall,
                                           now.mono - ringing.started.mono, result, status});
  actions.push_back(NoteAttempt{ringing.phone, result});
}

// A phone that rang outweighs a busy one, a busy one outweighs one that could not be reached.
// Returns: nullopt: none could be reached.
std::optional<routing::Failed> Handlers::why_nobody_answered(const Hunting& hunting) const {
  std::optional<routing::Failed> why;
  const auto& attempts = call.record_.attempts;
  for (std::size_t i = hunting.attempts_before; i < attempts.size(); ++i) {
    switch (attempts[i].result) {
      case AttemptResult::no_answer:
      case AttemptResult::declined:
      case AttemptResult::not_accepted:
        return routing::Failed::no_answer;
      case AttemptResult::busy:
      case AttemptResult::at_capacity:
        why = routing::Failed::busy;
        break;
      case AttemptResult::silent:
      case AttemptResult::failed:
      case AttemptResult::cancelled:
      case AttemptResult::answered:
        break;
    }
  }
  return why;
}

}  // namespace hotline::call
