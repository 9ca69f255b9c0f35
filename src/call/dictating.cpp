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
  Dictating dictating;
  dictating.box = &box;
  enter(std::move(dictating));
}

void Handlers::speak(Dictating& dictating) {
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
  journal_answer(nullptr);  // again: a restart has to find the message
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

}  // namespace hotline::call
