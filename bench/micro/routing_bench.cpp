// What one routing decision costs: parsed number → ring plan, with 10,000 hotlines and the region
// table full (every one of its 700,000 mobile prefixes is a slot, whatever was imported).
// Prints the mean as Google Benchmark does, and the median over batches as `p50_ns`.
#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "hotline/routing/decision.h"

namespace hotline::routing {
namespace {

constexpr int kHotlines = 10'000;
constexpr int kBatch = 50;
constexpr WallTime kMondayMorning{Milliseconds{1'772'416'800'000}};

std::unique_ptr<const Hotline> make_hotline(const std::string& number, const region::Table& regions,
                                            const std::shared_ptr<const schedule::Schedule>& office,
                                            const std::shared_ptr<const CallerList>& nuisance) {
  auto hotline = std::make_unique<Hotline>();
  hotline->number = number;
  hotline->blacklists = {nuisance};
  auto group = std::make_unique<Group>();
  group->name = "sales";
  for (int i = 0; i < 10; ++i) {
    auto phone = std::make_unique<Phone>();
    phone->name = "phone" + std::to_string(i);
    if (i == 0) phone->schedule = office;
    group->phones.push_back(phone.get());
    hotline->phones.push_back(std::move(phone));
  }
  int line = 1;
  for (const char* province : {"北京", "上海", "广东", "四川", "江苏"}) {
    Condition when;
    when.region = *regions.named(province);
    when.schedules = {office};
    hotline->routes.push_back(Route{province, Source{"h.toml", line++}, when, group.get()});
  }
  hotline->otherwise = Route{"otherwise", Source{"h.toml", line}, {}, group.get()};
  hotline->groups.push_back(std::move(group));
  return hotline;
}

struct World {
  World() {
    snapshot.regions = region::builtin_table();
    auto office = std::make_shared<schedule::Schedule>();
    for (auto& day : office->weekly) day = {schedule::Span{9 * 60, 18 * 60}};
    auto list = std::make_shared<CallerList>("nuisance", Source{"hotline.toml", 1});
    std::mt19937_64 random(7);
    for (int i = 0; i < 1000; ++i) list->add_number(mobile(random));
    list->add_prefix("+86170");
    for (int i = 0; i < kHotlines; ++i) {
      const std::string number = "400" + std::to_string(1'000'000 + i);
      snapshot.hotlines[number] = make_hotline(number, *snapshot.regions, office, list);
      dialled.push_back(number);
      callers.push_back(number::Number{number::Kind::mobile, mobile(random), ""});
    }
    std::shuffle(dialled.begin(), dialled.end(), random);
  }

  static std::string mobile(std::mt19937_64& random) {
    return "+86" + std::to_string(13'000'000'000 + random() % 7'000'000'000);
  }

  Snapshot snapshot;
  std::vector<std::string> dialled;
  std::vector<number::Number> callers;
};

void routing_decision(benchmark::State& state) {
  static const World world;
  std::vector<double> batches;
  std::size_t next = 0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < kBatch; ++i, next = (next + 1) % kHotlines) {
      const Hotline& hotline = *world.snapshot.find(world.dialled[next]);
      benchmark::DoNotOptimize(
          decide(world.snapshot, hotline, world.callers[next], kMondayMorning));
    }
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
    batches.push_back(spent.count() / kBatch);
  }
  std::nth_element(batches.begin(),
                   batches.begin() + static_cast<std::ptrdiff_t>(batches.size() / 2),
                   batches.end());
  state.counters["p50_ns"] = batches[batches.size() / 2];
  state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(routing_decision);

}  // namespace
}  // namespace hotline::routing
