// Calls of the past at the prices of another package: what they would have cost. Reads no file and
// no clock; the rate command feeds it.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>

#include "hotline/cdr/record.h"
#include "hotline/region/region.h"
#include "hotline/routing/rate.h"

#include "admin/answer.h"

namespace hotline::ctl {

class Repricing {
 public:
  // Requires: both outlive it.
  Repricing(const routing::Pricing& pricing, const region::Table& table)
      : pricing_(pricing), table_(table) {}

  void take(const cdr::Record& record);
  // Calls that were answered.
  std::uint64_t calls() const { return total_.calls; }

  // {"package", "calls", "before", "after", "difference", "hotlines": […], "rates": […],
  // "unknown": […]}
  admin::Json to_json() const;

 private:
  struct Sum {
    std::uint64_t calls = 0;
    Money before;
    Money after;
  };

  static void add(Sum& sum, Money before, Money after);
  region::PlaceId place_of_record(const cdr::Record& record);
  admin::Json sums_json(const char* key, const std::map<std::string, Sum>& sums) const;

  const routing::Pricing& pricing_;
  const region::Table& table_;
  std::map<std::string, region::PlaceId> places_;  // by "province city"
  Sum total_;
  std::map<std::string, Sum> hotlines_;
  std::map<std::string, Sum> rates_;
  std::uint64_t cut_off_ = 0;   // by the end of the money
  std::uint64_t too_long_ = 0;  // for the package
  std::uint64_t no_money_ = 0;  // refused for want of it
};

// Tables for people.
void print_repricing(std::ostream& out, const admin::Json& repricing);

}  // namespace hotline::ctl
