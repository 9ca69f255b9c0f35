// What the money of a call costs in memory: reserving its first unit, renewing, and posting what it
// was rated at, on one of 10,000 accounts, any one next. `items_per_second` counts these
// operations; the plain tariff is the usual one, the rich one has every part a tariff can have.
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "hotline/billing/accounts.h"
#include "hotline/billing/meter.h"

namespace hotline::billing {
namespace {

constexpr std::size_t kAccounts = 10'000;
constexpr int kRenewals = 3;
constexpr const char* kTariffs[] = {
    "0.300 60/60",
    "0.301 60/6 setup 0.100 free 6 from 66 0.250 from 72 0.240 from 90 0.230 from 120 0.220 from "
    "240 0.210 from 300 0.200 from 360 0.190 from 420 0.180 nearest caller 0.110"};

void a_calls_money(benchmark::State& state) {
  const Tariff tariff = *tariff_from_text(kTariffs[state.range(0)]);
  const Package package;
  Accounts accounts;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kAccounts; ++i) {
    names.push_back("account-" + std::to_string(i));
    Book book{names.back(), Money::from_li(1'000'000'000'000), {}, standing_of_new(WallTime())};
    book.standing.state = AccountState::active;
    accounts.open(std::move(book));
  }
  std::mt19937_64 random(1);
  for (auto _ : state) {
    const std::string& account = names[random() % kAccounts];
    if (accounts.admit(account, package, tariff) != Admission::granted) {
      state.SkipWithError("the money is used up");
      break;
    }
    Meter meter(tariff, Instant());
    Money reserved = tariff.entry_price();
    for (int i = 0; i < kRenewals; ++i) {
      const int due = meter.units_due(meter.asks_at());
      const Reserved got = accounts.reserve(account, tariff, meter.units(), due);
      meter.extend(got.units, due);
      reserved += got.amount;
    }
    const Rated rated = rate(tariff, meter.billable(meter.boundary() - Milliseconds(1)));
    accounts.settle(account, reserved, rated.charge, WallTime(), WallTime());
  }
  state.SetItemsProcessed(state.iterations() * (1 + kRenewals + 1));
  state.SetLabel(state.range(0) == 0 ? "plain" : "rich");
}
BENCHMARK(a_calls_money)->Arg(0)->Arg(1);

}  // namespace
}  // namespace hotline::billing
