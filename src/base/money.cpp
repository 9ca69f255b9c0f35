#include "hotline/base/money.h"

#include <charconv>

#include "hotline/base/contract.h"

namespace hotline {
namespace {

constexpr std::int64_t kLiPerYuan = 1000;
constexpr std::int64_t kMostYuan = 9'000'000'000'000;

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Money> Money::parse_yuan(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view fraction =
      dot == std::string_view::npos ? std::string_view("0") : text.substr(dot + 1);
  if (!all_digits(whole) || !all_digits(fraction) || fraction.size() > 3) return std::nullopt;

  std::int64_t yuan = 0;
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), yuan);
  if (error != std::errc{} || yuan >= kMostYuan) return std::nullopt;
  std::int64_t li = 0;
  for (std::size_t i = 0; i < 3; ++i) li = li * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  li += yuan * kLiPerYuan;
  return Money(negative ? -li : li);
}

std::string Money::to_yuan() const {
  // Unsigned, so that the smallest 64-bit value has a magnitude too.
  const auto bits = static_cast<std::uint64_t>(li_);
  const std::uint64_t magnitude = li_ < 0 ? 0 - bits : bits;
  std::string fraction = std::to_string(magnitude % kLiPerYuan);
  fraction.insert(0, 3 - fraction.size(), '0');
  return (li_ < 0 ? "-" : "") + std::to_string(magnitude / kLiPerYuan) + "." + fraction;
}

Money operator+(Money a, Money b) {
  std::int64_t sum = 0;
  HOTLINE_EXPECT(!__builtin_add_overflow(a.li_, b.li_, &sum));
  return Money(sum);
}

Money operator-(Money a, Money b) {
  std::int64_t difference = 0;
  HOTLINE_EXPECT(!__builtin_sub_overflow(a.li_, b.li_, &difference));
  return Money(difference);
}

Money operator*(Money a, std::int64_t times) {
  std::int64_t product = 0;
  HOTLINE_EXPECT(!__builtin_mul_overflow(a.li_, times, &product));
  return Money(product);
}

Money Money::operator-() const { return Money() - *this; }

Money share_rounded_down(Money amount, std::int64_t part, std::int64_t whole) {
  HOTLINE_EXPECT(!amount.is_negative() && part >= 0 && whole > 0);
  return Money::from_li((amount * part).li() / whole);
}

}  // namespace hotline
