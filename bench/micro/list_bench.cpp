// What a question to a caller list of a million entries costs, and how much memory the list takes
// (`MB`: what the process grew by while it was made). Callers come in random order; each hit is an
// entry or begins with one.
#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "hotline/routing/caller_list.h"

namespace hotline::routing {
namespace {

constexpr std::size_t kEntries = CallerList::kMostEntries;
constexpr std::size_t kCallers = 1 << 18;
constexpr std::size_t kDigits = 13;  // of a mainland mobile

enum class Shape { numbers, prefixes_of_one_length, prefixes_of_all_lengths, both };

std::size_t resident_bytes() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::string digits(std::mt19937_64& random, std::size_t count) {
  std::string text(count, '0');
  for (char& c : text) c = static_cast<char>('0' + random() % 10);
  return text;
}

// Entries begin with 8, callers who are to be missed with 9.
struct Entry {
  Entry(Shape shape, std::size_t nth, std::mt19937_64& random)
      : is_number(shape == Shape::numbers || (shape == Shape::both && nth % 2 == 0)) {
    std::size_t length = kDigits;
    if (!is_number) length = shape == Shape::prefixes_of_one_length ? 9 : 7 + random() % 7;
    text = "+8" + digits(random, length - 1);
  }

  bool is_number;
  std::string text;
};

struct World {
  explicit World(Shape shape) {
    const std::size_t before = resident_bytes();
    std::mt19937_64 random(7);
    for (std::size_t i = 0; list.entries() < kEntries; ++i) {
      const Entry entry(shape, i, random);
      if (entry.is_number) {
        list.add_number(entry.text);
      } else {
        list.add_prefix(entry.text);
      }
    }
    grown = resident_bytes() - before;
    std::mt19937_64 again(7);
    std::mt19937_64 others(8);
    for (std::size_t i = 0; i < kCallers; ++i) {
      const Entry entry(shape, i, again);
      hits.push_back(
          {number::Kind::mobile, entry.text + digits(others, kDigits + 1 - entry.text.size()), ""});
      misses.push_back({number::Kind::mobile, "+9" + digits(others, kDigits - 1), ""});
    }
    std::shuffle(hits.begin(), hits.end(), others);
  }

  CallerList list{"big", Source{"hotline.toml", 1}};
  std::vector<number::Number> hits;
  std::vector<number::Number> misses;
  std::size_t grown = 0;
};

const World& world(Shape shape) {
  static std::array<std::unique_ptr<World>, 4> worlds;
  auto& made = worlds.at(static_cast<std::size_t>(shape));
  if (!made) made = std::make_unique<World>(shape);
  return *made;
}

void ask(benchmark::State& state, Shape shape, bool hit) {
  const World& made = world(shape);
  const auto& callers = hit ? made.hits : made.misses;
  std::size_t next = 0;
  std::size_t listed = 0;
  for (auto _ : state) {
    if (made.list.match(callers[next], region::kUnknown) != ListedBy::nothing) ++listed;
    next = (next + 1) % kCallers;
  }
  const std::size_t asked = static_cast<std::size_t>(state.iterations());
  if (listed != (hit ? asked : 0)) state.SkipWithError("the list does not say what it should");
  state.counters["MB"] = static_cast<double>(made.grown) / 1e6;
}
BENCHMARK_CAPTURE(ask, numbers_hit, Shape::numbers, true);
BENCHMARK_CAPTURE(ask, numbers_miss, Shape::numbers, false);
BENCHMARK_CAPTURE(ask, prefixes_of_one_length_hit, Shape::prefixes_of_one_length, true);
BENCHMARK_CAPTURE(ask, prefixes_of_one_length_miss, Shape::prefixes_of_one_length, false);
BENCHMARK_CAPTURE(ask, prefixes_of_all_lengths_hit, Shape::prefixes_of_all_lengths, true);
BENCHMARK_CAPTURE(ask, prefixes_of_all_lengths_miss, Shape::prefixes_of_all_lengths, false);
BENCHMARK_CAPTURE(ask, numbers_and_prefixes_hit, Shape::both, true);
BENCHMARK_CAPTURE(ask, numbers_and_prefixes_miss, Shape::both, false);

}  // namespace
}  // namespace hotline::routing
