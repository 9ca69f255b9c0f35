// Which call records somebody asks for, a page at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/cause.h"
#include "hotline/base/time.h"

namespace hotline::cdr {

// How a call turned out, in the coarse.
enum class Outcome : std::uint8_t {
  answered,
  unanswered,  // whatever the reason
  refused,     // of those, the ones for which no phone was tried
};
std::string_view to_string(Outcome outcome);
// Errors: nullopt for any other word.
std::optional<Outcome> outcome_from_string(std::string_view word);

// All that is present must hold; empty text asks nothing.
struct Query {
  std::optional<WallTime> from;  // received at or after
  std::optional<WallTime> to;    // received before
  std::string hotline;
  std::string account;
  std::string caller;           // the E.164 form, or the raw form
  std::uint64_t after_seq = 0;  // the last record of the page before, in the order asked; 0: none
  std::size_t limit = 100;      // records of one page
  bool newest_first = false;
  std::string caller_province{};     // the short name, as records have it
  std::string phone_province{};      // the same, of the phone that answered
  std::optional<Outcome> outcome{};  // how it turned out,
  std::optional<Cause> cause{};      // or why it ended
  std::string phone{};               // that answered
  std::string rang{};                // a phone that was tried, whether it answered or not
};

}  // namespace hotline::cdr
