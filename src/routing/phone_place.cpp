// Where a phone belongs.
#include "hotline/number/number.h"
#include "hotline/routing/hotline.h"

namespace hotline::routing {

std::string province_of(const PhoneAddress& address, const region::Table& regions) {
  const auto* behind = std::get_if<TrunkNumber>(&address);
  if (behind == nullptr) return {};
  const auto number = number::read_plain(behind->number);
  const region::PlaceId place =
      number ? regions.locate(*number).place : region::PlaceId{region::kUnknown};
  return regions.place(place).province;
}

}  // namespace hotline::routing
