// Random tariffs, and random calls by them on one account: what is reserved, charged and rated
// always agrees, and nobody ever spends more than there is.
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hotline/billing/accounts.h"
#include "hotline/billing/meter.h"

namespace hotline::billing {
namespace {

constexpr const char* kAccount = "acme";

// A number of `from` … `to`, both included.
template <class Number>
rc::Gen<Number> between(Number from, Number to) {
  return rc::gen::inRange<Number>(from, static_cast<Number>(to + 1));
}

Tariff any_tariff() {
  Tariff tariff;
  tariff.first = Seconds(*between(1, 70));
  tariff.next = Seconds(*between(1, 70));
  tariff.rounding =
      *rc::gen::element(Rounding::none, Rounding::up, Rounding::down, Rounding::nearest);
  // Multiples of 60 are whole over any increment.
  const std::int64_t step = tariff.rounding == Rounding::none ? 60 : 1;
  const auto price = [step] { return Money::from_li(*between<std::int64_t>(0, 30) * step); };
  tariff.price_per_min = price();
  tariff.setup_fee = Money::from_li(*between<std::int64_t>(0, 200));
  tariff.free = Seconds(*between(0, 20));
  Seconds from = tariff.first - tariff.next;
  for (std::size_t left = *between<std::size_t>(0, kMostSteps); left > 0; --left) {
    from += tariff.next * *between(1, 5);
    tariff.steps.push_back({from, price()});
  }
  tariff.caller_fee_per_min = Money::from_li(*between<std::int64_t>(0, 200));
  return tariff;
}

RC_GTEST_PROP(TariffProperty, its_text_says_all_of_it, ()) {
  const Tariff tariff = any_tariff();
  RC_ASSERT(is_sound(tariff));
  RC_ASSERT(tariff_from_text(to_text(tariff)) == tariff);
}

RC_GTEST_PROP(TariffProperty, more_talk_never_costs_less_and_paid_time_is_enough, ()) {
  const Tariff tariff = any_tariff();
  const Milliseconds talk{*between(0, 1'000'000)};
  const Milliseconds more = talk + Milliseconds(*between(0, 100'000));
  RC_ASSERT(rate(tariff, talk).charge <= rate(tariff, more).charge);
  const Calculation steps = calculate(tariff, talk);
  Money sum = steps.setup_fee;
  Seconds billed{0};
  for (const Block& block : steps.blocks) {
    RC_ASSERT(block.units > 0);
    sum += block.charge();
    billed += block.unit * block.units;
  }
  RC_ASSERT(sum == rate(tariff, talk).charge);
  RC_ASSERT(billed == rate(tariff, talk).billed);
  RC_ASSERT(talk <= tariff.free + billed);
}

// The part of a call that touches money, as src/call does it.
struct Live {
  Tariff tariff;
  Meter meter;
  Money reserved;
};

class Bank {
 public:
  explicit Bank(Money posted) : posted_(posted) {
    Book book{kAccount, posted, {}, standing_of_new(WallTime())};
    book.standing.state = AccountState::active;
    accounts_.open(std::move(book));
  }

  void admit() {
    Tariff tariff = any_tariff();
    const Money before = available();
    const Admission verdict = accounts_.admit(kAccount, Package{}, tariff);
    const bool is_refused = posted_.is_negative() || before < tariff.entry_price();
    RC_ASSERT((verdict != Admission::granted) == is_refused);
    if (is_refused) return;
    const Meter meter(tariff, now_);
    const Money entry = tariff.entry_price();
    calls_.push_back({std::move(tariff), meter, entry});
  }

  // Every call asks when its meter says so; who gets too little is cut off at its boundary.
  void pass(Milliseconds time) {
    const Instant until = now_ + time;
    while (!calls_.empty()) {
      const auto next = std::min_element(calls_.begin(), calls_.end(), [](auto& a, auto& b) {
        return a.meter.asks_at() < b.meter.asks_at();
      });
      if (next->meter.asks_at() > until) break;
      now_ = std::max(now_, next->meter.asks_at());
      renew(next);
      check();
    }
    now_ = until;
  }

  void hang_up() {
    if (calls_.empty()) return;
    settle(calls_.begin() + *between<std::ptrdiff_t>(0, std::ssize(calls_) - 1));
  }

  void recharge() {
    const Money amount = Money::from_li(*between<std::int64_t>(1, 2000));
    accounts_.moved(kAccount, amount, EntryKind::recharge, WallTime());
    posted_ += amount;
  }

  void end_all() {
    while (!calls_.empty()) settle(calls_.begin());
    RC_ASSERT(balance().reserved == Money());
    RC_ASSERT(balance().posted == posted_);
  }

  void check() const {
    Money reserved;
    for (const Live& live : calls_) {
      reserved += live.reserved;
      // What it would cost now is paid for: no call spends what it has not reserved.
      RC_ASSERT(rate(live.tariff, live.meter.billable(now_)).charge <= live.reserved);
      RC_ASSERT(rate(live.tariff, live.meter.paid()).charge == live.reserved);
    }
    RC_ASSERT(balance().reserved == reserved);
    RC_ASSERT(balance().posted == posted_);
    RC_ASSERT(reserved <= std::max(posted_, Money()));
  }

 private:
  using Place = std::vector<Live>::iterator;

  const Book& balance() const { return *accounts_.find(kAccount); }
  Money available() const { return balance().available(); }

  void renew(Place live) {
    const int asked = live->meter.units_due(now_);
    const Reserved got = accounts_.reserve(kAccount, live->tariff, live->meter.units(), asked);
    live->meter.extend(got.units, asked);
    live->reserved += got.amount;
    if (got.units < asked) {
      RC_ASSERT(available() < live->tariff.unit_price(live->meter.units()));
    }
    if (now_ >= live->meter.boundary()) settle(live);
  }

  void settle(Place live) {
    const Milliseconds billable = live->meter.billable(now_);
    const Money charge = rate(live->tariff, billable).charge;
    // Anybody who has the record's text comes to the same charge.
    RC_ASSERT(rate(*tariff_from_text(to_text(live->tariff)), billable).charge == charge);
    accounts_.settle(kAccount, live->reserved, charge, WallTime(), WallTime());
    posted_ -= charge;
    calls_.erase(live);
  }

  Accounts accounts_;
  Money posted_;
  Instant now_{};
  std::vector<Live> calls_;
};

RC_GTEST_PROP(AccountsProperty, no_mix_of_calls_overspends, ()) {
  Bank bank(Money::from_li(*between<std::int64_t>(-100, 5000)));
  const int steps = *between(1, 60);
  for (int step = 0; step < steps; ++step) {
    switch (*between(0, 5)) {
      case 0:
      case 1:
        bank.admit();
        break;
      case 2:
        bank.hang_up();
        break;
      case 3:
        bank.recharge();
        break;
      default:
        bank.pass(Milliseconds(*between(0, 90'000)));
    }
    bank.check();
  }
  bank.end_all();
}

}  // namespace
}  // namespace hotline::billing
