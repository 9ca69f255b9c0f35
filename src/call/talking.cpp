// Talking: both sides are connected. The meter asks for the next unit before the paid time ends
// and again at its end; the call lives exactly as long as it is paid for.
//
//   caller          call            phone           accounts
//     │◄── answer ────┤                │               │
//     ├── confirmed ─►│                │               │
//     │               ├── reserve units ──────────────►│
//     │               │◄── units reserved ─────────────┤ … until none is left
//     │◄── hang up ───┤── hang up ────►│               │ → Over, at the boundary
//
#include <algorithm>

#include "call/handlers.h"

namespace hotline::call {

void Handlers::when(Talking& talking, const CallerConfirmed& event) {
  talking.confirmed = true;
  if (is_delayed_offer()) actions.push_back(ConfirmPhone{leg(talking.leg), event.answer});
}

// Nobody proved that the caller heard a word: nothing is billed.
void Handlers::when(Talking& talking, const CallerLost&) {
  actions.push_back(HangUp{leg(talking.leg), Cause::caller_lost});
  const CauseCodes codes = codes_of(Cause::caller_lost);
  record().talk = now.mono - talking.meter.answered();
  close(cdr::Party::caller, Cause::caller_lost, codes.status, codes.q850);
}

void Handlers::when(Talking& talking, const HungUp& event) {
  const bool by_caller = event.leg.is_caller();
  if (!by_caller && event.leg.number != talking.leg) return;  // a phone that lost
  const LegId other = by_caller ? leg(talking.leg) : leg(0);
  actions.push_back(HangUp{other, Cause::hung_up});
  end_talk(talking, by_caller ? cdr::Party::caller : cdr::Party::phone, Cause::hung_up,
           cdr::EndEvidence::bye, event.q850);
}

void Handlers::when(Talking& talking, const MediaOffered& event) {
  actions.push_back(OfferMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.offer});
}

void Handlers::when(Talking& talking, const MediaWithdrawn& event) {
  actions.push_back(WithdrawMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0)});
}

void Handlers::when(Talking& talking, const MediaAccepted& event) {
  actions.push_back(AcceptMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.answer});
}

void Handlers::when(Talking& talking, const MediaRejected& event) {
  actions.push_back(RejectMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.status});
}

void Handlers::when(Talking& talking, const MediaConfirmed& event) {
  actions.push_back(ConfirmMedia{event.leg.is_caller() ? leg(talking.leg) : leg(0), event.answer});
}

// The session counted as alive until now, so the call is billed until now.
void Handlers::when(Talking& talking, const SessionExpired& event) {
  const bool by_caller = event.leg.is_caller();
  if (!by_caller && event.leg.number != talking.leg) return;  // a phone that lost
  actions.push_back(HangUp{leg(0), Cause::session_expired});
  actions.push_back(HangUp{leg(talking.leg), Cause::session_expired});
  end_talk(talking, by_caller ? cdr::Party::caller : cdr::Party::phone, Cause::session_expired,
           cdr::EndEvidence::bye, codes_of(Cause::session_expired).q850);
}

// Who has hung up is not known, but when the last word was.
void Handlers::when(Talking& talking, const MediaLost& event) {
  actions.push_back(HangUp{leg(0), Cause::media_lost});
  actions.push_back(HangUp{leg(talking.leg), Cause::media_lost});
  end_talk(talking, std::clamp(event.last_heard, talking.meter.answered(), now.mono),
           cdr::Party::server, Cause::media_lost, cdr::EndEvidence::media,
           codes_of(Cause::media_lost).q850);
}

void Handlers::when(Talking& talking, const TimePassed&) {
  if (now.mono >= talking.longest) {
    actions.push_back(HangUp{leg(0), Cause::longest_call});
    actions.push_back(HangUp{leg(talking.leg), Cause::longest_call});
    return end_talk(talking, cdr::Party::server, Cause::longest_call, cdr::EndEvidence::bye,
                    codes_of(Cause::longest_call).q850);
  }
  if (now.mono >= talking.meter.asks_at()) ask_for_units(talking);
}

void Handlers::when(Talking& talking, const MoneyArrived&) {
  if (talking.meter.units_due(now.mono) > 0) ask_for_units(talking);
}

void Handlers::when(Talking& talking, const UnitsReserved& event) {
  talking.meter.extend(event.units, talking.units_asked);
  talking.units_asked = 0;
  call.reserved_ += event.amount;
  if (event.units > 0) actions.push_back(JournalPaid{record().id, talking.meter.paid()});
  if (now.mono < talking.meter.boundary()) return;
  actions.push_back(HangUp{leg(0), Cause::credit_ended});
  actions.push_back(HangUp{leg(talking.leg), Cause::credit_ended});
  end_talk(talking, cdr::Party::server, Cause::credit_ended, cdr::EndEvidence::credit,
           codes_of(Cause::credit_ended).q850);
}

void Handlers::when(Talking& talking, const EndRequested& event) {
  actions.push_back(HangUp{leg(0), event.cause});
  actions.push_back(HangUp{leg(talking.leg), event.cause});
  const bool by_operator = event.cause == Cause::operator_ended;
  end_talk(talking, by_operator ? cdr::Party::operator_ : cdr::Party::server, event.cause,
           cdr::EndEvidence::bye, codes_of(event.cause).q850);
}

void Handlers::when(Talking&, const PhoneAnswered& event) { turn_away(event.leg); }

void Handlers::ask_for_units(Talking& talking) {
  talking.units_asked = talking.meter.units_due(now.mono);
  actions.push_back(ReserveUnits{talking.meter.units(), talking.units_asked});
}

void Handlers::end_talk(Talking& talking, cdr::Party by, Cause cause, cdr::EndEvidence evidence,
                        int q850) {
  end_talk(talking, now.mono, by, cause, evidence, q850);
}

void Handlers::end_talk(Talking& talking, Instant end, cdr::Party by, Cause cause,
                        cdr::EndEvidence evidence, int q850) {
  record().talk = end - talking.meter.answered();
  record().billable = talking.meter.billable(end);
  record().evidence = evidence;
  constexpr int kAnswered = 200;
  close(by, cause, kAnswered, q850);
}

}  // namespace hotline::call
