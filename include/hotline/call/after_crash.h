// Closing the calls that a dead server left in its journal. Pure: runs at a start, before the
// first new call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hotline/billing/ledger.h"
#include "hotline/billing/tariff.h"
#include "hotline/call/action.h"

namespace hotline::call {

// A journal row as the store found it.
struct Unfinished {
  cdr::Record draft;
  billing::Tariff tariff;
  std::string caller_dialog;

  struct Answer {
    Now at;  // when the phone answered, by the dead server's clocks
    Milliseconds paid{0};
    std::string phone_dialog;
  };
  std::optional<Answer> answer;  // the draft then holds the phone and the attempts too
};

// The record of a call that ended with its server, at the last proof of life.
// Billing never exceeds what was proved: the caller was answered at most kAnswerPatience after
// the journal's answer, and was connected at least until the last heartbeat.
cdr::Record close_after_crash(const Unfinished& unfinished, Now last_heartbeat);

}  // namespace hotline::call
