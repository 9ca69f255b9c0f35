#include "hotline/call/after_crash.h"

#include <algorithm>

#include "hotline/call/call.h"

#include "call/charge.h"

namespace hotline::call {

cdr::Record close_after_crash(const Unfinished& unfinished, Now last_heartbeat) {
  cdr::Record record = unfinished.draft;
  record.ended = std::max(last_heartbeat.wall, record.received);
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
  record.answered = answer.at.wall;
  record.ring = std::max(Milliseconds(0), answer.at.wall - record.received);
  const Milliseconds proved = last_heartbeat.mono - answer.at.mono - kAnswerPatience;
  record.talk = std::max(Milliseconds(0), proved);
  record.billable = std::min(record.talk, answer.paid);
  write_charge(record, unfinished.tariff);
  return record;
}

}  // namespace hotline::call
