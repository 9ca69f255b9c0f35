#include "admin/checks.h"

#include <algorithm>
#include <charconv>

#include "hotline/base/cause.h"
#include "hotline/billing/ledger.h"
#include "hotline/cdr/query.h"
#include "hotline/region/region.h"

#include "admin/utf8.h"

namespace hotline::admin {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestReference = 128;                  // characters
constexpr Money kMostAmount = Money::from_li(100'000'000'000);  // so balances cannot overflow
constexpr std::size_t kLongestReason = 128;                     // the same
constexpr std::size_t kLongestNote = 1000;                      // the same

bool is_all_printable(std::string_view text, std::size_t most) {
  if (text.size() > 4 * most) return false;
  const std::u32string characters = characters_of(text);
  return characters.size() <= most &&
         std::all_of(characters.begin(), characters.end(),
                     [](char32_t c) { return c != kMalformed && is_printable(c); });
}

}  // namespace

bool is_account_name(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  return !text.empty() && text.size() <= kLongestName &&
         text.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool is_reference(std::string_view text) {
  return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
         is_all_printable(text, kLongestReference);
}

bool is_phone_filter(std::string_view text) { return is_reference(text); }

std::string province_rule(std::string_view text) {
  const std::string nearest = region::nearest_province(text);
  return nearest.empty() ? "a province (江苏, 江苏省), 香港, 澳门, 台湾, 境外, unknown or withheld"
                         : "a province: did you mean " + nearest + "?";
}

bool is_result_filter(std::string_view text) {
  return cdr::outcome_from_string(text) || cause_from_string(text);
}

bool is_entry_kind(std::string_view text) {
  return billing::entry_kind_from_string(text).has_value();
}

bool is_reason(std::string_view text) { return is_all_printable(text, kLongestReason); }

bool is_note(std::string_view text) {
  return !text.empty() && is_all_printable(text, kLongestNote);
}

std::optional<Seconds> parse_duration(std::string_view text) {
  constexpr Seconds kLongest = std::chrono::hours(24 * 3653);
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count <= 0 || end + 1 != text.data() + text.size()) {
    return std::nullopt;
  }
  if (count > kLongest.count()) return std::nullopt;
  Seconds unit{0};
  switch (*end) {
    case 's':
      unit = Seconds(1);
      break;
    case 'm':
      unit = std::chrono::minutes(1);
      break;
    case 'h':
      unit = std::chrono::hours(1);
      break;
    case 'd':
      unit = std::chrono::hours(24);
      break;
    default:
      return std::nullopt;
  }
  return count * unit <= kLongest ? std::optional(count * unit) : std::nullopt;
}

std::optional<Money> parse_amount(std::string_view text) {
  const auto amount = Money::parse_yuan(text);
  return amount && *amount > Money() && *amount <= kMostAmount ? amount : std::nullopt;
}

std::optional<Money> parse_adjustment(std::string_view text) {
  const auto amount = Money::parse_yuan(text);
  if (!amount) return std::nullopt;
  return parse_amount((amount->is_negative() ? -*amount : *amount).to_yuan()) ? amount
                                                                              : std::nullopt;
}

bool is_person(std::string_view text) { return is_reference(text) && text.size() <= kLongestName; }

bool is_number_filter(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace hotline::admin
