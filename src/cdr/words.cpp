// The words of a record's closed sets, as exports and the database hold them.
#include "hotline/base/words.h"

#include "hotline/base/contract.h"
#include "hotline/cdr/query.h"
#include "hotline/cdr/record.h"

namespace hotline::cdr {
std::string_view to_string(Party party) {
  switch (party) {
    case Party::caller:
      return "caller";
    case Party::phone:
      return "phone";
    case Party::server:
      return "server";
    case Party::operator_:
      return "operator";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::string_view to_string(EndEvidence evidence) {
  switch (evidence) {
    case EndEvidence::none:
      return "none";
    case EndEvidence::bye:
      return "bye";
    case EndEvidence::media:
      return "media";
    case EndEvidence::credit:
      return "credit";
    case EndEvidence::crash:
      return "crash";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::string_view to_string(AttemptResult result) {
  switch (result) {
    case AttemptResult::answered:
      return "answered";
    case AttemptResult::busy:
      return "busy";
    case AttemptResult::no_answer:
      return "no_answer";
    case AttemptResult::declined:
      return "declined";
    case AttemptResult::silent:
      return "silent";
    case AttemptResult::failed:
      return "failed";
    case AttemptResult::at_capacity:
      return "at_capacity";
    case AttemptResult::not_accepted:
      return "not_accepted";
    case AttemptResult::cancelled:
      return "cancelled";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered:
      return "answered";
    case Outcome::unanswered:
      return "unanswered";
    case Outcome::refused:
      return "refused";
  }
  return {};
}

std::optional<Party> party_from_string(std::string_view word) {
  return from_word(word, Party::operator_);
}

std::optional<EndEvidence> evidence_from_string(std::string_view word) {
  return from_word(word, EndEvidence::crash);
}

std::optional<AttemptResult> attempt_result_from_string(std::string_view word) {
  return from_word(word, AttemptResult::cancelled);
}

std::optional<Outcome> outcome_from_string(std::string_view word) {
  return from_word(word, Outcome::refused);
}

}  // namespace hotline::cdr
