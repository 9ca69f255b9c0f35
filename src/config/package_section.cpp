// [package.NAME]: what calls and having an account cost; [service.NAME]: what may be bought once.

#include <cstdint>
#include <set>
#include <string>

#include "config/platform.h"

namespace hotline::config {
namespace {

billing::FirstMonth first_month_from(std::string_view word) {
  if (word == "full") return billing::FirstMonth::full;
  return word == "by_day" ? billing::FirstMonth::by_day : billing::FirstMonth::exempt;
}

std::shared_ptr<const billing::Package> read_package(const Reader& section, const Text& name,
                                                     FileProblems& problems) {
  auto package = std::make_shared<billing::Package>();
  package->tariff = read_tariff(section, nullptr, problems);
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

routing::Rate read_rate(const Reader& section, const billing::Tariff& own, Platform& platform,
                        FileProblems& problems, Loading& loading) {
  routing::Rate rate;
  rate.region = loading.regions.find(section.texts("region"), problems);
  if (const auto name = section.text("schedule")) {
    if (const auto* schedule = platform.schedules.find(*name, problems)) rate.schedule = *schedule;
  }
  rate.tariff = read_tariff(section, &own, problems);
  return rate;
}

// In the order written: the first that holds is the call's.
std::shared_ptr<const routing::Rates> read_rates(const Reader& package, const billing::Tariff& own,
                                                 Platform& platform, FileProblems& problems,
                                                 Loading& loading) {
  const std::vector<Reader> sections = package.tables("rate");
  if (sections.empty()) return nullptr;
  auto rates = std::make_shared<routing::Rates>();
  std::set<std::string> names;
  std::string takes_all;
  for (const Reader& section : sections) {
    rates->push_back(read_rate(section, own, platform, problems, loading));
    if (const auto name = section_name(section, problems)) {
      rates->back().name = name->value;
      if (!names.insert(name->value).second) {
        problems.error(name->at, "rate " + in_quotes(name->value) + " is already defined");
      }
    }
    if (!takes_all.empty()) {
      problems.warning(section.at(), "no call has this rate: " + in_quotes(takes_all) +
                                         " before it asks for nothing");
    } else if (!section.has("region") && !section.has("schedule")) {
      takes_all = rates->back().name;
    }
  }
  return rates;
}

}  // namespace

void read_packages(const Document& document, Platform& platform, FileProblems& problems,
                   Loading& loading) {
  for (const Reader& section : document.all("package")) {
    const auto name = section_name(section, problems);
    if (!name) continue;
    routing::Pricing pricing;
    pricing.package = read_package(section, *name, problems);
    pricing.rates = read_rates(section, pricing.package->tariff, platform, problems, loading);
    for (const Text& feature : section.texts("features")) {
      platform.features[name->value].insert(feature.value);
    }
    platform.pricing.try_emplace(name->value, pricing);
    platform.packages.add(*name, std::move(pricing), problems);
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
