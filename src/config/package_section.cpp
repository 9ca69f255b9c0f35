// [package.NAME]: what a call costs.

#include <cstdint>
#include <numeric>
#include <string>

#include "config/platform.h"

namespace hotline::config {
namespace {

// The smallest step between prices that are whole 厘 over that increment.
std::int64_t step_of(Seconds increment) {
  return 60 / std::gcd(std::int64_t{60}, increment.count());
}

std::string nearest_prices(const billing::Tariff& tariff) {
  const std::int64_t step = std::lcm(step_of(tariff.first), step_of(tariff.next));
  const Money below = Money::from_li(tariff.price_per_min.li() / step * step);
  const Money above = below + Money::from_li(step);
  return in_quotes(below.to_yuan()) + " and " + in_quotes(above.to_yuan());
}

std::shared_ptr<const billing::Package> read_package(const Reader& section, const Text& name,
                                                     FileProblems& problems) {
  auto package = std::make_shared<billing::Package>();
  const auto increments = section.pair("increments_s");
  billing::Tariff& tariff = package->tariff;
  tariff.price_per_min = section.money("price_per_min");
  tariff.first = Seconds(increments.first);
  tariff.next = Seconds(increments.second);
  if (!billing::divides_evenly(tariff.price_per_min, tariff.first) ||
      !billing::divides_evenly(tariff.price_per_min, tariff.next)) {
    problems.error(section.at("price_per_min"),
                   "price_per_min: " + tariff.price_per_min.to_yuan() + " over increments of " +
                       std::to_string(tariff.first.count()) + " and " +
                       std::to_string(tariff.next.count()) +
                       " seconds is no whole number of 厘; the nearest prices that are: " +
                       nearest_prices(tariff));
  }
  package->name = name.value;
  package->min_balance = section.money("min_balance");
  package->phones_included = static_cast<std::uint32_t>(section.whole("phones_included"));
  package->low_balance = section.money("low_balance");
  package->call_max = section.seconds("call_max_s");
  return package;
}

}  // namespace

void read_packages(const Document& document, Platform& platform, FileProblems& problems) {
  for (const Reader& section : document.all("package")) {
    const auto name = section_name(section, problems);
    if (!name) continue;
    platform.packages.add(*name, read_package(section, *name, problems), problems);
  }
}

}  // namespace hotline::config
