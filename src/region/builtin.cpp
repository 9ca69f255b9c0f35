#include "region/builtin.h"

#include "hotline/region/region.h"

#include "region/cities.h"
#include "region/names.h"
#include "region/segments.h"

namespace hotline::region {
namespace {

void add_mobile_runs(TableBuilder& builder, const std::vector<PlaceId>& places) {
  constexpr std::uint32_t kPlaceMask = (1U << kRunPlaceBits) - 1;
  for (std::size_t i = 0; i < kMobileRunCount; ++i) {
    const std::uint32_t place = kMobileRuns[i] & kPlaceMask;
    if (place == 0) continue;
    const std::uint32_t first = kRunsBegin + (kMobileRuns[i] >> kRunPlaceBits);
    const std::uint32_t end =
        i + 1 < kMobileRunCount ? kRunsBegin + (kMobileRuns[i + 1] >> kRunPlaceBits) : kRunsEnd;
    builder.mobile(first, end - 1, places.at(place - 1));
  }
}

std::shared_ptr<const Table> make_builtin_table() {
  TableBuilder builder;
  std::vector<PlaceId> places;  // in the order the runs count them
  for (const City& city : cities()) {
    places.push_back(builder.place(city.province, city.city, city.area_code));
    builder.landline(city.area_code, places.back());
  }
  for (const Province& province : provinces()) {
    places.push_back(builder.place(province.name, "", ""));
  }
  for (const City& city : further_area_codes()) {
    builder.landline(city.area_code, builder.place(city.province, city.city, ""));
  }
  for (const Segment& segment : segments()) builder.carrier(segment.digits, segment.carrier);
  add_mobile_runs(builder, places);
  return builder.build();
}

}  // namespace

std::shared_ptr<const Table> builtin_table() {
  static const std::shared_ptr<const Table> kTable = make_builtin_table();
  return kTable;
}

}  // namespace hotline::region
