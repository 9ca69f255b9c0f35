// The mainland's cities and their area codes: our own list of facts, because the geocoder answers
// for whole tens of area codes (33x is all 秦皇岛) and names several cities, or a county, for one.
#pragma once

#include <span>
#include <string_view>

namespace hotline::region {

struct City {
  std::string_view area_code;  // with its trunk 0: "0512"
  std::string_view province;
  std::string_view city;
};

// Every prefecture, and what is run like one. Where cities share an area code, the largest is
// first: a landline of that code is placed there.
std::span<const City> cities();

// Area codes besides the one cities() gives: a second one, or one retired by a merger that old
// exchanges may still send.
std::span<const City> further_area_codes();

}  // namespace hotline::region
