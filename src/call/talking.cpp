// Talking: both sides are connected; what one says of its media goes to the other.
//
//   caller          call            phone
//     │◄── answer ────┤                │
//     ├── confirmed ─►│                │
//     ├── media … ───►├── media … ────►│  (hold, resume, another codec)
//     │◄── hang up ───┤◄── hang up ────┤ → Over
//
#include <utility>

#include "call/handlers.h"

namespace hotline::call {

void Handlers::when(Talking& talking, const CallerConfirmed& event) {
  caller_confirmed();
  if (is_delayed_offer()) actions.push_back(ConfirmPhone{leg(talking.leg), event.answer});
}

void Handlers::when(Talking& talking, const HungUp& event) {
  const bool by_caller = event.leg.is_caller();
  if (!by_caller && event.leg.number != talking.leg) return;  // a phone that lost
  lives(event.leg);
  const bool asks = call.hotline_->survey && !call.hotline_->survey->path.empty() && call.played_;
  if (!by_caller && asks) return ask_the_caller();
  const LegId other = by_caller ? leg(talking.leg) : leg(0);
  actions.push_back(HangUp{other, Cause::hung_up});
  end_talk(event, by_caller ? cdr::Party::caller : cdr::Party::phone, Cause::hung_up, event.q850);
}

void Handlers::when(Talking& talking, const MediaOffered& event) {
  actions.push_back(OfferMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.offer});
}

void Handlers::when(Talking& talking, const MediaWithdrawn& event) {
  actions.push_back(WithdrawMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0)});
}

void Handlers::when(Talking& talking, const MediaAccepted& event) {
  actions.push_back(AcceptMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.answer});
  actions.push_back(JournalMedia{call.ref_, record().id});
}

void Handlers::when(Talking& talking, const MediaRejected& event) {
  actions.push_back(RejectMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.status});
  actions.push_back(JournalMedia{call.ref_, record().id});  // our offer had a number of its own
}

void Handlers::when(Talking& talking, const MediaConfirmed& event) {
  actions.push_back(ConfirmMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.answer});
  actions.push_back(JournalMedia{call.ref_, record().id});
}

// Keys in the audio travel with it.
void Handlers::when(Talking& talking, const KeyPressed& event) {
  const bool by_caller = event.leg.is_caller();
  if (!event.by_message || (!by_caller && event.leg.number != talking.leg)) return;
  actions.push_back(PassKey{by_caller ? leg(talking.leg) : leg(0), event.key});
}

// The session counted as alive until now, so the call is billed until now.
void Handlers::when(Talking& talking, const SessionExpired& event) {
  const bool by_caller = event.leg.is_caller();
  if (!by_caller && event.leg.number != talking.leg) return;  // a phone that lost
  end_all(by_caller ? cdr::Party::caller : cdr::Party::phone, Cause::session_expired);
}

// Who has hung up is not known, but when the last word was.
void Handlers::when(Talking&, const MediaLost& event) {
  actions.push_back(HangUp{leg(0), Cause::media_lost});
  drop_phones(Cause::media_lost);
  end_talk(event.last_heard, cdr::Party::server, Cause::media_lost, cdr::EndEvidence::media,
           codes_of(Cause::media_lost).q850);
}

void Handlers::when(Talking&, const TimePassed&) {
  if (!time_is_up()) look_ahead();
}

}  // namespace hotline::call
