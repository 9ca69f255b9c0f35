// What a call costs: prices, the units they are billed in, and rating by them. Whole 厘 throughout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::billing {

// What becomes of a unit's price that is no whole number of 厘; none: there is no such price.
enum class Rounding : std::uint8_t { none, up, down, nearest };
inline constexpr std::string_view kRoundingWords[] = {"none", "up", "down", "nearest"};
std::string_view to_string(Rounding rounding);
// Errors: nullopt for any other word.
std::optional<Rounding> rounding_from_string(std::string_view word);

// Another price, from so many seconds of billed talk on.
struct PriceStep {
  Seconds from{0};
  Money price_per_min{};
  friend bool operator==(const PriceStep&, const PriceStep&) = default;
};

// The most a price or fee of a tariff may be, in 厘; and how far a tariff may reach.
inline constexpr std::int64_t kMostPriceLi = 1'000'000;
inline constexpr std::int64_t kLongestUnitS = 3600;
inline constexpr std::int64_t kLastStepS = 86'400;
inline constexpr std::size_t kMostSteps = 8;

// Talk is first free, then billed in units; a started unit counts in full. Requires is_sound(),
// which the configuration and tariff_from_text() check.
struct Tariff {
  Money price_per_min;
  Seconds first{60};               // length of the first unit
  Seconds next{60};                // length of every further unit
  Money setup_fee{};               // once, with the first unit
  Seconds free{0};                 // talk before the first unit
  std::vector<PriceStep> steps{};  // rising; each begins with a unit
  Rounding rounding = Rounding::none;
  Money caller_fee_per_min{};  // what the caller's own carrier takes: information, no charge

  // Units are counted from 0, the first.
  Money unit_price(std::int64_t unit) const;
  // What an admission pays for: the set-up fee and the first unit.
  Money entry_price() const { return setup_fee + unit_price(0); }
  // Talk time that the first so many units pay for, the free seconds in front included.
  // Requires: units ≥ 1.
  Seconds paid_by(std::int64_t units) const { return free + first + next * (units - 1); }

  friend bool operator==(const Tariff&, const Tariff&) = default;
};

// Is price × increment ÷ 60 whole 厘?
bool divides_evenly(Money price_per_min, Seconds increment);
// Does a unit other than the first begin at so many seconds of billed talk?
bool begins_unit(const Tariff& tariff, Seconds from);
// Can calls be rated by it?
bool is_sound(const Tariff& tariff);

// The whole tariff in one line, exact: "0.300 60/60", "0.300 60/60 setup 0.100 free 6 from 180
// 0.200 up caller 0.100". Equal tariffs have equal texts.
std::string to_text(const Tariff& tariff);
// Errors: nullopt for what to_text() never writes of a sound tariff.
std::optional<Tariff> tariff_from_text(std::string_view text);

// What the month in which an account becomes active owes of the month's minimum.
enum class FirstMonth : std::uint8_t {
  exempt,  // nothing
  full,
  by_day,  // by the days from then on, its own day included
};

// A package an account has bought.
struct Package {
  std::string name;
  Tariff tariff;
  Money year_price{};     // has to be paid in before the first call
  Money renewal_fee{};    // taken each year after that
  Money month_minimum{};  // calls of a month cost at least so much
  FirstMonth first_month = FirstMonth::exempt;
  Money suspension_fee{};              // a day
  Money line_fee{};                    // a year, of each phone beyond phones_included
  Money min_balance;                   // posted balance below it: suspended for new calls
  Seconds call_max{7200};              // the longest call
  std::uint32_t phones_included = 20;  // bound phones a hotline has for nothing more
  Money low_balance{};                 // less available: the account is low
};

struct Rated {
  Seconds billed{0};  // started units, in full
  Money charge;
};

// Every started unit counts in full. Talk that was free altogether costs nothing, not even the
// set-up fee.
// Requires: billable ≥ 0.
Rated rate(const Tariff& tariff, Milliseconds billable);

// Units of one length and price, one behind the other.
struct Block {
  Money price_per_min;
  Seconds unit{0};  // the length of each
  Money unit_price;
  std::int64_t units = 0;

  Money charge() const { return unit_price * units; }
};

// How rate() gets there, step by step.
struct Calculation {
  Milliseconds free{0};  // of the talk
  Money setup_fee;
  std::vector<Block> blocks;
  Rated total;
};
Calculation calculate(const Tariff& tariff, Milliseconds billable);

// What the caller's own carrier takes for an answered call, by started minutes of its talk.
// Requires: talk ≥ 0.
Money caller_fee(const Tariff& tariff, Milliseconds talk);

}  // namespace hotline::billing
