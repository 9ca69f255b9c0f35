// Which carrier's network a mainland mobile segment belongs to: our own table, since the geocoder
// has no carriers.
#pragma once

#include <span>
#include <string_view>

#include "hotline/region/region.h"

namespace hotline::region {

struct Segment {
  std::string_view digits;  // 3 or 4: "139", "1349"
  Carrier carrier = Carrier::unknown;
};

// A longer segment stands after the shorter one it is cut from. Segments of virtual operators
// bear the carrier whose network they use.
std::span<const Segment> segments();

}  // namespace hotline::region
