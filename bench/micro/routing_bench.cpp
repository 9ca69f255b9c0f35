// What one routing decision costs: parsed number → ring plan, with 10 and with 10,000 hotlines of
// 20 phones and 20 routes, and the region table full (every one of its 700,000 mobile prefixes is a
// slot, whatever was imported). `in_turn`: each call is the group's next, and the decision keeps
// that. Prints the mean as Google Benchmark does, and `p50_ns` and `p99_ns` of single decisions,
// the reading of the clock included. `memory_wait` is the limit they live with: one read of a place
// by chance in as much memory as 10,000 hotlines fill.
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "hotline/routing/decision.h"

namespace hotline::routing {
namespace {

constexpr WallTime kMondayMorning{Milliseconds{1'772'416'800'000}};
constexpr const char* kProvinces[] = {"北京", "天津", "河北", "山西", "辽宁", "吉林", "江苏",
                                      "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北",
                                      "湖南", "广东", "广西", "四川", "贵州"};

using Office = std::shared_ptr<const schedule::Schedule>;
using List = std::shared_ptr<const CallerList>;

using Regions =
    std::map<std::string, region::PlaceSet>;  // one set a name, as the loader makes them

std::shared_ptr<const Hotline> make_hotline(const std::string& number, const Regions& regions,
                                            const Office& office, const List& nuisance) {
  auto hotline = std::make_shared<Hotline>();
  hotline->number = number;
  hotline->screening.blacklists = {nuisance};
  auto group = std::make_unique<Group>();
  group->name = "sales";
  group->key = number + "/sales";
  group->ring = RingStrategy::round_robin;
  for (std::size_t i = 0; i < kMostPhones; ++i) {
    auto phone = std::make_unique<Phone>();
    phone->name = "phone" + std::to_string(i);
    phone->key = number + "/" + phone->name;
    phone->line_key = "unicom/" + number + std::to_string(i);
    if (i % 4 == 0) phone->schedule = office;
    group->phones.push_back(phone.get());
    hotline->phones.push_back(std::move(phone));
  }
  int line = 1;
  for (const char* province : kProvinces) {
    Condition when;
    when.region = regions.at(province);
    when.schedules = {office};
    hotline->routes.push_back(Route{province, Source{"h.toml", line++}, when, group.get()});
  }
  hotline->otherwise = Route{"otherwise", Source{"h.toml", line}, {}, group.get()};
  hotline->groups.push_back(std::move(group));
  return hotline;
}

struct World {
  explicit World(int hotlines) {
    snapshot.regions = region::builtin_table();
    auto office = std::make_shared<schedule::Schedule>();
    for (auto& day : office->weekly) day = {schedule::Span{9 * 60, 18 * 60}};
    auto list = std::make_shared<CallerList>("nuisance", Source{"hotline.toml", 1});
    std::mt19937_64 random(7);
    for (int i = 0; i < 1000; ++i) list->add_number(mobile(random));
    list->add_prefix("+86170");
    Regions regions;
    for (const char* province : kProvinces) regions[province] = *snapshot.regions->named(province);
    for (int i = 0; i < hotlines; ++i) {
      const std::string number = "400" + std::to_string(1'000'000 + i);
      snapshot.hotlines.add(number, make_hotline(number, regions, office, list));
      dialled.push_back(number);
    }
    std::shuffle(dialled.begin(), dialled.end(), random);
    for (int i = 0; i < 10'000; ++i) {
      callers.push_back(number::Number{number::Kind::mobile, mobile(random), ""});
    }
  }

  static std::string mobile(std::mt19937_64& random) {
    return "+86" + std::to_string(13'000'000'000 + random() % 7'000'000'000);
  }

  Snapshot snapshot;
  std::vector<std::string> dialled;
  std::vector<number::Number> callers;
};

class Turns final : public QuietFacts {
 public:
  std::uint64_t turn(const Group&) const override { return ++turn_; }

 private:
  mutable std::uint64_t turn_ = 0;
};

template <class Facts>
void routing_decision(benchmark::State& state) {
  const World world(static_cast<int>(state.range(0)));
  const Facts facts;
  std::vector<std::int64_t> spent;
  std::size_t next = 0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    const Hotline& hotline = *world.snapshot.find(world.dialled[next % world.dialled.size()]);
    const number::Number& caller = world.callers[next % world.callers.size()];
    benchmark::DoNotOptimize(decide({world.snapshot, hotline, caller, kMondayMorning, facts}));
    spent.push_back((std::chrono::steady_clock::now() - begin).count());
    ++next;
  }
  const auto percentile = [&](std::size_t percent) {
    const auto at = static_cast<std::ptrdiff_t>((spent.size() - 1) * percent / 100);
    std::nth_element(spent.begin(), spent.begin() + at, spent.end());
    return static_cast<double>(spent[static_cast<std::size_t>(at)]);
  };
  state.counters["p50_ns"] = percentile(50);
  state.counters["p99_ns"] = percentile(99);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(routing_decision<QuietFacts>)->Name("routing_decision")->Arg(10)->Arg(10'000);
BENCHMARK(routing_decision<Turns>)->Name("routing_decision_in_turn")->Arg(10)->Arg(10'000);

void memory_wait(benchmark::State& state) {
  struct alignas(64) Line {
    std::size_t next = 0;
  };
  constexpr std::size_t kLines = 200 * 1024 * 1024 / sizeof(Line);
  std::vector<std::size_t> order(kLines);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937_64(7));
  std::vector<Line> lines(kLines);
  for (std::size_t i = 0; i < kLines; ++i) lines[order[i]].next = order[(i + 1) % kLines];
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(at = lines[at].next);
}
BENCHMARK(memory_wait);

}  // namespace
}  // namespace hotline::routing
