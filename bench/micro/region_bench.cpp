// What it costs to place a number: random mobiles over the whole table, so that the cache misses
// count too.
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "hotline/region/region.h"

namespace hotline::region {
namespace {

constexpr std::size_t kNumbers = 100'000;

void locate_random_mobile(benchmark::State& state) {
  const auto table = builtin_table();
  std::mt19937_64 random(7);
  std::vector<number::Number> numbers;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const std::string digits = std::to_string(13'000'000'000 + random() % 7'000'000'000);
    numbers.push_back(number::Number{number::Kind::mobile, "+86" + digits, digits});
  }
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(table->locate(numbers[next]));
    next = (next + 1) % kNumbers;
  }
}
BENCHMARK(locate_random_mobile);

}  // namespace
}  // namespace hotline::region
