// An answered caller, whatever state the call is in: the meter asks for the next unit before the
// paid time ends and again at its end; the call lives exactly as long as it is paid for.
//
//   caller          call            accounts
//     │◄── answer ────┤                │
//     ├── confirmed ─►│                │
//     │               ├── reserve ────►│
//     │               │◄── reserved ───┤ … until none is left
//     │◄── hang up ───┤                │ → Over, at the boundary
//
#include <algorithm>
#include <utility>

#include "hotline/base/contract.h"

#include "call/handlers.h"

namespace hotline::call {
namespace {

// The leg of the phone that the journal has; nullopt: none has got the call.
std::optional<std::uint32_t> journalled_phone(const State& state) {
  if (const auto* committing = std::get_if<Committing>(&state)) return committing->winner.leg;
  if (const auto* talking = std::get_if<Talking>(&state)) return talking->leg;
  if (const auto* transferring = std::get_if<Transferring>(&state)) return transferring->talk.leg;
  return std::nullopt;
}

// A phone that has answered and gets the call later, if at all; null: that leg is none.
Ringing* phone_to_confirm(State& state, std::uint32_t leg) {
  const auto waits = [leg](const Ringing& one) {
    return one.leg == leg && one.answered != nullptr;
  };
  if (auto* hunting = std::get_if<Hunting>(&state)) {
    const auto found = std::find_if(hunting->ringing.begin(), hunting->ringing.end(), waits);
    return found == hunting->ringing.end() ? nullptr : &*found;
  }
  auto* transferring = std::get_if<Transferring>(&state);
  return transferring != nullptr && waits(transferring->to) ? &transferring->to : nullptr;
}

}  // namespace

// A menu answers, or a queue: what is played needs a codec that a phone then has to share.
void Handlers::begin_answer() {
  HOTLINE_EXPECT(!call.answered_ && can_play());
  call.answering_ = true;
  call.played_ = true;
  journal_answer(nullptr);
}

void Handlers::journal_answer(const PhoneAnswered* phone) {
  JournalAnswer answer{call.ref_,
                       record().id,
                       now,
                       call.tariff().paid_by(1),
                       record().answered_by,
                       record().phone_province,
                       record().phone_leg_id,
                       {},
                       record().attempts,
                       record().recording};
  if (phone != nullptr) {
    answer.phone = phone->leg;
    answer.phone_dialog = phone->dialog;
    answer.bridged = record().bridged.value_or(now.wall);
    answer.said = phone->answer;
  } else {
    answer.offer = offered().offer;
  }
  answer.menu = record().menu;
  answer.waited = record().waited;
  if (call.answered_) {
    answer.answered = {call.answered_->meter.answered(), *record().answered};
    answer.paid = call.answered_->meter.paid();
  }
  if (call.adoption_) {
    answer.answered = call.adoption_->journalled;
    if (!call.adoption_->is_proved()) answer.proved = call.adoption_->proved;
  }
  actions.push_back(std::move(answer));
}

void Handlers::journal_answer(const Ringing& winner, const PhoneAnswered& answered) {
  journal_answer(&answered);
  if (winner.target.empty()) return;
  actions.push_back(JournalTarget{record().id, false, winner.target});
}

bool Handlers::answer_by_ourselves() {
  if (!call.answering_) return false;
  caller_is_answered();
  actions.push_back(AnswerCaller{call.ref_, {}, offered().offer});
  return true;
}

void Handlers::caller_is_answered() {
  call.answering_ = false;
  record().answered = now.wall;
  record().ring = now.mono - call.began_;
  call.answered_.emplace(Answered{billing::Meter(call.tariff(), now.mono),
                                  now.mono + call.hotline_->package->call_max});
}

bool Handlers::time_is_up() {
  if (!call.answered_) return false;
  if (now.mono >= call.answered_->longest) {
    end_all(cdr::Party::server, Cause::longest_call);
    return true;
  }
  if (now.mono >= call.answered_->meter.asks_at()) ask_for_units();
  return false;
}

void Handlers::ask_for_units() {
  Answered& answered = *call.answered_;
  answered.units_asked = answered.meter.units_due(now.mono);
  actions.push_back(ReserveUnits{answered.meter.units(), answered.units_asked});
}

void Handlers::units_reserved(const UnitsReserved& event) {
  if (!call.answered_) return;
  Answered& answered = *call.answered_;
  const int asked = std::exchange(answered.units_asked, 0);
  answered.meter.extend(event.units, asked);
  call.reserved_ += event.amount;
  if (event.units > 0) actions.push_back(JournalPaid{record().id, answered.meter.paid()});
  if (now.mono < answered.meter.boundary()) {
    const bool looks = answered.looks_ahead != Instant::max();
    if (looks && event.units < asked) answered.looks_ahead = now.mono;
    return;
  }
  end_all(cdr::Party::server, Cause::credit_ended, cdr::EndEvidence::credit);
}

// As far as twice the tone's time: then it is looked again.
void Handlers::look_ahead() {
  Answered& answered = *call.answered_;
  if (now.mono < answered.looks_ahead) return;
  answered.looks_ahead = Instant::max();
  const int units = answered.meter.units_until(now.mono + 2 * kCreditTone);
  actions.push_back(ForeseeUnits{answered.meter.units(), units});
}

void Handlers::when(Talking&, const UnitsForeseen& event) {
  Answered& answered = *call.answered_;
  const Instant sounds = answered.meter.boundary_with(event.units) - kCreditTone;
  if (now.mono < sounds) {
    answered.looks_ahead = sounds;
  } else {
    actions.push_back(SoundCreditTone{call.ref_});
  }
}

void Handlers::money_arrived() {
  if (call.answered_ && call.answered_->meter.units_due(now.mono) > 0) ask_for_units();
}

void Handlers::end_requested(const EndRequested& event) {
  const bool by_operator = event.cause == Cause::operator_ended;
  const cdr::Party by = by_operator ? cdr::Party::operator_ : cdr::Party::server;
  if (call.answered_) return end_all(by, event.cause);
  if (auto* committing = std::get_if<Committing>(&state())) {
    return drop_answer(*committing, by, event.cause);
  }
  drop_phones(event.cause);
  give_up(event.cause);
}

void Handlers::caller_cancelled() {
  if (call.answered_) return;  // too late
  drop_phones(Cause::cancelled);
  const CauseCodes codes = codes_of(Cause::cancelled);
  close(cdr::Party::caller, Cause::cancelled, codes.status, codes.q850);
}

// Live calls go on while the store is in trouble.
void Handlers::store_failed() {
  if (call.answered_) return;
  drop_phones(Cause::store_down);
  give_up(Cause::store_down);
}

void Handlers::caller_hung_up(const HungUp& event) {
  if (!call.answered_) return;  // no caller hangs up before it is answered
  drop_phones(Cause::hung_up);
  end_talk(event, cdr::Party::caller, Cause::hung_up, event.q850);
}

// There is no other side that could answer it.
void Handlers::offered_while_alone(const MediaOffered& event) {
  constexpr int kRequestPending = 491;
  if (event.leg.is_caller() && call.answered_) {
    actions.push_back(AcceptMedia{event.leg, {}});
    actions.push_back(JournalMedia{call.ref_, record().id});
  } else {
    actions.push_back(RejectMedia{event.leg, kRequestPending});
  }
}

void Handlers::target_refreshed(const TargetRefreshed& event) {
  const bool by_caller = event.leg.is_caller();
  if (by_caller || event.leg.number == journalled_phone(state())) {
    actions.push_back(JournalTarget{record().id, by_caller, event.target});
  } else if (Ringing* const phone = phone_to_confirm(state(), event.leg.number)) {
    phone->target = event.target;
  }
}

// Where it was answered, nobody proved that it heard a word: nothing is billed.
void Handlers::caller_lost() {
  drop_phones(Cause::caller_lost);
  const CauseCodes codes = codes_of(Cause::caller_lost);
  constexpr int kTimeout = 504;
  const int status = call.answered_ ? codes.status : kTimeout;
  if (call.answered_) record().talk = known_end(now.mono) - call.answered_->meter.answered();
  close(cdr::Party::caller, Cause::caller_lost, status, codes.q850);
}

void Handlers::drop_phones(Cause cause) {
  if (auto* hunting = std::get_if<Hunting>(&state())) {
    stop_ringing(*hunting, cdr::AttemptResult::cancelled, false);
  } else if (const auto* committing = std::get_if<Committing>(&state())) {
    actions.push_back(HangUp{leg(committing->winner.leg), cause});
  } else if (const auto* talking = std::get_if<Talking>(&state())) {
    actions.push_back(HangUp{leg(talking->leg), cause});
  } else if (const auto* transferring = std::get_if<Transferring>(&state())) {
    if (!transferring->is_left) actions.push_back(HangUp{leg(transferring->talk.leg), cause});
    stop(transferring->to, false);
    note_attempt(transferring->to, cdr::AttemptResult::cancelled, 0);
  }
}

void Handlers::end_all(cdr::Party by, Cause cause, cdr::EndEvidence evidence) {
  actions.push_back(HangUp{leg(0), cause});
  drop_phones(cause);
  end_talk(by, cause, evidence, codes_of(cause).q850);
}

// Of a call that has outlived a process and shown nothing since, no more than was proved.
Instant Handlers::known_end(Instant end) const {
  if (!call.adoption_ || call.adoption_->is_proved()) return end;
  return std::clamp(call.adoption_->proved.mono, call.answered_->meter.answered(), end);
}

void Handlers::end_talk(cdr::Party by, Cause cause, cdr::EndEvidence evidence, int q850) {
  end_talk(now.mono, by, cause, evidence, q850);
}

// However late the BYE was read, the talk was over when it came.
void Handlers::end_talk(const HungUp& event, cdr::Party by, Cause cause, int q850) {
  end_talk(now.mono - event.waited, by, cause, cdr::EndEvidence::bye, q850);
}

void Handlers::end_talk(Instant end, cdr::Party by, Cause cause, cdr::EndEvidence evidence,
                        int q850) {
  HOTLINE_EXPECT(call.answered_.has_value());
  const billing::Meter& meter = call.answered_->meter;
  end = known_end(std::clamp(end, meter.answered(), now.mono));
  record().talk = end - meter.answered();
  record().billable = meter.billable(end);
  record().evidence = evidence;
  constexpr int kAnswered = 200;
  close(by, cause, kAnswered, q850);
}

}  // namespace hotline::call
