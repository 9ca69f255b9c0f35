// How long something takes, again and again: how many times it took no longer than each of some
// bounds.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hotline {

struct Timing {
  using Took = std::chrono::microseconds;

  static constexpr std::array<Took, 15> kBounds{
      Took(500),       Took(1'000),     Took(2'000),     Took(5'000),      Took(10'000),
      Took(20'000),    Took(50'000),    Took(100'000),   Took(200'000),    Took(500'000),
      Took(1'000'000), Took(2'000'000), Took(5'000'000), Took(10'000'000), Took(30'000'000)};

  std::array<std::uint64_t, kBounds.size() + 1> each{};  // the last: longer than any bound
  Took sum{0};

  void add(Took took) {
    std::size_t bound = 0;
    while (bound < kBounds.size() && took > kBounds[bound]) ++bound;
    ++each[bound];
    sum += took;
  }
};

}  // namespace hotline
