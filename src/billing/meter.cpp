#include "hotline/billing/meter.h"

#include <algorithm>

#include "hotline/base/contract.h"

namespace hotline::billing {

Meter::Meter(const Tariff& tariff, Instant answered)
    : answered_(answered), paid_(tariff.paid_by(1)), next_(tariff.next) {}

Meter::Meter(const Tariff& tariff, Instant answered, Milliseconds paid) : Meter(tariff, answered) {
  const auto more = std::max<std::int64_t>(0, (paid - paid_) / next_);
  units_ += more;
  paid_ += next_ * more;
}

Instant Meter::asks_at() const {
  if (short_of_money_) return boundary();
  return std::max(answered_, boundary() - kRenewalLead);
}

int Meter::units_due(Instant now) const { return units_until(now + kRenewalLead); }

int Meter::units_until(Instant when) const {
  const Milliseconds missing = when - boundary();
  if (missing < Milliseconds(0)) return 0;
  return static_cast<int>(missing / next_) + 1;
}

void Meter::extend(int units, int asked) {
  HOTLINE_EXPECT(units >= 0 && units <= asked);
  paid_ += next_ * units;
  units_ += units;
  short_of_money_ = units < asked;
}

Milliseconds Meter::billable(Instant now) const {
  return std::clamp(now - answered_, Milliseconds(0), paid_);
}

}  // namespace hotline::billing
