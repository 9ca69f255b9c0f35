// What the generator (src/region/generator) leaves for the builtin table: the places of mobile
// prefixes, run by run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hotline::region {

// A run reaches to the next one's start. Upper 20 bits: its first prefix, counted from 1300000;
// lower 12 bits: 0 for unknown, otherwise the number of the place counted from 1, where all
// cities() come first and then all provinces().
extern const std::uint32_t kMobileRuns[];
extern const std::size_t kMobileRunCount;

inline constexpr std::uint32_t kRunsBegin = 1'300'000;
inline constexpr std::uint32_t kRunsEnd = 2'000'000;
inline constexpr std::uint32_t kRunPlaceBits = 12;

}  // namespace hotline::region
