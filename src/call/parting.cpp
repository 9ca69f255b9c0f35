// Parting: nobody talks to the caller. It is refused, with words before that where it has not been
// answered; an answered one hears them as it hears all else, and is hung up. A hotline may answer
// callers for these words.
//
//   caller          call
//     │◄── play ──────┤
//     ├── played out ►│
//     │◄── hang up ───┤ → Over
//
#include "hotline/base/contract.h"

#include "call/handlers.h"

namespace hotline::call {

void Handlers::give_up(Cause cause) {
  if (auto* hunting = std::get_if<Hunting>(&state())) {
    HOTLINE_EXPECT(hunting->ringing.empty());
    has_left(*hunting);
  }
  const std::string& words = routing::announcement_for(call.hotline_->announcements.get(), cause);
  const bool answers = call.hotline_->answers_refusals && !words.empty() && can_play();
  Parting parting{cdr::Party::server, cause, now.mono + kLongestPrompt};
  if (call.answered_) {
    if (words.empty()) return hang_up(parting);
    actions.push_back(PlayToCaller{call.ref_, {words}});
  } else {
    if (!answers) return refuse(cause);
    if (!call.answering_) begin_answer();
    parting.due = now.mono + kAnswerPatience;
  }
  state() = parting;
}

void Handlers::refuse(Cause cause) {
  actions.push_back(refusal_of(offered(), call.hotline_->announcements.get(), cause));
  const CauseCodes codes = codes_of(cause);
  const bool by_operator = cause == Cause::operator_ended;
  close(by_operator ? cdr::Party::operator_ : cdr::Party::server, cause, codes.status, codes.q850);
}

void Handlers::when(Parting& parting, const AnswerStored&) {
  if (!call.answering_) return;
  caller_is_answered();
  actions.push_back(AnswerCaller{call.ref_, {}, offered().offer});
  parting.due = now.mono + kLongestPrompt;
  actions.push_back(PlayToCaller{
      call.ref_, {routing::announcement_for(call.hotline_->announcements.get(), parting.cause)}});
}

void Handlers::when(Parting& parting, const StoreFailed&) {
  if (!call.answered_) refuse(parting.cause);
}

void Handlers::when(Parting&, const CallerCancelled&) {
  const CauseCodes codes = codes_of(Cause::cancelled);
  close(cdr::Party::caller, Cause::cancelled, codes.status, codes.q850);
}

void Handlers::hang_up(const Parting& parting) { end_all(parting.by, parting.cause); }

void Handlers::when(Parting& parting, const PlayedOut& event) {
  // Before the answer it is what was heard early that has ended.
  if (event.leg.is_caller() && call.answered_) hang_up(parting);
}

void Handlers::when(Parting& parting, const TimePassed&) {
  if (time_is_up() || now.mono < parting.due) return;
  if (!call.answered_) return refuse(parting.cause);
  hang_up(parting);
}

void Handlers::when(Parting&, const PhoneAnswered& event) { turn_away(event.leg); }

}  // namespace hotline::call
