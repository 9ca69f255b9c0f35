#include "hotline/billing/tariff.h"

#include "hotline/base/contract.h"

namespace hotline::billing {
namespace {

constexpr std::int64_t kSecondsPerMinute = 60;

Money price_of(Money per_min, Seconds increment) {
  HOTLINE_EXPECT(divides_evenly(per_min, increment));
  return Money::from_li((per_min * increment.count()).li() / kSecondsPerMinute);
}

}  // namespace

Money Tariff::first_price() const { return price_of(price_per_min, first); }

Money Tariff::next_price() const { return price_of(price_per_min, next); }

bool divides_evenly(Money price_per_min, Seconds increment) {
  return (price_per_min * increment.count()).li() % kSecondsPerMinute == 0;
}

Rated rate(const Tariff& tariff, Milliseconds billable) {
  HOTLINE_EXPECT(billable >= Milliseconds(0));
  if (billable == Milliseconds(0)) return {};
  Rated rated{tariff.first, tariff.first_price()};
  if (billable > tariff.first) {
    const Milliseconds beyond = billable - tariff.first;
    const std::int64_t units = (beyond + tariff.next - Milliseconds(1)) / tariff.next;
    rated.billed += tariff.next * units;
    rated.charge += tariff.next_price() * units;
  }
  return rated;
}

}  // namespace hotline::billing
