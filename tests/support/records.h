// A call record as finance meets most of them: answered, talked for a minute, paid for.
#pragma once

#include "hotline/cdr/filed.h"

namespace hotline::support {

inline constexpr WallTime kThen{Milliseconds(1'767'294'245'678)};  // 2026-01-02 03:04:05 +08:00

inline cdr::Filed answered_call(std::uint64_t seq) {
  cdr::Filed filed;
  filed.seq = seq;
  auto& record = filed.record;
  record.id = *CallId::parse("01900000-0001-7000-8000-000000000001");
  record.trunk = "unicom";
  record.account = "acme";
  record.hotline = "4001234567";
  record.caller_raw = "013900000000";
  record.caller_e164 = "+8613900000000";
  record.province = "江苏";
  record.received = kThen;
  record.answered = kThen + Milliseconds(1500);
  record.bridged = kThen + Milliseconds(1500);
  record.ended = kThen + Milliseconds(62'500);
  record.ring = Milliseconds(1500);
  record.talk = Milliseconds(61'000);
  record.billable = Milliseconds(61'000);
  record.billed = Seconds(120);
  record.price_per_min = Money::from_li(300);
  record.charge = Money::from_li(600);
  record.tariff = "0.300 60/60 caller 0.110";
  record.rate = "office";
  record.caller_fee = Money::from_li(220);
  record.release = {cdr::Party::caller, Cause::hung_up, 200, 16};
  record.evidence = cdr::EndEvidence::bye;
  record.answered_by = "desk";
  record.phone_province = "上海";
  record.caller_audio = "in 3050 lost 2 out 3049";
  record.phone_audio = "in 3049 out 3050";
  record.attempts = {{"desk", kThen, Milliseconds(1500), cdr::AttemptResult::answered, 200}};
  return filed;
}

}  // namespace hotline::support
