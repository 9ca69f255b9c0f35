// What a call costs: the price and its increments, and rating by them. Whole 厘 throughout.
#pragma once

#include <cstdint>
#include <string>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::billing {

// Requires (checked by the configuration): price × increment ÷ 60 is whole 厘; increments ≥ 1 s.
struct Tariff {
  Money price_per_min;
  Seconds first{60};  // length of the first unit
  Seconds next{60};   // length of every further unit

  Money first_price() const;
  Money next_price() const;
  friend bool operator==(const Tariff&, const Tariff&) = default;
};

// Is price × increment ÷ 60 whole 厘? What the configuration asks before it builds a Tariff.
bool divides_evenly(Money price_per_min, Seconds increment);

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

// Every started unit counts in full; no talk, no charge.
// Requires: billable ≥ 0.
Rated rate(const Tariff& tariff, Milliseconds billable);

}  // namespace hotline::billing
