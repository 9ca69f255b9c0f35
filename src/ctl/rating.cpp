#include "ctl/rating.h"

#include <algorithm>

#include "admin/times.h"
#include "ctl/session.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

Json steps_json(const billing::Calculation& calculation) {
  Json steps = Json::array();
  if (calculation.free > Milliseconds(0)) {
    steps.push_back({{"what", "free"}, {"free_ms", calculation.free.count()}});
  }
  if (calculation.setup_fee > Money()) {
    steps.push_back({{"what", "setup_fee"}, {"amount", calculation.setup_fee.to_yuan()}});
  }
  for (const billing::Block& block : calculation.blocks) {
    steps.push_back({{"what", "units"},
                     {"units", block.units},
                     {"unit_s", block.unit.count()},
                     {"price_per_min", block.price_per_min.to_yuan()},
                     {"unit_price", block.unit_price.to_yuan()},
                     {"amount", block.charge().to_yuan()}});
  }
  return steps;
}

void add_step(Table& table, const Json& step) {
  if (step.at("what") == "free") {
    table.add({"free talk, " + seconds(step.at("free_ms")), "", "0.000"});
  } else if (step.at("what") == "setup_fee") {
    table.add({"set-up fee", "", word(step.at("amount"))});
  } else {
    const bool is_one = step.at("units") == 1;
    table.add({word(step.at("units")) + (is_one ? " unit of " : " units of ") +
                   word(step.at("unit_s")) + " s at " + word(step.at("price_per_min")) +
                   " a minute",
               word(step.at("unit_price")), word(step.at("amount"))});
  }
}

}  // namespace

region::PlaceId place_of(const region::Table& table, const region::PlaceSet& named) {
  region::PlaceId found = region::kUnknown;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto id = static_cast<region::PlaceId>(i);
    if (!named.contains(id)) continue;
    if (table.place(id).city.empty()) return id;
    if (found == region::kUnknown) found = id;
  }
  return found;
}

Json rating_json(const routing::Pricing& pricing, const region::Table& table,
                 const Imagined& call) {
  const routing::Rate* rate = routing::rate_for(pricing.rates.get(), call.place, call.arrived);
  const billing::Tariff& tariff = rate == nullptr ? pricing.package->tariff : rate->tariff;
  const auto talk = std::min<Milliseconds>(call.talk, pricing.package->call_max);
  const billing::Calculation calculation = billing::calculate(tariff, talk);
  const region::Place& place = table.place(call.place);
  return {{"package", pricing.package->name},
          {"rate", rate == nullptr ? "" : rate->name},
          {"tariff", billing::to_text(tariff)},
          {"at", admin::to_rfc3339(call.arrived)},
          {"province", place.province},
          {"city", place.city},
          {"talk_ms", call.talk.count()},
          {"billable_ms", talk.count()},
          {"steps", steps_json(calculation)},
          {"billed_s", calculation.total.billed.count()},
          {"charge", calculation.total.charge.to_yuan()},
          {"caller_fee", billing::caller_fee(tariff, talk).to_yuan()}};
}

void print_rating(std::ostream& out, const Json& rating) {
  Sheet sheet;
  const bool has_rate = !rating.at("rate").get_ref<const std::string&>().empty();
  sheet.add("package", word(rating.at("package")));
  sheet.add("rate", has_rate ? word(rating.at("rate")) : "the package's own");
  sheet.add("tariff", word(rating.at("tariff")));
  sheet.add("arrives", short_time(rating.at("at")));
  const std::string city = rating.at("city").get<std::string>();
  sheet.add("from", word(rating.at("province")) + (city.empty() ? "" : " " + city));
  sheet.add("talk", seconds(rating.at("talk_ms")));
  if (rating.at("billable_ms") != rating.at("talk_ms")) {
    sheet.add("ended after", seconds(rating.at("billable_ms")) + ", the package's longest call");
  }
  sheet.print(out);
  out << '\n';
  Table table({{"STEP"}, {"EACH", Align::right}, {"YUAN", Align::right}});
  for (const Json& step : rating.at("steps")) add_step(table, step);
  table.add(
      {"charge, " + word(rating.at("billed_s")) + " s billed", "", word(rating.at("charge"))});
  table.print(out);
  if (rating.at("caller_fee") == "0.000") return;
  out << "\nthe caller's own carrier takes " << word(rating.at("caller_fee"))
      << " yuan from the caller (information: no account pays it)\n";
}

}  // namespace hotline::ctl
