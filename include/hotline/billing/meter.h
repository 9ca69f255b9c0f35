// The meter of one answered call: how much talk time is paid for, and when to ask for more.
// Runs on the call thread, by the monotonic clock alone.
#pragma once

#include <cstdint>

#include "hotline/base/time.h"
#include "hotline/billing/tariff.h"

namespace hotline::billing {

// How long before the paid boundary the next unit is asked for.
inline constexpr Milliseconds kRenewalLead{5000};

class Meter {
 public:
  // The first unit is paid for: admission reserved it. Free seconds need no payment.
  Meter(const Tariff& tariff, Instant answered);
  // So much talk is paid for, by an earlier meter of the same tariff.
  Meter(const Tariff& tariff, Instant answered, Milliseconds paid);

  Instant answered() const { return answered_; }
  // How many units are paid for.
  std::int64_t units() const { return units_; }
  // Talk time paid for, from the answer.
  Milliseconds paid() const { return paid_; }
  // When the paid time ends: the call must not talk on.
  Instant boundary() const { return answered_ + paid_; }
  // When to ask next: so many seconds before the boundary, or, once refused, at the boundary.
  Instant asks_at() const;

  // When it would end with so many more units.
  Instant boundary_with(int units) const { return boundary() + next_ * units; }
  // So many more units reach to that instant, and a little beyond.
  int units_until(Instant when) const;

  // Units to reserve now, so that the paid time reaches beyond the lead.
  int units_due(Instant now) const;
  // The answer to a question for units; fewer than asked for: money is short.
  void extend(int units, int asked);

  // min(talk, paid): what may be billed when the call ends now.
  Milliseconds billable(Instant now) const;

 private:
  Instant answered_;
  Milliseconds paid_;
  Seconds next_;  // what each further unit adds
  std::int64_t units_ = 1;
  bool short_of_money_ = false;
};

}  // namespace hotline::billing
