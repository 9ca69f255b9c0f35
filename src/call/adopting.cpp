// Adopting: a call that talked when the server died goes on in this process. Its legs are there
// again, and each side is asked whether it still is; until then nobody knows. The meter goes on at
// the boundary that was paid for.
//
//   caller          call            phone
//     │◄── probe ─────┼─── probe ─────►│
//     ├── alive ─────►│◄─── alive ─────┤ → Talking, as if nothing had happened
//     │               │◄─── gone ──────┤ → Over, billed until the last proof of life
//
// A caller whom no phone had answered yet (it was in a menu or a queue) is Resuming until it has
// shown that it is there; then the hotline's rules are asked again, as for a new call.
//
#include <algorithm>
#include <utility>

#include "hotline/base/lasting.h"
#include "hotline/call/switchboard.h"

#include "call/handlers.h"

namespace hotline::call {
namespace {

constexpr std::uint32_t kPhoneLeg = 1;
// Signalling says much sooner that nothing came.
constexpr Seconds kProbePatience{60};

// The phone that talks, as the record has it: who answered last.
const std::string& phone_that_talks(const cdr::Record& record) {
  const auto last = std::find_if(
      record.attempts.rbegin(), record.attempts.rend(),
      [](const cdr::Attempt& one) { return one.result == cdr::AttemptResult::answered; });
  return last == record.attempts.rend() ? record.answered_by : last->phone;
}

}  // namespace

Call::Call(Adopted adopted, Now now)
    : ref_(adopted.call),
      snapshot_(std::move(adopted.snapshot)),
      hotline_(adopted.hotline),
      tariff_(std::make_shared<const billing::Tariff>(adopted.tariff)),
      record_(std::move(adopted.draft)),
      delayed_offer_(false),
      played_(adopted.is_played_to),
      hears_tones_(adopted.hears_tones),
      adoption_(Adoption{adopted.journalled, adopted.proved}) {
  if (adopted.alone) {
    resume(std::move(*adopted.alone), now);
  } else {
    talk_on();
  }
  began_ = adopted.answered - record_.ring;
  answered_.emplace(Answered{billing::Meter(*tariff_, adopted.answered, adopted.paid),
                             adopted.answered + hotline_->package->call_max, adopted.is_confirmed});
  if (snapshot_->credit_tone && hears_tones_) answered_->looks_ahead = now.mono;
  reserved_ = billing::rate(*tariff_, answered_->meter.paid()).charge;
}

void Call::talk_on() {
  const std::string& name = phone_that_talks(record_);
  const routing::Phone* phone = snapshot_->phone(*hotline_, name);
  if (phone == nullptr) {  // outside, or not in the configuration any more
    auto outside = std::make_unique<routing::Phone>();
    outside->name = outside->key = outside->line_key = name;
    phone = outside_phones_.emplace_back(std::move(outside)).get();
  }
  legs_ = kPhoneLeg;
  state_ = Talking{kPhoneLeg, phone};
  if (hotline_->transfers.to_phones && played_) {
    constexpr int kHops = 69;  // what a call that was passed on once has left
    shown_ = std::make_unique<const Shown>(Shown{{}, {}, kHops});
  }
  record_.trace += "\nrestart: the call went on";
}

void Call::resume(CallOffered caller, Now now) {
  caller.call = ref_;
  hunt_ = std::make_unique<Hunt>(Hunt{Cause::crash, std::move(caller)});
  adoption_->phone_lives = true;  // there is none
  state_ = Resuming{now.mono + kProbePatience};
  record_.trace += "\nrestart: the call began again";
}

void Switchboard::adopt(Adopted adopted, Now now) {
  const CallRef ref = adopted.call;
  // Told with the next news, when all calls are there that outlived the process.
  if (!adopted.is_confirmed) unconfirmed_.add(ref, adopted.journalled.mono);
  ports_.store.perform(JournalAdopted{adopted.draft.id, adopted.journalled, adopted.proved});
  Live& live = keep(Call(std::move(adopted), now));
  const Call& call = live.call;
  const routing::Hotline& hotline = call.hotline();
  accounts_.reserve_again(call.account(), call.reserved());
  logbook_.admitted(hotline, call.reserved());
  if (snapshot_->max_calls_per_caller > 0) {
    logbook_.call_began(call.record().caller_e164);
    live.counted = true;
  }
  trunks_.hold(LegId::caller(ref), call.record().trunk);
  if (const routing::Phone* phone = call.talking_phone()) {
    const LegId leg{ref, kPhoneLeg};
    lines_.hold(leg, phone->line_key);
    if (const auto* behind = std::get_if<routing::TrunkNumber>(&phone->address)) {
      trunks_.hold(leg, behind->trunk);
    }
  }
  reschedule(ref, live);
  set_alarm();
}

// After a restart it was told once more: nobody knows whether it had heard before that it was
// answered.
void Handlers::caller_confirmed() {
  const bool is_first = !std::exchange(call.answered_->confirmed, true);
  if (is_first && call.adoption_) {
    call.adoption_->journalled.mono = now.mono;
    call.answered_->meter = billing::Meter(call.tariff(), now.mono, call.answered_->meter.paid());
  }
  lives(leg(0));
}

// A sign of life of that side.
void Handlers::lives(LegId side) {
  if (!call.adoption_ || call.adoption_->is_proved()) return;
  (side.is_caller() ? call.adoption_->caller_lives : call.adoption_->phone_lives) = true;
  if (!call.adoption_->is_proved()) return;
  actions.push_back(JournalAdopted{record().id, call.adoption_->journalled});
  const bool is_alone = std::holds_alternative<Resuming>(state());
  if (is_alone) actions.push_back(SeekFurther{SeekFurther::Restarted{}});
}

void Handlers::leg_probed(const LegProbed& event) {
  if (event.is_alive) return lives(event.leg);
  const auto* talking = std::get_if<Talking>(&state());
  const bool talks = event.leg.is_caller() || (talking && event.leg.number == talking->leg);
  if (talks && call.adoption_) ended_with_the_server();
}

void Handlers::when(Resuming& resuming, const TimePassed&) {
  if (time_is_up() || now.mono < resuming.due) return;
  ended_with_the_server();
}

void Handlers::when(Resuming&, const PlanMade& event) { take_over(*event.decision); }

void Handlers::ended_with_the_server() {
  const CauseCodes codes = codes_of(Cause::crash);
  actions.push_back(HangUp{leg(0), Cause::crash});
  drop_phones(Cause::crash);
  end_talk(cdr::Party::server, Cause::crash, cdr::EndEvidence::crash, codes.q850);
}

}  // namespace hotline::call
