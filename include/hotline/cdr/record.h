// What is written about a finished call (CDR, 话单).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/base/cause.h"
#include "hotline/base/ids.h"
#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::cdr {

// Who ended the call, or refused it.
enum class Party : std::uint8_t { caller, phone, server, operator_ };
std::string_view to_string(Party party);
// These three: nullopt for any other word.
std::optional<Party> party_from_string(std::string_view word);

// What proves the end of talk: billing never exceeds it.
enum class EndEvidence : std::uint8_t { none, bye, media, credit, crash };
std::string_view to_string(EndEvidence evidence);
std::optional<EndEvidence> evidence_from_string(std::string_view word);

enum class AttemptResult : std::uint8_t {
  answered,
  busy,
  no_answer,  // rang to its end, or said so
  declined,
  silent,        // no word from the destination
  failed,        // an error response, or it could not be sent
  at_capacity,   // never rung: all its lines were in use
  not_accepted,  // answered, and nobody pressed the key that takes the call
  cancelled,     // another phone answered, or the caller gave up
};
std::string_view to_string(AttemptResult result);
std::optional<AttemptResult> attempt_result_from_string(std::string_view word);

// Ringing one phone once.
struct Attempt {
  std::string phone;  // as in Record::answered_by
  WallTime started{};
  Milliseconds rang{0};  // from start to its end or answer
  AttemptResult result = AttemptResult::failed;
  int status = 0;  // the phone's final status code, 0 where there was none
};

struct Release {
  Party by = Party::server;
  Cause cause = Cause::hung_up;
  int status = 0;
  int q850 = 0;
};

struct Record {
  CallId id;
  std::string trunk;
  std::string caller_leg_id;  // the Call-ID of the caller's leg
  std::string phone_leg_id;   // the Call-ID of the answering phone's leg
  std::string account;
  std::string hotline;  // as dialled where no such hotline exists
  std::string caller_raw;
  std::string caller_e164;
  std::string caller_kind;  // "mobile", …
  std::string province;
  std::string city;
  std::string area_code;
  std::string carrier;
  std::string presented;  // the number the phones saw

  WallTime received{};
  std::optional<WallTime> first_ring;
  std::optional<WallTime> answered;  // by a phone, or by a menu or queue of ours
  std::optional<WallTime> bridged;   // to the phone that answered
  WallTime ended{};
  Milliseconds ring{0};      // received to answer or end, monotonic
  Milliseconds talk{0};      // first 200 OK to the caller until the end, monotonic
  Milliseconds billable{0};  // min(talk, paid boundary)

  Seconds billed{0};
  Money price_per_min;  // of the first unit
  Money charge;
  std::string tariff;  // the whole of it, as billing::to_text writes it; empty: an old record
  std::string rate;    // the rate of the package that gave it; empty: the package's own
  Money caller_fee{};  // what the caller's own carrier takes: information, no charge
  Release release;
  EndEvidence evidence = EndEvidence::none;
  std::string answered_by;     // the phone: "desk", of another hotline "4006006600/desk"
  std::string phone_province;  // where that phone's number belongs; empty: none, or it has a URI
  std::string trace;           // each rule looked at, and what it said
  std::string menu;            // what the caller chose: "main 1, support -"; "-": nothing
  Milliseconds waited{0};      // in queues
  std::uint8_t survey = 0;     // what the caller said of it, 1 to 5; 0: nothing
  std::string decided;         // by the first decision, as routing::outcome() says it
  std::string asked;           // the facts decisions rested on, as routing::to_text writes them
  std::string caller_audio;    // what came from the caller and went there; empty: not relayed
  std::string phone_audio;     // the same of the phone that was heard
  std::string recording;       // its file, below the directory of recordings; empty: none
  std::vector<Attempt> attempts;
  std::uint32_t calls = 1;  // refusals merged into this record
};

}  // namespace hotline::cdr
