// A tariff as a section says it, and all that can be wrong with one.

#include <cstdint>
#include <numeric>
#include <string>

#include "config/platform.h"

namespace hotline::config {
namespace {

using billing::Tariff;

// The smallest step between prices that are whole 厘 over that increment.
std::int64_t step_of(Seconds increment) {
  return 60 / std::gcd(std::int64_t{60}, increment.count());
}

std::string nearest_prices(Money price, std::int64_t step) {
  const Money below = Money::from_li(price.li() / step * step);
  const Money above = below + Money::from_li(step);
  return "; the nearest prices that are: " + in_quotes(below.to_yuan()) + " and " +
         in_quotes(above.to_yuan());
}

std::string nearest_units(const Tariff& tariff, Seconds from) {
  const std::string first = std::to_string(tariff.first.count());
  if (from < tariff.first) return "; the nearest is " + first;
  const Seconds below = from - (from - tariff.first) % tariff.next;
  return "; the nearest are " + std::to_string(below.count()) + " and " +
         std::to_string((below + tariff.next).count());
}

// Reads a section over the tariff that holds where it is silent, and judges what it says.
class TariffReader {
 public:
  TariffReader(const Reader& section, const Tariff* own, FileProblems& problems)
      : section_(section), own_(own), problems_(problems) {
    if (own != nullptr) tariff_ = *own;
  }

  Tariff read() {
    const std::size_t errors = problems_.errors();
    if (says("increments_s")) {
      const auto increments = section_.pair("increments_s");
      tariff_.first = Seconds(increments.first);
      tariff_.next = Seconds(increments.second);
    }
    if (says("rounding")) {
      const auto word = section_.text("rounding");
      if (word) tariff_.rounding = billing::rounding_from_string(word->value).value();
    }
    units_are_right_ = problems_.errors() == errors;
    if (says("price_per_min")) tariff_.price_per_min = section_.money("price_per_min");
    if (problems_.errors() == errors) judge_price();
    if (says("setup_fee")) tariff_.setup_fee = section_.money("setup_fee");
    if (says("free_s")) tariff_.free = section_.seconds("free_s");
    if (says("caller_fee_per_min")) {
      tariff_.caller_fee_per_min = section_.money("caller_fee_per_min");
    }
    if (says("steps")) {
      read_steps();
    } else if (section_.has("increments_s") || section_.has("rounding")) {
      judge_inherited_steps();
    }
    return tariff_;
  }

 private:
  bool says(std::string_view key) const { return own_ == nullptr || section_.has(key); }
  bool must_be_whole() const { return tariff_.rounding == billing::Rounding::none; }

  void read_steps() {
    tariff_.steps.clear();
    for (const Reader& step : section_.tables("steps")) {
      const std::size_t errors = problems_.errors();
      const billing::PriceStep read{step.seconds("from_s"), step.money("price_per_min")};
      if (problems_.errors() != errors) continue;
      if (!tariff_.steps.empty() && read.from <= tariff_.steps.back().from) {
        problems_.error(step.at("from_s"), "from_s: " + std::to_string(read.from.count()) +
                                               " does not come after " +
                                               std::to_string(tariff_.steps.back().from.count()));
      }
      judge_step(read, step.at("from_s"), step.at("price_per_min"));
      tariff_.steps.push_back(read);
    }
  }

  void judge_inherited_steps() {
    const Place at = section_.at(section_.has("increments_s") ? "increments_s" : "rounding");
    for (const billing::PriceStep& step : tariff_.steps) judge_step(step, at, at);
  }

  void judge_step(const billing::PriceStep& step, Place at_from, Place at_price) {
    if (!units_are_right_) return;
    if (!billing::begins_unit(tariff_, step.from)) {
      problems_.error(at_from, "from_s: no unit begins after " + std::to_string(step.from.count()) +
                                   " seconds of talk" + nearest_units(tariff_, step.from));
    }
    if (must_be_whole() && !billing::divides_evenly(step.price_per_min, tariff_.next)) {
      problems_.error(at_price, "price_per_min: " + step.price_per_min.to_yuan() +
                                    " over increments of " + std::to_string(tariff_.next.count()) +
                                    " seconds is no whole number of 厘" +
                                    nearest_prices(step.price_per_min, step_of(tariff_.next)));
    }
  }

  // What a rate only inherits has been judged where it was written.
  void judge_price() {
    const char* key = nullptr;
    for (const char* one : {"rounding", "increments_s", "price_per_min"}) {
      if (section_.has(one)) key = one;
    }
    if (key == nullptr || !must_be_whole()) return;
    if (billing::divides_evenly(tariff_.price_per_min, tariff_.first) &&
        billing::divides_evenly(tariff_.price_per_min, tariff_.next)) {
      return;
    }
    const std::int64_t step = std::lcm(step_of(tariff_.first), step_of(tariff_.next));
    problems_.error(section_.at(key),
                    "price_per_min: " + tariff_.price_per_min.to_yuan() + " over increments of " +
                        std::to_string(tariff_.first.count()) + " and " +
                        std::to_string(tariff_.next.count()) + " seconds is no whole number of 厘" +
                        nearest_prices(tariff_.price_per_min, step));
  }

  const Reader& section_;
  const Tariff* own_;
  FileProblems& problems_;
  Tariff tariff_;
  bool units_are_right_ = true;
};

}  // namespace

billing::Tariff read_tariff(const Reader& section, const billing::Tariff* own,
                            FileProblems& problems) {
  return TariffReader(section, own, problems).read();
}

}  // namespace hotline::config
