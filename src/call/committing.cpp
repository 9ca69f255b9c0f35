// Committing: a phone has answered and is confirmed; the caller's answer waits until the journal
// holds both legs. Nothing is charged before the caller is answered.
//
//   caller          call            phone           store
//     │               ├── journal answer ─────────────►│
//     │               ├── confirm ────►│               │  (not where the phone offers)
//     │◄── answer ────┤◄── answer stored ──────────────┤ → Talking
//     │◄── refuse ────┤── hang up ────►│   failed, or silent for two seconds
//
#include "hotline/base/lasting.h"

#include "call/handlers.h"

namespace hotline::call {

void Handlers::when(Committing& committing, const AnswerStored&) {
  if (!call.answered_) {
    caller_is_answered();
    actions.push_back(AnswerCaller{call.ref_, committing.answer});
  }
  begin_talk(committing);
}

void Handlers::begin_talk(const Committing& committing) {
  record().bridged = now.wall;
  begin_recording(committing.winner.leg);
  const Lasting lasting;
  if (call.hotline_->transfers.to_phones && call.played_) {
    call.shown_ = std::make_unique<const Shown>(shown());
  }
  call.hunt_.reset();
  record() = cdr::Record(record());  // what it has gathered moves to where it stays
  const Ringing winner = committing.winner;
  state() = Talking{winner.leg, winner.phone};
  if (!call.snapshot_->credit_tone || !call.hears_tones_) return;
  call.answered_->looks_ahead = now.mono;
  look_ahead();
}

// Live calls go on while the store is in trouble, and an answered caller is one.
void Handlers::when(Committing& committing, const StoreFailed&) {
  if (call.answered_) return begin_talk(committing);
  drop_answer(committing, cdr::Party::server, Cause::store_down);
}

void Handlers::when(Committing& committing, const TimePassed&) {
  if (time_is_up() || now.mono < committing.gives_up) return;
  if (call.answered_) return begin_talk(committing);
  drop_answer(committing, cdr::Party::server, Cause::store_down);
}

// The phone answered and hung up within the moment that the store took.
void Handlers::when(Committing& committing, const HungUp& event) {
  if (event.leg.is_caller()) return caller_hung_up(event);
  if (event.leg.number != committing.winner.leg) return;  // a phone that lost
  const CauseCodes codes = codes_of(Cause::no_answer);
  if (call.answered_) {
    actions.push_back(HangUp{leg(0), Cause::no_answer});
    return end_talk(event, cdr::Party::phone, Cause::no_answer, codes.q850);
  }
  actions.push_back(RefuseCaller{call.ref_, Cause::no_answer});
  close(cdr::Party::phone, Cause::no_answer, codes.status, codes.q850);
}

void Handlers::drop_answer(Committing& committing, cdr::Party by, Cause cause) {
  actions.push_back(HangUp{leg(committing.winner.leg), cause});
  actions.push_back(RefuseCaller{call.ref_, cause});
  const CauseCodes codes = codes_of(cause);
  close(by, cause, codes.status, codes.q850);
}

}  // namespace hotline::call
