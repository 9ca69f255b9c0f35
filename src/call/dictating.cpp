// Dictating: the caller is in a voicemail box. It is answered first, pays from there, and is
// recorded alone from the beep until it hangs up, presses # or has said enough.
//
//   caller          call            store
//     │               ├── journal answer ─►│
//     │◄── answer ────┤◄── answer stored ──┤  (where it is not answered yet)
//     │◄── prompt, beep
//     ├── message ───►│ recorded
//
#include "hotline/cdr/recording_name.h"

#include "call/handlers.h"

namespace hotline::call {

void Handlers::open_box(const routing::Voicemail& box) {
  if (auto* hunting = std::get_if<Hunting>(&state())) has_left(*hunting);
  Dictating& dictating = state().emplace<Dictating>();
  dictating.box = &box;
  dictating.due = now.mono + kAnswerPatience;
  if (call.answered_) return say_what_to_do(dictating);
  if (!call.answering_) begin_answer();
}

void Handlers::when(Dictating& dictating, const AnswerStored&) {
  if (!call.answering_) return;
  caller_is_answered();
  actions.push_back(AnswerCaller{call.ref_, {}, offered().offer});
  say_what_to_do(dictating);
}

// Live calls go on while the store is in trouble.
void Handlers::when(Dictating&, const StoreFailed&) {
  if (!call.answered_) give_up(Cause::store_down);
}

void Handlers::say_what_to_do(Dictating& dictating) {
  dictating.due = now.mono + kLongestPrompt;
  PlayToCaller play{call.ref_, {}};
  if (!dictating.box->prompt->path.empty()) play.once.push_back(dictating.box->prompt->path);
  play.once.push_back("beep");
  actions.push_back(std::move(play));
}

void Handlers::when(Dictating& dictating, const PlayedOut& event) {
  if (!event.leg.is_caller() || !call.answered_ || dictating.is_recorded) return;
  dictating.is_recorded = true;
  dictating.due = now.mono + dictating.box->longest;
  const number::Number& caller = offered().caller;
  record().recording = cdr::recording_name(
      call.snapshot_->recording_name,
      {record().hotline, record().id.to_string(), caller.e164, "voicemail", now.wall});
  actions.push_back(RecordCall{leg(0), record().id, record().recording, {}});
}

void Handlers::when(Dictating& dictating, const KeyPressed& event) {
  constexpr char kDone = '#';
  if (!event.leg.is_caller() || !dictating.is_recorded || event.key != kDone) return;
  end_all(cdr::Party::caller, Cause::hung_up);
}

void Handlers::when(Dictating& dictating, const TimePassed&) {
  if (time_is_up() || now.mono < dictating.due) return;
  if (!call.answered_) return give_up(Cause::store_down);
  end_all(cdr::Party::server, Cause::hung_up);
}

void Handlers::when(Dictating&, const CallerCancelled&) {
  const CauseCodes codes = codes_of(Cause::cancelled);
  close(cdr::Party::caller, Cause::cancelled, codes.status, codes.q850);
}

void Handlers::when(Dictating&, const PhoneAnswered& event) { turn_away(event.leg); }

}  // namespace hotline::call
