// Another price at some hours or for callers of some regions: a package's rates. Which of them a
// call has is settled when it arrives, for the whole of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/billing/tariff.h"
#include "hotline/region/region.h"
#include "hotline/schedule/schedule.h"

namespace hotline::routing {

struct Rate {
  std::string name;
  region::PlaceSet region;                             // empty: any
  std::shared_ptr<const schedule::Schedule> schedule;  // null: always
  billing::Tariff tariff;                              // the whole of it
};
using Rates = std::vector<Rate>;

// A package as calls are priced by it.
struct Pricing {
  std::shared_ptr<const billing::Package> package;
  std::shared_ptr<const Rates> rates;  // null: none
};

// The first rate that holds for a call from there that arrives then; null: none does, and the
// package's own tariff is the call's. Valid as long as the rates.
const Rate* rate_for(const Rates* rates, region::PlaceId place, WallTime arrived);

}  // namespace hotline::routing
