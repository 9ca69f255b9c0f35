// What a call would cost, step by step: in JSON for programs, and in words made from that. Reads no
// file and no clock; the rate command feeds it.
#pragma once

#include <ostream>
#include <string>

#include "hotline/region/region.h"
#include "hotline/routing/rate.h"

#include "admin/answer.h"

namespace hotline::ctl {

// A place that a name of a region stands for: the whole of a province where that is one.
region::PlaceId place_of(const region::Table& table, const region::PlaceSet& named);

// A call to rate.
struct Imagined {
  region::PlaceId place = region::kUnknown;
  WallTime arrived{};
  Milliseconds talk{0};
};

// {"package", "rate", "tariff", "at", "province", "city", "talk_ms", "billable_ms", "steps": […],
// "billed_s", "charge", "caller_fee"}
admin::Json rating_json(const routing::Pricing& pricing, const region::Table& table,
                        const Imagined& call);

void print_rating(std::ostream& out, const admin::Json& rating);

}  // namespace hotline::ctl
