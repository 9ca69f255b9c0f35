#include "admin/checks.h"

#include <algorithm>

#include "admin/utf8.h"

namespace hotline::admin {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestReference = 128;                  // characters
constexpr Money kMostAmount = Money::from_li(100'000'000'000);  // so balances cannot overflow
constexpr std::size_t kMostBytes = 4 * kLongestReference;       // of a reference, in UTF-8

}  // namespace

bool is_account_name(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  return !text.empty() && text.size() <= kLongestName &&
         text.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool is_reference(std::string_view text) {
  if (text.empty() || text.size() > kMostBytes || text.front() == ' ' || text.back() == ' ') {
    return false;
  }
  const std::u32string characters = characters_of(text);
  return characters.size() <= kLongestReference &&
         std::all_of(characters.begin(), characters.end(),
                     [](char32_t c) { return c != kMalformed && is_printable(c); });
}

std::optional<Money> parse_amount(std::string_view text) {
  const auto amount = Money::parse_yuan(text);
  return amount && *amount > Money() && *amount <= kMostAmount ? amount : std::nullopt;
}

bool is_number_filter(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace hotline::admin
