// Money: a whole number of 厘 (1/1000 yuan). Never floating point; overflow aborts.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotline {

class Money {
 public:
  constexpr Money() = default;
  static constexpr Money from_li(std::int64_t li) { return Money(li); }

  // Reads an amount in yuan with at most three decimals ("15", "15.00", "-0.300").
  // Errors: nullopt for anything else, including amounts beyond 9·10^15 厘.
  static std::optional<Money> parse_yuan(std::string_view text);

  constexpr std::int64_t li() const { return li_; }
  constexpr bool is_negative() const { return li_ < 0; }

  // "15.000": yuan with three decimals.
  std::string to_yuan() const;

  friend constexpr auto operator<=>(Money, Money) = default;
  friend Money operator+(Money a, Money b);
  friend Money operator-(Money a, Money b);
  friend Money operator*(Money a, std::int64_t times);
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }
  Money operator-() const;

 private:
  constexpr explicit Money(std::int64_t li) : li_(li) {}

  std::int64_t li_ = 0;
};

// amount × part ÷ whole, what is less than a 厘 dropped.
// Requires: amount and part not negative, whole positive.
Money share_rounded_down(Money amount, std::int64_t part, std::int64_t whole);

}  // namespace hotline
