#include "hotline/billing/tariff.h"

#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/base/words.h"

namespace hotline::billing {
namespace {

constexpr std::int64_t kSecondsPerMinute = 60;

Money price_of(Money per_min, Seconds increment, Rounding rounding) {
  const std::int64_t exact = (per_min * increment.count()).li();  // sixtieths of a 厘
  switch (rounding) {
    case Rounding::none:
      HOTLINE_EXPECT(exact % kSecondsPerMinute == 0);
      return Money::from_li(exact / kSecondsPerMinute);
    case Rounding::up:
      return Money::from_li((exact + kSecondsPerMinute - 1) / kSecondsPerMinute);
    case Rounding::down:
      return Money::from_li(exact / kSecondsPerMinute);
    case Rounding::nearest:  // a half goes up
      return Money::from_li((exact + kSecondsPerMinute / 2) / kSecondsPerMinute);
  }
  HOTLINE_EXPECT(false);
  return {};
}

// The price per minute of the unit that begins with so many seconds of billed talk.
Money price_at(const Tariff& tariff, Seconds begin) {
  Money price = tariff.price_per_min;
  for (const PriceStep& step : tariff.steps) {
    if (step.from > begin) break;
    price = step.price_per_min;
  }
  return price;
}

std::int64_t units_started(const Tariff& tariff, Milliseconds billed_talk) {
  if (billed_talk <= Milliseconds(0)) return 0;
  if (billed_talk <= tariff.first) return 1;
  return 1 + (billed_talk - tariff.first + tariff.next - Milliseconds(1)) / tariff.next;
}

// The units before that one which begins with so many seconds of billed talk.
std::int64_t units_before(const Tariff& tariff, Seconds begin) {
  return 1 + (begin - tariff.first) / tariff.next;
}

// Visits the runs of units of one length and price, in order.
template <class Visit>
void each_block(const Tariff& tariff, std::int64_t units, const Visit& visit) {
  const auto block = [&](Money per_min, Seconds unit, std::int64_t count) {
    if (count <= 0) return;
    visit(Block{per_min, unit, price_of(per_min, unit, tariff.rounding), count});
  };
  std::int64_t done = 0;
  if (tariff.first != tariff.next) {  // else the first is one of the others
    done = std::min<std::int64_t>(units, 1);
    block(tariff.price_per_min, tariff.first, done);
  }
  Money price = tariff.price_per_min;
  for (const PriceStep& step : tariff.steps) {
    const std::int64_t until = std::min(units, units_before(tariff, step.from));
    block(price, tariff.next, until - done);
    done = until;
    price = step.price_per_min;
  }
  block(price, tariff.next, units - done);
}

bool is_price(Money price) { return !price.is_negative() && price.li() <= kMostPriceLi; }

bool is_unit(Seconds length) { return length.count() >= 1 && length.count() <= kLongestUnitS; }

bool is_whole(const Tariff& tariff, Money price, Seconds unit) {
  return tariff.rounding != Rounding::none || divides_evenly(price, unit);
}

bool has_sound_steps(const Tariff& tariff) {
  if (tariff.steps.size() > kMostSteps) return false;
  Seconds last{0};
  for (const PriceStep& step : tariff.steps) {
    if (step.from <= last || step.from.count() > kLastStepS) return false;
    if (!begins_unit(tariff, step.from) || !is_price(step.price_per_min)) return false;
    if (!is_whole(tariff, step.price_per_min, tariff.next)) return false;
    last = step.from;
  }
  return true;
}

}  // namespace

std::string_view to_string(Rounding rounding) {
  return kRoundingWords[static_cast<std::size_t>(rounding)];
}

std::optional<Rounding> rounding_from_string(std::string_view word) {
  return from_word(word, Rounding::nearest);
}

Money Tariff::unit_price(std::int64_t unit) const {
  if (unit == 0) return price_of(price_per_min, first, rounding);
  return price_of(price_at(*this, first + next * (unit - 1)), next, rounding);
}

bool divides_evenly(Money price_per_min, Seconds increment) {
  return (price_per_min * increment.count()).li() % kSecondsPerMinute == 0;
}

bool begins_unit(const Tariff& tariff, Seconds from) {
  return from >= tariff.first && (from - tariff.first) % tariff.next == Seconds(0);
}

bool is_sound(const Tariff& tariff) {
  return is_unit(tariff.first) && is_unit(tariff.next) && is_price(tariff.price_per_min) &&
         is_whole(tariff, tariff.price_per_min, tariff.first) &&
         is_whole(tariff, tariff.price_per_min, tariff.next) && is_price(tariff.setup_fee) &&
         tariff.free >= Seconds(0) && tariff.free.count() <= kLongestUnitS &&
         is_price(tariff.caller_fee_per_min) && has_sound_steps(tariff);
}

Rated rate(const Tariff& tariff, Milliseconds billable) {
  HOTLINE_EXPECT(billable >= Milliseconds(0));
  const std::int64_t units = units_started(tariff, billable - tariff.free);
  if (units == 0) return {};
  Rated rated{Seconds(0), tariff.setup_fee};
  each_block(tariff, units, [&](const Block& block) {
    rated.billed += block.unit * block.units;
    rated.charge += block.charge();
  });
  return rated;
}

Calculation calculate(const Tariff& tariff, Milliseconds billable) {
  Calculation steps;
  steps.total = rate(tariff, billable);
  steps.free = std::min<Milliseconds>(billable, tariff.free);
  const std::int64_t units = units_started(tariff, billable - tariff.free);
  if (units > 0) steps.setup_fee = tariff.setup_fee;
  each_block(tariff, units, [&](const Block& block) { steps.blocks.push_back(block); });
  return steps;
}

Money caller_fee(const Tariff& tariff, Milliseconds talk) {
  HOTLINE_EXPECT(talk >= Milliseconds(0));
  constexpr Milliseconds kMinute{60'000};
  return tariff.caller_fee_per_min * ((talk + kMinute - Milliseconds(1)) / kMinute);
}

}  // namespace hotline::billing
