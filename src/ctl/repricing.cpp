#include "ctl/repricing.h"

#include "ctl/rating.h"
#include "ctl/session.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

std::string count(std::uint64_t calls, const std::string& what) {
  return std::to_string(calls) + (calls == 1 ? " call " : " calls ") + what;
}

// "+0.300", "-1.200", "0.000"
std::string with_sign(Money amount) { return (amount > Money() ? "+" : "") + amount.to_yuan(); }

void print_sums(std::ostream& out, const char* title, const char* key, const Json& sums) {
  Table table({{title},
               {"CALLS", Align::right},
               {"THEN", Align::right},
               {"BY THE PACKAGE", Align::right},
               {"DIFFERENCE", Align::right}});
  const auto row = [&](const std::string& name, const Json& sum) {
    table.add({name, word(sum.at("calls")), word(sum.at("before")), word(sum.at("after")),
               word(sum.at("difference"))});
  };
  for (const Json& sum : sums.at(std::string(key) + "s")) {
    const auto name = sum.at(key).get<std::string>();
    row(name.empty() ? "the package's own" : name, sum);
  }
  if (std::string_view(key) == "hotline") row("all", sums);
  table.print(out);
}

}  // namespace

void Repricing::add(Sum& sum, Money before, Money after) {
  ++sum.calls;
  sum.before += before;
  sum.after += after;
}

// The place as the record has it, not as the table of today would say of the number.
region::PlaceId Repricing::place_of_record(const cdr::Record& record) {
  const auto [entry, is_new] =
      places_.try_emplace(record.province + ' ' + record.city, region::kUnknown);
  if (!is_new) return entry->second;
  auto named = table_.named(record.province + record.city);
  if (!named) named = table_.named(record.province);
  if (record.province == table_.place(region::kWithheld).province) {
    entry->second = region::kWithheld;
  } else if (named) {
    entry->second = place_of(table_, *named);
  }
  return entry->second;
}

void Repricing::take(const cdr::Record& record) {
  const Cause cause = record.release.cause;
  if (cause == Cause::no_credit || cause == Cause::suspended) no_money_ += record.calls;
  if (!record.answered) return;
  const routing::Rate* rate =
      pricing_.rates == nullptr
          ? nullptr
          : routing::rate_for(pricing_.rates.get(), place_of_record(record), record.received);
  const billing::Tariff& tariff = rate == nullptr ? pricing_.package->tariff : rate->tariff;
  const Money after = billing::rate(tariff, record.billable).charge;
  add(total_, record.charge, after);
  add(hotlines_[record.hotline], record.charge, after);
  add(rates_[rate == nullptr ? "" : rate->name], record.charge, after);
  if (record.evidence == cdr::EndEvidence::credit) ++cut_off_;
  if (record.billable > pricing_.package->call_max) ++too_long_;
}

Json Repricing::sums_json(const char* key, const std::map<std::string, Sum>& sums) const {
  Json list = Json::array();
  for (const auto& [name, sum] : sums) {
    list.push_back({{key, name},
                    {"calls", sum.calls},
                    {"before", sum.before.to_yuan()},
                    {"after", sum.after.to_yuan()},
                    {"difference", with_sign(sum.after - sum.before)}});
  }
  return list;
}

Json Repricing::to_json() const {
  Json unknown = Json::array();
  if (cut_off_ > 0) {
    unknown.push_back(count(cut_off_,
                            "ended with the money; at another price it would have lasted "
                            "longer or less long"));
  }
  if (no_money_ > 0) {
    unknown.push_back(count(no_money_, "refused for want of money might have been taken"));
  }
  if (too_long_ > 0) {
    unknown.push_back(count(too_long_,
                            "talked for longer than this package allows; the whole talk "
                            "is priced"));
  }
  unknown.push_back("whether money would have ended or refused other calls at these prices");
  unknown.push_back("what the package costs besides its calls");
  return {{"package", pricing_.package->name},
          {"calls", total_.calls},
          {"before", total_.before.to_yuan()},
          {"after", total_.after.to_yuan()},
          {"difference", with_sign(total_.after - total_.before)},
          {"hotlines", sums_json("hotline", hotlines_)},
          {"rates", sums_json("rate", rates_)},
          {"unknown", std::move(unknown)}};
}

void print_repricing(std::ostream& out, const Json& repricing) {
  out << word(repricing.at("calls")) << " answered calls by package "
      << word(repricing.at("package")) << "\n\n";
  print_sums(out, "HOTLINE", "hotline", repricing);
  if (repricing.at("rates").size() > 1) {
    out << '\n';
    print_sums(out, "RATE", "rate", repricing);
  }
  out << "\nwhat this cannot know\n";
  for (const Json& what : repricing.at("unknown")) out << "  - " << word(what) << '\n';
}

}  // namespace hotline::ctl
