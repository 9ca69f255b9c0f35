// The keys of a month_cap, an account's and a hotline's.
#pragma once

#include "config/keys.h"

namespace hotline::config {

inline constexpr Key kSpendCap = {
    .name = "spend",
    .type = Type::money,
    .bounds = {1, 1'000'000'000'000},
    .unit = "yuan",
    .doc = "No new call once so much is spent, money reserved for live calls included."};
inline constexpr Key kCallsCap = {
    .name = "calls",
    .type = Type::whole,
    .bounds = {1, 1'000'000'000},
    .unit = "calls",
    .doc = "No new call once so many were answered, live ones included."};

}  // namespace hotline::config
