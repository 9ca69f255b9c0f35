// The keys of a tariff: a package's own, and those of its rates, which say only what is different.
#pragma once

#include "hotline/billing/tariff.h"

#include "config/keys.h"

namespace hotline::config {

inline constexpr Key kPricePerMin = {
    .name = "price_per_min",
    .type = Type::money,
    .required = true,
    .bounds = {0, billing::kMostPriceLi},
    .unit = "yuan",
    .doc =
        "Price of a minute. Price × increment ÷ 60 has to be whole 厘 (1/1000 yuan), unless "
        "`rounding` says what becomes of it."};
inline constexpr Key kIncrements = {
    .name = "increments_s",
    .type = Type::whole_pair,
    .fallback = 60,
    .bounds = {1, billing::kLongestUnitS},
    .unit = "seconds",
    .doc = "Length of the first unit and of every further one; each begun unit is billed."};
inline constexpr Key kSetupFee = {.name = "setup_fee",
                                  .type = Type::money,
                                  .fallback = "0.000",
                                  .bounds = {0, billing::kMostPriceLi},
                                  .unit = "yuan",
                                  .doc = "What a call costs besides, once, with its first unit."};
inline constexpr Key kFree = {
    .name = "free_s",
    .type = Type::whole,
    .fallback = 0,
    .bounds = {0, billing::kLongestUnitS},
    .unit = "seconds",
    .doc =
        "Talk that is not billed; the first unit begins behind it. A call that ends within it "
        "costs nothing."};
inline constexpr Key kSteps = {
    .name = "steps",
    .type = Type::tables,
    .bounds = {0, billing::kMostSteps},
    .doc = "Other prices of a minute further on in a call, rising by `from_s`."};
inline constexpr Key kRounding = {
    .name = "rounding",
    .fallback = "none",
    .words = billing::kRoundingWords,
    .doc = "What becomes of a unit's price that is no whole 厘: `none`, it is an error."};
inline constexpr Key kCallerFee = {
    .name = "caller_fee_per_min",
    .type = Type::money,
    .fallback = "0.000",
    .bounds = {0, billing::kMostPriceLi},
    .unit = "yuan",
    .doc =
        "What the caller's own carrier takes for each begun minute. Information in the record: "
        "nobody's balance changes by it."};

// In a rate: absent, the package's own holds.
constexpr Key of_rate(Key key) {
  key.required = false;
  key.fallback = {};
  return key;
}

}  // namespace hotline::config
