#include "hotline/call/rate_again.h"

#include <algorithm>

namespace hotline::call {

billing::Rated rate_again(const cdr::Record& record) {
  if (!record.answered || record.billable <= Milliseconds(0)) return {};
  if (!record.tariff.empty()) {
    const auto tariff = billing::tariff_from_text(record.tariff);
    return tariff ? billing::rate(*tariff, record.billable) : billing::Rated{};
  }
  constexpr Money kMostPrice = Money::from_li(1'000'000'000);
  constexpr Seconds kLongest = std::chrono::hours(24 * 366);
  if (record.price_per_min < Money() || record.price_per_min > kMostPrice ||
      record.billable > kLongest || record.billed > kLongest) {
    return {};  // nothing that was ever filed
  }
  // An old record has its price, not its increments: how many units were started is taken from it.
  billing::Rated rated;
  rated.billed = std::max(record.billed, std::chrono::ceil<Seconds>(record.billable));
  rated.charge = share_rounded_down(record.price_per_min, rated.billed.count(), 60);
  return rated;
}

}  // namespace hotline::call
