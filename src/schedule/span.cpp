// Reads "09:00-18:00".

#include <cstddef>

#include "hotline/schedule/schedule.h"

namespace hotline::schedule {
namespace {

constexpr int kDay = 24 * 60;

std::optional<int> two_digits(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  const auto tens = kDigits.find(text[0]);
  const auto ones = kDigits.find(text[1]);
  if (tens == std::string_view::npos || ones == std::string_view::npos) return std::nullopt;
  return static_cast<int>(tens * 10 + ones);
}

// "09:30" as minutes; "24:00" is the end of the day.
std::optional<int> parse_minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = two_digits(text.substr(0, 2));
  const auto minutes = two_digits(text.substr(3, 2));
  if (!hours || !minutes || *minutes >= 60) return std::nullopt;
  const int total = *hours * 60 + *minutes;
  if (total > kDay) return std::nullopt;
  return total;
}

}  // namespace

std::optional<Span> parse_span(std::string_view text) {
  constexpr std::size_t kDash = 5;
  if (text.size() != 11 || text[kDash] != '-') return std::nullopt;
  const auto from = parse_minutes(text.substr(0, kDash));
  const auto to = parse_minutes(text.substr(kDash + 1));
  if (!from || !to || *from == kDay || *from == *to) return std::nullopt;
  return Span{*from, *to > *from ? *to : *to + kDay};
}

}  // namespace hotline::schedule
