// Where a phone belongs.
#include "hotline/number/number.h"
#include "hotline/routing/hotline.h"

namespace hotline::routing {

const std::string& name_of(const PhoneAddress& address) {
  struct Name {
    const std::string& operator()(const TrunkNumber& behind) const { return behind.number; }
    const std::string& operator()(const PhoneUri& at) const { return at.uri; }
    const std::string& operator()(const PhoneUser& phone) const { return phone.user; }
  };
  return std::visit(Name{}, address);
}

std::string line_key_of(const PhoneAddress& address) {
  if (const auto* behind = std::get_if<TrunkNumber>(&address)) {
    return behind->trunk + "/" + behind->number;
  }
  const bool registers = std::holds_alternative<PhoneUser>(address);
  return (registers ? "user/" : "") + name_of(address);
}

std::string province_of(const PhoneAddress& address, const region::Table& regions) {
  const auto* behind = std::get_if<TrunkNumber>(&address);
  if (behind == nullptr) return {};
  const auto number = number::read_plain(behind->number);
  const region::PlaceId place =
      number ? regions.locate(*number).place : region::PlaceId{region::kUnknown};
  return regions.place(place).province;
}

}  // namespace hotline::routing
