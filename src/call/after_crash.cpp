#include "hotline/call/after_crash.h"

#include <algorithm>

#include "hotline/call/call.h"

#include "call/charge.h"

namespace hotline::call {
namespace {

// As the journal has it, answered.
void write_answer(cdr::Record& record, const Unfinished::Answer& answer) {
  record.answered = answer.at.wall;
  record.ring = std::max(Milliseconds(0), answer.at.wall - record.received);
}

// Until when the call was known to be up.
Now proof_of(const Unfinished& unfinished, Now last_heartbeat) {
  return unfinished.answer ? unfinished.answer->proved.value_or(last_heartbeat) : last_heartbeat;
}

// An instant of the former process's, by this one's clock; never later than now. How far apart two
// of its instants were is never the wall clock's to say, which may have been set meanwhile.
Instant translated(Instant then, const LastProof& last, Now now) {
  const Instant last_here = last.is_same_boot
                                ? last.at.mono
                                : now.mono - std::max(Milliseconds(0), now.wall - last.at.wall);
  return std::min(now.mono, last_here + (then - last.at.mono));
}

// A caller whom no phone had answered, as it was offered; what it can hear is the media plane's to
// say.
CallOffered caller_of(const cdr::Record& draft) {
  CallOffered offered;
  offered.trunk = draft.trunk;
  offered.dialled = draft.hotline;
  offered.caller = {number::kind_from_string(draft.caller_kind).value_or(number::Kind::unknown),
                    draft.caller_e164, draft.caller_raw};
  offered.leg_id = draft.caller_leg_id;
  offered.playing = Playing::possible;  // who answers it speaks to it
  return offered;
}

}  // namespace

std::optional<Adopted> adopt_from(const Unfinished& unfinished,
                                  std::shared_ptr<const routing::Snapshot> snapshot,
                                  const LastProof& last, Now now) {
  if (!unfinished.answer) return std::nullopt;
  const bool is_alone = unfinished.answer->phone_dialog.empty();
  const bool leaves_message = is_alone && !unfinished.draft.recording.empty();
  if (leaves_message) return std::nullopt;
  const routing::Hotline* hotline = snapshot->find(unfinished.draft.hotline);
  if (hotline == nullptr || hotline->account != unfinished.draft.account) return std::nullopt;
  const Unfinished::Answer& answer = *unfinished.answer;
  Adopted adopted;
  adopted.snapshot = std::move(snapshot);
  adopted.hotline = hotline;
  adopted.tariff = unfinished.tariff;
  adopted.draft = unfinished.draft;
  if (is_alone) adopted.alone = caller_of(unfinished.draft);
  write_answer(adopted.draft, answer);
  const Now proof = proof_of(unfinished, last.at);
  const Instant journalled = translated(answer.at.mono, last, now);
  adopted.journalled = {journalled, answer.at.wall};
  adopted.paid = answer.paid;
  adopted.proved = {translated(proof.mono, last, now), proof.wall};
  adopted.is_confirmed =
      answer.at.mono < last.confirmed_before || adopted.proved.mono - journalled >= kUnconfirmed;
  // Who may not have heard the answer is billed from its confirmation: not before now.
  adopted.answered =
      adopted.is_confirmed ? std::min(journalled + kAnswerPatience, now.mono) : now.mono;
  return adopted;
}

cdr::Record close_after_crash(const Unfinished& unfinished, Now last_heartbeat) {
  cdr::Record record = unfinished.draft;
  const Now proof = proof_of(unfinished, last_heartbeat);
  record.ended = std::max(proof.wall, record.received);
  record.evidence = cdr::EndEvidence::crash;
  const CauseCodes codes = codes_of(Cause::crash);
  record.release = cdr::Release{cdr::Party::server, Cause::crash, codes.status, codes.q850};
  if (!unfinished.answer) {
    constexpr int kUnavailable = 503;  // what its caller is told at the start
    record.release.status = kUnavailable;
    record.ring = record.ended - record.received;
    return record;
  }
  const Unfinished::Answer& answer = *unfinished.answer;
  write_answer(record, answer);
  const Milliseconds proved = proof.mono - answer.at.mono - kAnswerPatience;
  record.talk = std::max(Milliseconds(0), proved);
  record.billable = std::min(record.talk, answer.paid);
  write_charge(record, unfinished.tariff);
  return record;
}

}  // namespace hotline::call
