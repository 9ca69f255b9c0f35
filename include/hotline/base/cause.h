// Why a call was refused or ended: one closed set, and the one table that maps it to the codes of
// signalling (RFC 3261 §21, RFC 5079) and of the telephone network (ITU-T Q.850).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hotline {

enum class Cause : std::uint8_t {
  // refusals: the call was not put through
  unknown_number,
  blacklisted,
  withheld,
  region_refused,
  cap_reached,   // the month's calls or money are used up
  caller_limit,  // the caller has as many calls at once as it may
  suspended,
  no_credit,
  closed,
  no_answer,
  all_busy,
  trunk_failed,
  media_unsupported,
  overload,
  store_down,
  draining,
  hop_limit,
  loop,       // one of our own calls to a phone came back as a call
  cancelled,  // the caller gave up before an answer
  // endings: the call was answered
  hung_up,          // by either side
  credit_ended,     // the last paid second was over
  longest_call,     // the package's call_max_s
  operator_ended,   // hotlinectl call hangup
  shutdown,         // the server was told to end
  caller_lost,      // the caller never confirmed the answer
  session_expired,  // a side gave no sign of life for as long as was agreed
  media_lost,       // nothing came from either side for too long
  crash,            // found open in the journal at a start
};

struct CauseCodes {
  int status;  // final status code towards the caller; 200 for endings (a BYE)
  int q850;
  bool retry_later;  // carries a Retry-After
};

CauseCodes codes_of(Cause cause);
// "no_answer": the word in configuration, records and logs.
std::string_view to_string(Cause cause);
// Errors: nullopt for any other word.
std::optional<Cause> cause_from_string(std::string_view word);
// The refusals an admin may name as a target ("refuse:closed").
// Errors: nullopt for any other word.
std::optional<Cause> refusal_from_string(std::string_view word);

}  // namespace hotline
