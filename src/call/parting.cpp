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
  const auto* hunting = std::get_if<Hunting>(&state());
  HOTLINE_EXPECT(hunting == nullptr || hunting->ringing.empty());
  const bool has_words =
      !routing::announcement_for(call.hotline_->announcements.get(), cause).empty();
  const Parting parting{cdr::Party::server, cause, {}};
  if (call.answered_) return has_words ? enter(parting) : hang_up(parting);
  const bool answers = call.hotline_->answers_refusals && has_words && can_play();
  return answers ? enter(parting) : refuse(cause);
}

void Handlers::speak(Parting& parting) {
  parting.due = now.mono + kLongestPrompt;
  actions.push_back(PlayToCaller{
      call.ref_, {routing::announcement_for(call.hotline_->announcements.get(), parting.cause)}});
}

void Handlers::refuse(Cause cause) {
  actions.push_back(refusal_of(offered(), call.hotline_->announcements.get(), cause));
  const CauseCodes codes = codes_of(cause);
  const bool by_operator = cause == Cause::operator_ended;
  close(by_operator ? cdr::Party::operator_ : cdr::Party::server, cause, codes.status, codes.q850);
}

void Handlers::when(Parting& parting, const StoreFailed&) {
  if (!call.answered_) refuse(parting.cause);
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

}  // namespace hotline::call
