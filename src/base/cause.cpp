#include "hotline/base/cause.h"

#include <array>
#include <cstddef>

#include "hotline/base/contract.h"

namespace hotline {
namespace {

struct Row {
  Cause cause;
  std::string_view word;
  CauseCodes codes;
  bool may_be_target;  // an admin may write it as refuse:WORD
};

// In the order of the enumeration.
constexpr std::array<Row, 28> kTable{{
    {Cause::unknown_number, "unknown_number", {404, 1, false}, false},
    {Cause::blacklisted, "blacklisted", {603, 21, false}, true},
    {Cause::withheld, "withheld", {433, 21, false}, true},
    {Cause::region_refused, "region_refused", {403, 21, false}, true},
    {Cause::cap_reached, "cap_reached", {403, 21, false}, true},
    {Cause::caller_limit, "caller_limit", {486, 17, false}, false},
    {Cause::suspended, "suspended", {403, 21, false}, false},
    {Cause::no_credit, "no_credit", {402, 21, false}, false},
    {Cause::closed, "closed", {480, 31, false}, true},
    {Cause::no_answer, "no_answer", {480, 19, false}, true},
    {Cause::all_busy, "all_busy", {486, 17, false}, true},
    {Cause::trunk_failed, "trunk_failed", {502, 27, false}, false},
    {Cause::media_unsupported, "media_unsupported", {488, 65, false}, false},
    {Cause::overload, "overload", {503, 42, true}, false},
    {Cause::store_down, "store_down", {503, 41, true}, false},
    {Cause::draining, "draining", {503, 41, true}, false},
    {Cause::hop_limit, "hop_limit", {483, 25, false}, false},
    {Cause::loop, "loop", {482, 25, false}, false},
    {Cause::cancelled, "cancelled", {487, 0, false}, false},
    {Cause::hung_up, "hung_up", {200, 16, false}, false},
    {Cause::credit_ended, "credit_ended", {200, 16, false}, false},
    {Cause::longest_call, "longest_call", {200, 16, false}, false},
    {Cause::operator_ended, "operator_ended", {480, 16, false}, false},
    {Cause::shutdown, "shutdown", {503, 41, true}, false},
    {Cause::caller_lost, "caller_lost", {200, 102, false}, false},
    {Cause::session_expired, "session_expired", {200, 102, false}, false},
    {Cause::media_lost, "media_lost", {200, 41, false}, false},
    {Cause::crash, "crash", {200, 41, false}, false},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].cause) != i) return false;
  }
  return static_cast<std::size_t>(Cause::crash) + 1 == kTable.size();
}
static_assert(in_order(), "the table has one row for each cause, in order");

const Row& row(Cause cause) {
  const auto index = static_cast<std::size_t>(cause);
  HOTLINE_EXPECT(index < kTable.size());
  return kTable[index];
}

}  // namespace

CauseCodes codes_of(Cause cause) { return row(cause).codes; }

std::string_view to_string(Cause cause) { return row(cause).word; }

std::optional<Cause> cause_from_string(std::string_view word) {
  for (const Row& candidate : kTable) {
    if (candidate.word == word) return candidate.cause;
  }
  return std::nullopt;
}

std::optional<Cause> refusal_from_string(std::string_view word) {
  const auto cause = cause_from_string(word);
  if (!cause || !row(*cause).may_be_target) return std::nullopt;
  return cause;
}

}  // namespace hotline
