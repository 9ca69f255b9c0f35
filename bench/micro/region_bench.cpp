// What it costs to place a number (random mobiles over the whole table, so that the cache misses
// count too), and to load a table.
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "hotline/region/reading.h"
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

// A table of the size of the public ones, as the server reads it at its start: CSV to Table.
void load_517000_prefixes(benchmark::State& state) {
  constexpr std::size_t kPrefixes = 517'000;
  const auto base = builtin_table();
  std::string csv = "prefix,province,city,area_code,carrier\n";
  for (std::size_t i = 0; i < kPrefixes; ++i) {
    const auto city = static_cast<PlaceId>(kAbroad + 1 + i * 7919 % 300);
    const Place& place = base->place(city);
    csv += std::to_string(kFirstMobile + i) + ',' + place.province + ',' + place.city + ',' +
           place.area_code + ",移动\n";
  }
  for (auto _ : state) {
    const Reading reading = read_csv(csv);
    if (reading.entries.list.size() != kPrefixes) state.SkipWithError("not read whole");
    benchmark::DoNotOptimize(overlay(*base, reading.entries));
  }
}
BENCHMARK(load_517000_prefixes)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hotline::region
