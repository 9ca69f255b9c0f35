#include "hotline/region/region.h"

#include <algorithm>
#include <utility>

#include "hotline/base/contract.h"

#include "region/names.h"
#include "region/spelling.h"

namespace hotline::region {
namespace {

constexpr std::size_t kMobileDigits = 7;
constexpr std::size_t kAreaCodes = 1000;
constexpr std::string_view kMainland = "+86";

// The number a text of digits writes; nullopt where it is none.
// Requires: at most nine characters.
std::optional<std::uint32_t> read_digits(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return text.empty() ? std::nullopt : std::optional(value);
}

// What configuration may call the two places that have no name of their own in any language.
std::string_view special_name(std::string_view name) {
  if (name == "unknown") return "未知";
  if (name == "withheld") return "隐藏";
  return name;
}

bool is_area_code(std::string_view name) {
  return name.size() >= 3 && name.size() <= 4 && name[0] == '0' && name[1] != '0' &&
         read_digits(name).has_value();
}

template <typename Wanted>
PlaceSet select(const std::vector<Place>& places, Wanted wanted) {
  PlaceSet set;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (wanted(places[i])) set.insert(static_cast<PlaceId>(i));
  }
  return set;
}

}  // namespace

std::string_view to_string(Carrier carrier) {
  switch (carrier) {
    case Carrier::unknown:
      return "";
    case Carrier::mobile:
      return "移动";
    case Carrier::unicom:
      return "联通";
    case Carrier::telecom:
      return "电信";
    case Carrier::broadnet:
      return "广电";
  }
  return "";
}

void PlaceSet::insert(PlaceId place) {
  auto words = std::make_shared<Words>(words_ ? *words_ : Words());
  const std::size_t word = place / 64;
  if (word >= words->size()) words->resize(word + 1);
  (*words)[word] |= std::uint64_t{1} << (place % 64);
  words_ = std::move(words);
}

bool PlaceSet::contains(PlaceId place) const { return View(*this).contains(place); }

bool PlaceSet::covers(const PlaceSet& other) const {
  if (words_ == other.words_ || !other.words_) return true;
  for (std::size_t i = 0; i < other.words_->size(); ++i) {
    const std::uint64_t own = words_ && i < words_->size() ? (*words_)[i] : 0;
    if (((*other.words_)[i] & ~own) != 0) return false;
  }
  return true;
}

Table::Table()
    : places_{{"未知", "", ""}, {"隐藏", "", ""}, {"香港", "", ""},
              {"澳门", "", ""}, {"台湾", "", ""}, {"境外", "", ""}},
      mobile_(kLastMobile - kFirstMobile + 1),
      landline_(kAreaCodes, kUnknown) {}

Located Table::locate(const number::Number& number) const {
  const std::string_view e164 = number.e164;
  const std::string_view national =
      e164.starts_with(kMainland) ? e164.substr(kMainland.size()) : std::string_view();
  switch (number.kind) {
    case number::Kind::mobile:
      return locate_mobile(national);
    case number::Kind::landline:
      return locate_landline(national);
    case number::Kind::hongkong:
      return {kHongkong, Carrier::unknown};
    case number::Kind::macau:
      return {kMacau, Carrier::unknown};
    case number::Kind::taiwan:
      return {kTaiwan, Carrier::unknown};
    case number::Kind::abroad:
      return {kAbroad, Carrier::unknown};
    case number::Kind::withheld:
      return {kWithheld, Carrier::unknown};
    case number::Kind::unknown:
      break;
  }
  return {};
}

Located Table::locate_mobile(std::string_view national) const {
  if (national.size() < kMobileDigits) return {};
  const auto prefix = read_digits(national.substr(0, kMobileDigits));
  if (!prefix || *prefix < kFirstMobile || *prefix > kLastMobile) return {};
  const Packed found = mobile_[*prefix - kFirstMobile];
  return {found.place, static_cast<Carrier>(found.carrier)};
}

Located Table::locate_landline(std::string_view national) const {
  if (national.size() < 3) return {};
  const bool short_area = national.starts_with("10") || national.starts_with('2');
  const auto area = read_digits(national.substr(0, short_area ? 2 : 3));
  return area ? Located{landline_[*area], Carrier::unknown} : Located{};
}

const Place& Table::place(PlaceId id) const {
  HOTLINE_EXPECT(id < places_.size());
  return places_[id];
}

std::optional<PlaceSet> Table::named(std::string_view name) const {
  if (name.empty()) return std::nullopt;
  PlaceSet set;
  if (is_area_code(name)) {
    set = select(places_, [&](const Place& place) { return place.area_code == name; });
    const PlaceId landline = landline_[*read_digits(name)];
    if (landline != kUnknown) set.insert(landline);
  } else {
    const std::string_view province = short_province(special_name(name));
    set = select(places_, [&](const Place& place) { return place.province == province; });
  }
  if (set.empty()) {
    const std::string_view city = current_city(name);
    set = select(places_, [&](const Place& place) { return spells_city(city, place.city); });
  }
  if (const auto parts = split_place(name); parts && set.empty()) {
    const std::string_view city = current_city(parts->city);
    set = select(places_, [&](const Place& place) {
      return place.province == parts->province && spells_city(city, place.city);
    });
  }
  if (set.empty()) return std::nullopt;
  return set;
}

std::string Table::nearest(std::string_view name) const {
  constexpr std::uint32_t kCityHandicap = 3000;  // 折江 is 浙江, though 怒 looks like 折 too
  NearestName nearest(name);
  nearest.offer("withheld");
  nearest.offer("unknown");
  for (const Province& province : provinces()) {
    nearest.offer(province.name);
    nearest.offer(province.full_name);
  }
  for (const Place& place : places_) {
    if (place.city.empty()) {
      nearest.offer(place.province);
    } else {
      nearest.offer(place.city, kCityHandicap);
      nearest.offer(place.city + "市", kCityHandicap);
    }
  }
  return nearest.name();
}

TableBuilder::TableBuilder() = default;

TableBuilder::TableBuilder(const Table& base) : table_(base) {}

PlaceId TableBuilder::place(std::string_view province, std::string_view city,
                            std::string_view area_code) {
  const std::string_view in_province = short_province(province);
  const std::string_view in_city = short_city(in_province, city);
  auto& places = table_.places_;
  const auto found = std::find_if(places.begin(), places.end(), [&](const Place& place) {
    return place.province == in_province && place.city == in_city;
  });
  if (found != places.end()) return static_cast<PlaceId>(found - places.begin());
  HOTLINE_EXPECT(places.size() < Table::kMostPlaces);
  places.push_back({std::string(in_province), std::string(in_city), std::string(area_code)});
  return static_cast<PlaceId>(places.size() - 1);
}

void TableBuilder::mobile(std::uint32_t first, std::uint32_t last, PlaceId place) {
  HOTLINE_EXPECT(kFirstMobile <= first && first <= last && last <= kLastMobile);
  HOTLINE_EXPECT(place < table_.places_.size());
  for (std::uint32_t prefix = first; prefix <= last; ++prefix) {
    table_.mobile_[prefix - kFirstMobile].place = place & (Table::kMostPlaces - 1);
  }
}

void TableBuilder::carrier(std::string_view prefix, Carrier carrier) {
  HOTLINE_EXPECT(prefix.size() >= 2 && prefix.size() <= kMobileDigits);
  const auto digits = read_digits(prefix);
  HOTLINE_EXPECT(digits.has_value());
  std::uint32_t span = 1;
  for (std::size_t i = prefix.size(); i < kMobileDigits; ++i) span *= 10;
  const std::uint32_t first = *digits * span;
  HOTLINE_EXPECT(kFirstMobile <= first && first <= kLastMobile);
  const auto packed = static_cast<std::uint16_t>(carrier);
  for (std::uint32_t at = first; at < first + span; ++at) {
    table_.mobile_[at - kFirstMobile].carrier = packed & (Table::kMostCarriers - 1);
  }
}

void TableBuilder::landline(std::string_view area_code, PlaceId place) {
  HOTLINE_EXPECT(is_area_code(area_code));
  HOTLINE_EXPECT(place < table_.places_.size());
  PlaceId& slot = table_.landline_[*read_digits(area_code)];
  if (slot == kUnknown) slot = place;
}

void TableBuilder::override_landline(std::string_view area_code, PlaceId place) {
  HOTLINE_EXPECT(is_area_code(area_code));
  HOTLINE_EXPECT(place < table_.places_.size());
  table_.landline_[*read_digits(area_code)] = place;
}

std::shared_ptr<const Table> TableBuilder::build() {
  return std::make_shared<const Table>(std::exchange(table_, Table()));
}

}  // namespace hotline::region
