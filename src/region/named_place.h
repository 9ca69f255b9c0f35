// The place that the words of a file name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hotline/region/region.h"

namespace hotline::region {

struct PlaceWords {
  std::string_view province;
  std::string_view city;       // empty: not said
  std::string_view area_code;  // empty: not said; where it is, it has to be one of the place
};

// The place in its short names, with its main area code. 未知 is the unknown place; a municipality
// (北京) is its own city.
// Requires: a province. Errors: nullopt.
std::optional<Place> named_place(const PlaceWords& words);

// Why there is none, with the name that may be meant.
// Requires: named_place() gave nullopt.
std::string why_no_place(const PlaceWords& words);

}  // namespace hotline::region
