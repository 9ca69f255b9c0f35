// The calls that a dead server left in its journal, and closing those that cannot go on. Pure: runs
// at a start, before the first new call.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hotline/billing/ledger.h"
#include "hotline/billing/tariff.h"
#include "hotline/call/action.h"
#include "hotline/call/call.h"

namespace hotline::call {

// A journal row as the store found it.
struct Unfinished {
  cdr::Record draft;
  billing::Tariff tariff;
  std::string caller_dialog;  // behind the target that it was refreshed with, if it was

  struct Answer {
    Now at;  // when the phone answered, by the dead server's clocks
    Milliseconds paid{0};
    std::string phone_dialog;  // as the caller's
    Media said{};              // as in JournalAnswer
    std::string audio{};       // as in JournalAnswer
    // Until when it was known to be up, where a process that adopted it never came to know better.
    std::optional<Now> proved{};
  };
  std::optional<Answer> answer;  // the draft then holds the phone and the attempts too
};

// How long after its answer a caller may still not have confirmed it, where nothing else is known.
inline constexpr Seconds kUnconfirmed{10};

// When the former process was last known to live.
struct LastProof {
  Now at;                    // by its own clocks
  bool is_same_boot = true;  // of the machine: else only the wall clock tells how long ago that was
  Instant confirmed_before{};  // answers that it journalled before that were confirmed, it knew
};

// The call as it goes on from `now`, all but its name in signalling and what the media plane knows.
// Nullopt: it cannot: it was not answered, it was just leaving a message, or its hotline is gone or
// belongs to somebody else.
std::optional<Adopted> adopt_from(const Unfinished& unfinished,
                                  std::shared_ptr<const routing::Snapshot> snapshot,
                                  const LastProof& last, Now now);

// The record of a call that ended with its server, at the last proof of life.
// Billing never exceeds what was proved: the caller was answered at most kAnswerPatience after
// the journal's answer, and was connected at least until the last heartbeat.
cdr::Record close_after_crash(const Unfinished& unfinished, Now last_heartbeat);

}  // namespace hotline::call
