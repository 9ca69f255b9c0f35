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
  record().answered = now.wall;
  record().ring = now.mono - call.began_;
  actions.push_back(AnswerCaller{call.ref_, committing.answer});
  const Instant longest = now.mono + call.hotline_->package->call_max;
  call.hunt_.reset();
  const Lasting lasting;
  record() = cdr::Record(record());  // what it has gathered moves to where it stays
  const Ringing winner = committing.winner;
  state() = Talking{billing::Meter(call.tariff(), now.mono), winner.leg, winner.phone, longest};
}

void Handlers::when(Committing& committing, const StoreFailed&) {
  drop_answer(committing, cdr::Party::server, Cause::store_down);
}

void Handlers::when(Committing& committing, const TimePassed&) {
  if (now.mono < committing.gives_up) return;
  drop_answer(committing, cdr::Party::server, Cause::store_down);
}

void Handlers::when(Committing& committing, const CallerCancelled&) {
  actions.push_back(HangUp{leg(committing.winner.leg), Cause::cancelled});
  const CauseCodes codes = codes_of(Cause::cancelled);
  close(cdr::Party::caller, Cause::cancelled, codes.status, codes.q850);
}

void Handlers::when(Committing& committing, const CallerLost&) {
  actions.push_back(HangUp{leg(committing.winner.leg), Cause::caller_lost});
  lose_caller();
}

// The phone answered and hung up within the moment that the store took.
void Handlers::when(Committing&, const HungUp& event) {
  if (event.leg.is_caller()) return;  // no caller hangs up before it is answered
  actions.push_back(RefuseCaller{call.ref_, Cause::no_answer});
  const CauseCodes codes = codes_of(Cause::no_answer);
  close(cdr::Party::phone, Cause::no_answer, codes.status, codes.q850);
}

void Handlers::when(Committing&, const MediaOffered& event) {
  constexpr int kRequestPending = 491;
  actions.push_back(RejectMedia{event.leg, kRequestPending});
}

void Handlers::when(Committing&, const PhoneAnswered& event) { turn_away(event.leg); }

void Handlers::when(Committing& committing, const EndRequested& event) {
  const bool by_operator = event.cause == Cause::operator_ended;
  drop_answer(committing, by_operator ? cdr::Party::operator_ : cdr::Party::server, event.cause);
}

void Handlers::drop_answer(Committing& committing, cdr::Party by, Cause cause) {
  actions.push_back(HangUp{leg(committing.winner.leg), cause});
  actions.push_back(RefuseCaller{call.ref_, cause});
  const CauseCodes codes = codes_of(cause);
  close(by, cause, codes.status, codes.q850);
}

}  // namespace hotline::call
