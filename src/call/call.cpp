// The one writer of a call's state: hands each event to the handler of its pair.
#include "hotline/call/call.h"

#include <algorithm>

#include "hotline/base/contract.h"

#include "call/charge.h"
#include "call/handlers.h"
#include "call/ignored.h"

namespace hotline::call {
namespace {

// Money first, then the store, then media and messages (design: money → media → messages).
int rank(const Action& action) {
  struct Ranks {
    int operator()(const ReserveUnits&) const { return 0; }
    int operator()(const NoteAttempt&) const { return 0; }
    int operator()(const SeekOverflow&) const { return 3; }
    int operator()(const JournalAdmission&) const { return 1; }
    int operator()(const JournalAnswer&) const { return 1; }
    int operator()(const JournalPaid&) const { return 1; }
    int operator()(const CloseCall&) const { return 1; }
    int operator()(const RecordRefusal&) const { return 1; }
    int operator()(const PlayToPhone&) const { return 2; }
    int operator()(const BridgePhone&) const { return 2; }
    int operator()(const RingPhone&) const { return 3; }
    int operator()(const CancelPhone&) const { return 3; }
    int operator()(const ConfirmPhone&) const { return 3; }
    int operator()(const TellRinging&) const { return 3; }
    int operator()(const AnswerCaller&) const { return 3; }
    int operator()(const RefuseCaller&) const { return 3; }
    int operator()(const HangUp&) const { return 3; }
    int operator()(const OfferMedia&) const { return 3; }
    int operator()(const WithdrawMedia&) const { return 3; }
    int operator()(const AcceptMedia&) const { return 3; }
    int operator()(const RejectMedia&) const { return 3; }
    int operator()(const ConfirmMedia&) const { return 3; }
    int operator()(const TellTransfer&) const { return 3; }
  };
  return std::visit(Ranks{}, action);
}

// Most lists are in order already, and sorting moves whole records about.
Actions in_order(Actions actions) {
  const auto before = [](const Action& a, const Action& b) { return rank(a) < rank(b); };
  if (!std::is_sorted(actions.begin(), actions.end(), before)) {
    std::stable_sort(actions.begin(), actions.end(), before);
  }
  return actions;
}

Instant deadline(const Hunting& hunting) {
  Instant earliest = std::min(hunting.ends, hunting.stage_due);
  for (const Ringing& one : hunting.ringing) earliest = std::min(earliest, one.gives_up);
  return earliest;
}
Instant deadline(const Committing& committing) { return committing.gives_up; }
Instant deadline(const Talking& talking) {
  return std::min(talking.longest, talking.meter.asks_at());
}
Instant deadline(const Over&) { return Instant::max(); }

}  // namespace

Actions Call::begin(Now now) {
  Actions actions;
  Handlers{*this, now, actions}.begin();
  return in_order(std::move(actions));
}

Actions Call::on(const Event& event, Now now) {
  Actions actions;
  Handlers handlers{*this, now, actions};
  std::visit(
      [&](auto& state, const auto& what) {
        using S = std::decay_t<decltype(state)>;
        using E = std::decay_t<decltype(what)>;
        if constexpr (requires { handlers.when(state, what); }) {
          handlers.when(state, what);
        } else {
          static_assert(kIgnored<S, E> != nullptr,
                        "write when(State&, Event) for this pair, or say why it is ignored");
        }
      },
      state_, event);
  return in_order(std::move(actions));
}

Instant Call::wake_at() const {
  return std::visit([](const auto& state) { return deadline(state); }, state_);
}

const routing::Phone* Call::talking_phone() const {
  const auto* talking = std::get_if<Talking>(&state_);
  return talking == nullptr ? nullptr : talking->phone;
}

RefuseCaller refusal_of(const CallOffered& offered, const routing::Announcements* announcements,
                        Cause cause) {
  const std::string& words = routing::announcement_for(announcements, cause);
  if (words.empty() || offered.playing != Playing::possible) return {offered.call, cause};
  return {offered.call, cause, words, offered.offer};
}

void Handlers::turn_away(LegId loser) { actions.push_back(HangUp{loser, Cause::hung_up}); }

void Handlers::lose_caller() {
  constexpr int kTimeout = 504;
  close(cdr::Party::caller, Cause::caller_lost, kTimeout, codes_of(Cause::caller_lost).q850);
}

void Handlers::close(cdr::Party by, Cause cause, int status, int q850) {
  write_charge(record(), call.tariff());
  record().ended = now.wall;
  if (!record().answered) record().ring = now.mono - call.began_;
  record().release = cdr::Release{by, cause, status, q850};
  HOTLINE_EXPECT(record().charge <= call.reserved_);
  actions.push_back(CloseCall{call.ref_, record(), call.reserved_});
  state() = Over{};
}

}  // namespace hotline::call
