// Surveying: the phone has hung up, and the hotline asks the caller how it was. The caller pays
// until it is hung up.
//
//   caller          call            phone
//     │               │◄── hung up ────┤
//     │◄── question ──┤
//     ├── 1 … 5 ─────►│ → Parting, with thanks
//     │               │ no key in time → Over
//
#include "call/handlers.h"

namespace hotline::call {
namespace {

constexpr Seconds kForAKey{6};  // from the question's end

}  // namespace

void Handlers::ask_the_caller() {
  state() = Surveying{now.mono + kLongestPrompt};
  actions.push_back(PlayToCaller{call.ref_, {call.hotline_->survey->path}});
}

void Handlers::when(Surveying& surveying, const PlayedOut& event) {
  if (!event.leg.is_caller() || !surveying.is_prompted) return;
  surveying.is_prompted = false;
  surveying.due = now.mono + kForAKey;
}

void Handlers::when(Surveying&, const KeyPressed& event) {
  if (!event.leg.is_caller() || event.key < '1' || event.key > '5') return;
  record().survey = static_cast<std::uint8_t>(event.key - '0');
  const Parting parting{cdr::Party::phone, Cause::hung_up, now.mono + kLongestPrompt};
  const routing::PromptRef& thanks = call.hotline_->survey_thanks;
  if (!thanks || thanks->path.empty()) return hang_up(parting);
  actions.push_back(PlayToCaller{call.ref_, {thanks->path}});
  state() = parting;
}

void Handlers::when(Surveying& surveying, const TimePassed&) {
  if (time_is_up() || now.mono < surveying.due) return;
  end_all(cdr::Party::phone, Cause::hung_up);
}

}  // namespace hotline::call
