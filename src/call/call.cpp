// The one writer of a call's state: hands each event to the handler of its pair.
#include "hotline/call/call.h"

#include <algorithm>

#include "hotline/base/contract.h"

#include "call/charge.h"
#include "call/handlers.h"
#include "call/ignored.h"

namespace hotline::call {
namespace {

// Money first, then the store, then media and messages (design: money → media → messages). What a
// caller is to hear comes behind the answer it needs.
int rank(const Action& action) {
  struct Ranks {
    int operator()(const ReserveUnits&) const { return 0; }
    int operator()(const ForeseeUnits&) const { return 0; }
    int operator()(const NoteAttempt&) const { return 0; }
    int operator()(const SeekFurther&) const { return 3; }
    int operator()(const JoinQueue&) const { return 3; }
    int operator()(const AskPlace&) const { return 3; }
    int operator()(const JournalAdmission&) const { return 1; }
    int operator()(const JournalAnswer&) const { return 1; }
    int operator()(const JournalPaid&) const { return 1; }
    int operator()(const JournalAdopted&) const { return 1; }
    int operator()(const JournalMedia&) const { return 5; }  // what has just been said
    int operator()(const JournalTarget&) const { return 1; }
    int operator()(const CloseCall&) const { return 1; }
    int operator()(const RecordRefusal&) const { return 1; }
    int operator()(const PlayToCaller&) const { return 4; }
    int operator()(const PlayToPhone&) const { return 2; }
    int operator()(const BridgePhone&) const { return 2; }
    int operator()(const SoundCreditTone&) const { return 2; }
    int operator()(const RecordCall&) const { return 4; }
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
    int operator()(const PassKey&) const { return 3; }
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

Instant deadline(const Choosing& choosing) { return choosing.due; }
Instant deadline(const Hunting& hunting) {
  Instant earliest =
      std::min({hunting.ends, hunting.stage_due, hunting.waits_until, hunting.says_next});
  for (const Ringing& one : hunting.ringing) {
    if (one.hears_whisper) return one.gives_up;
    earliest = std::min(earliest, one.gives_up);
  }
  return earliest;
}
Instant deadline(const Committing& committing) { return committing.gives_up; }
Instant deadline(const Talking&) { return Instant::max(); }
Instant deadline(const Transferring& transferring) { return transferring.to.gives_up; }
Instant deadline(const Surveying& surveying) { return surveying.due; }
Instant deadline(const Dictating& dictating) { return dictating.due; }
Instant deadline(const Parting& parting) { return parting.due; }
Instant deadline(const Resuming& resuming) { return resuming.due; }
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
  const Instant wanted = std::visit([](const auto& state) { return deadline(state); }, state_);
  if (!answered_ || is_over()) return wanted;
  const bool talks = std::holds_alternative<Talking>(state_);
  return std::min({wanted, answered_->longest, answered_->meter.asks_at(),
                   talks ? answered_->looks_ahead : Instant::max()});
}

const routing::Queue* Call::queue() const {
  const auto* hunting = std::get_if<Hunting>(&state_);
  return hunting == nullptr ? nullptr : hunting->queue;
}

bool Call::is_ringing() const {
  const auto* hunting = std::get_if<Hunting>(&state_);
  return hunting != nullptr && !hunting->ringing.empty();
}

const routing::Phone* Call::talking_phone() const {
  if (const auto* transferring = std::get_if<Transferring>(&state_)) {
    return transferring->is_left ? nullptr : transferring->talk.phone;
  }
  const auto* talking = std::get_if<Talking>(&state_);
  return talking == nullptr ? nullptr : talking->phone;
}

RefuseCaller refusal_of(const CallOffered& offered, const routing::Announcements* announcements,
                        Cause cause) {
  const std::string& words = routing::announcement_for(announcements, cause);
  if (words.empty() || offered.playing != Playing::possible) return {offered.call, cause};
  return {offered.call, cause, words, offered.offer};
}

void Handlers::begin() {
  call.began_ = now.mono;
  call.reserved_ = call.tariff().entry_price();
  if (call.hotline_->plays_ringback && offered().playing == Playing::no_codec) {
    record().trace += "\nmedia: the caller offers neither PCMA nor PCMU: no ringback";
  }
  actions.push_back(JournalAdmission{call.ref_, record(), offered().dialog});
  std::get<Hunting>(state()).ends = now.mono + call.hotline_->hunt_max;
  go_on();
}

void Handlers::go_on() {
  struct By {
    Handlers& handlers;

    void operator()(const routing::RingPlan&) const { handlers.hunt(); }
    void operator()(const routing::Menu* menu) const { handlers.open_menu(*menu); }
    void operator()(const routing::Queue* queue) const { handlers.join(*queue); }
    void operator()(const routing::Voicemail* box) const { handlers.open_box(*box); }
    void operator()(Cause cause) const { handlers.give_up(cause); }
  };
  std::visit(By{*this}, call.hunt_->verdict);
}

// A further decision about the call: its record has the rules and facts of all of them.
void Handlers::take_over(const routing::Decision& decision) {
  record().trace += (record().trace.empty() ? "" : "\n") + routing::describe(decision.trace);
  const std::string asked = routing::to_text(decision.asked);
  if (!asked.empty()) record().asked += (record().asked.empty() ? "" : " ") + asked;
  call.hunt_->verdict = decision.verdict;
  go_on();
}

void Handlers::turn_away(LegId loser) { actions.push_back(HangUp{loser, Cause::hung_up}); }

void Handlers::close(cdr::Party by, Cause cause, int status, int q850) {
  if (auto* hunting = std::get_if<Hunting>(&state())) has_left(*hunting);
  // What has just been asked for is for nothing, and nobody would give it back.
  std::erase_if(actions,
                [](const Action& one) { return std::holds_alternative<ReserveUnits>(one); });
  write_charge(record(), call.tariff());
  record().ended = now.wall;
  if (!record().answered) record().ring = now.mono - call.began_;
  // It has a name, and has not begun.
  if (std::holds_alternative<Committing>(state())) record().recording.clear();
  record().release = cdr::Release{by, cause, status, q850};
  HOTLINE_EXPECT(record().charge <= call.reserved_);
  actions.push_back(CloseCall{call.ref_, record(), call.reserved_});
  state() = Over{};
}

}  // namespace hotline::call
