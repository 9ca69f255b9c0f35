// [package.NAME]: what calls and having an account cost; [service.NAME]: what may be bought once.

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

billing::FirstMonth first_month_from(std::string_view word) {
  if (word == "full") return billing::FirstMonth::full;
  return word == "by_day" ? billing::FirstMonth::by_day : billing::FirstMonth::exempt;
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
  package->year_price = section.money("year_price");
  package->renewal_fee = section.money("renewal_fee");
  package->month_minimum = section.money("month_minimum");
  package->first_month = first_month_from(section.text("first_month")->value);
  package->suspension_fee = section.money("suspension_fee");
  package->line_fee = section.money("line_fee");
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

void read_services(const Document& document, Platform& platform, FileProblems& problems) {
  for (const Reader& section : document.all("service")) {
    const auto name = section_name(section, problems);
    if (!name) continue;
    platform.services[name->value] =
        billing::Service{name->value, section.money("price"), section.flag("from_balance")};
  }
}

}  // namespace hotline::config
