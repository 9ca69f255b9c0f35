// A phone number as the core knows it: what kind it is, its E.164 form, and the raw form the
// carrier sent, kept for records. Reading raw text with a metadata library is the business of
// src/numbering; what needs no library (carrier prefixes, the dialled 400 number) is here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::number {

enum class Kind : std::uint8_t {
  mobile,    // mainland mobile
  landline,  // mainland fixed line, with its area code
  hongkong,
  macau,
  taiwan,
  abroad,
  withheld,  // the caller asked for privacy, or sent no number at all
  unknown,   // something was sent, but it is no number we can place (service numbers too)
};

// The words of the kinds in configuration, records and traces, in their order.
inline constexpr std::array<std::string_view, 8> kKindWords = {
    "mobile", "landline", "hongkong", "macau", "taiwan", "abroad", "withheld", "unknown"};

std::string_view to_string(Kind kind);
std::optional<Kind> kind_from_string(std::string_view word);

struct Number {
  Kind kind = Kind::withheld;
  std::string e164;  // "+8613900000000"; empty where no E.164 form exists
  std::string raw;   // as received, bounded to kMostRaw bytes

  friend bool operator==(const Number&, const Number&) = default;
};

inline constexpr std::size_t kMostRaw = 64;

// The punctuation people and carriers put between digits (RFC 3966 §3, and blanks).
constexpr bool is_visual_separator(char c) {
  return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
}

// What a mainland number in national form (no trunk 0, digits only) is by its digits alone: a
// mobile (1[3-9] and nine more, so that new segments need no new table) or a landline (area code
// 10 or 2x and 8 digits, another area code and 7 or 8).
// Errors: nullopt for anything else, such as 110, 95588, 4001234567.
std::optional<Kind> mainland_kind(std::string_view national);

// Removes a trunk 0 and a long-distance carrier's selection prefix (179xx with or without a
// trunk 0 before or after it) from a mainland number in national form; other text comes back as
// it is. Examples: "1791113900000000", "017911013900000000" → "13900000000".
std::string_view strip_carrier_prefix(std::string_view national);

// Reads a number that needs no metadata library, as numbering::read_caller does: digits, perhaps
// behind a plus. Those are mainland numbers in every form (national, 86…, 0086…, +86…, each with or
// without trunk 0 and 179xx), and from +, 00 of Hong Kong, Macau, Taiwan and North America the
// numbers of full length.
// Errors: nullopt for anything else, which may still be a number.
std::optional<Number> read_plain(std::string_view raw);

// The dialled hotline as its ten digits, from any form a carrier sends ("4001234567",
// "+864001234567", "00864001234567", "864001234567", "04001234567").
// Errors: nullopt where it is not 400 and seven digits.
std::optional<std::string> dialled_hotline(std::string_view raw);

}  // namespace hotline::number
