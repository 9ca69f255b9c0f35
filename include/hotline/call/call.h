// One admitted call, from its first ring to its record: a value, changed by one function.
//
//   Hunting ──phone answered──► Committing ──answer durable──► Talking ──► Over
//      │ nobody · caller gave up     │ store failed · caller gave up          ▲
//      └─────────────────────────────┴────────────────────────────────────────┘
//
// No I/O, no clock: the same events at the same times give the same actions. Call thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hotline/billing/meter.h"
#include "hotline/call/action.h"
#include "hotline/call/event.h"
#include "hotline/cdr/record.h"
#include "hotline/routing/decision.h"

namespace hotline::call {

// How long the store may take to make an answer durable.
inline constexpr Milliseconds kAnswerPatience{2000};

// A phone that rings.
struct Ringing {
  std::uint32_t leg = 0;
  const routing::Phone* phone = nullptr;
  Now started;
  Instant gives_up;  // its ring time is over, or that for the key
  std::shared_ptr<const PhoneAnswered> answered = nullptr;  // it has to press the key yet
};

struct Hunting {
  std::uint8_t next = 0;  // the plan's first entry not yet rung
  std::vector<Ringing> ringing;
  Instant plan_began;
  std::size_t attempts_before = 0;     // this plan's
  Instant stage_due = Instant::max();  // the next stage rings then, whoever else still does
  Instant ends;                        // the hotline's hunt_max_s
  bool told_ringing = false;
  std::string ringback;  // what the caller hears of ours
};

// A phone answered; the caller hears of it once that is durable.
struct Committing {
  Ringing winner;
  Media answer;
  Instant gives_up;
};

struct Talking {
  billing::Meter meter;
  std::uint32_t leg = 0;
  const routing::Phone* phone = nullptr;
  Instant longest;         // the package's call_max_s
  bool confirmed = false;  // the caller has confirmed our answer
  int units_asked = 0;     // waiting for UnitsReserved
};

struct Over {};

using State = std::variant<Hunting, Committing, Talking, Over>;

// What a call is made of when it is admitted.
struct Admitted {
  CallRef call;
  std::shared_ptr<const routing::Snapshot> snapshot;
  const routing::Hotline* hotline = nullptr;  // of that snapshot
  const billing::Tariff* tariff = nullptr;    // of that snapshot: of the package or a rate of it
  routing::RingPlan plan;
  cdr::Record draft;
  CallOffered offered;
};

// The refusal of a caller whom no phone has answered, with what it is told where it can be told.
RefuseCaller refusal_of(const CallOffered& offered, const routing::Announcements* announcements,
                        Cause cause);

class Call {
 public:
  explicit Call(Admitted admitted)
      : ref_(admitted.call),
        snapshot_(std::move(admitted.snapshot)),
        hotline_(admitted.hotline),
        tariff_(admitted.tariff),
        record_(std::move(admitted.draft)),
        delayed_offer_(admitted.offered.offer.empty()),
        played_(admitted.offered.playing == Playing::possible &&
                (admitted.hotline->plays_ringback || admitted.hotline->confirm_prompt)),
        hunt_(std::make_unique<Hunt>(Hunt{admitted.plan, std::move(admitted.offered)})) {}

  // Journals the call and rings the first phones.
  Actions begin(Now now);
  Actions on(const Event& event, Now now);

  // When it wants a TimePassed: its earliest deadline.
  Instant wake_at() const;
  bool is_over() const { return std::holds_alternative<Over>(state_); }

  CallRef ref() const { return ref_; }
  const State& state() const { return state_; }
  const cdr::Record& record() const { return record_; }
  const routing::Phone* talking_phone() const;  // null: none does
  const routing::Hotline& hotline() const { return *hotline_; }
  const routing::Snapshot& snapshot() const { return *snapshot_; }
  // Requires: no phone has answered.
  const number::Number& caller() const { return hunt_->offered.caller; }
  const std::string& account() const { return hotline_->account; }
  const billing::Tariff& tariff() const { return *tariff_; }

 private:
  friend struct Handlers;  // the when(State&, Event&) functions, one room each in src/call

  // What the hunt for a phone needs. It goes with the answer: most of a call's life is talk.
  struct Hunt {
    routing::RingPlan plan;
    CallOffered offered;
  };

  CallRef ref_;
  std::shared_ptr<const routing::Snapshot> snapshot_;
  const routing::Hotline* hotline_;  // of that snapshot
  const billing::Tariff* tariff_;    // of that snapshot
  cdr::Record record_;
  bool delayed_offer_;  // the phone that answers makes the offer
  bool played_;         // to the caller, or to a phone: in one codec for both
  std::unique_ptr<Hunt> hunt_;
  State state_ = Hunting{};
  Instant began_;
  std::uint32_t legs_ = 0;
  Money reserved_;
};

}  // namespace hotline::call
