#include "region/named_place.h"

#include <algorithm>

#include "region/cities.h"
#include "region/collector.h"
#include "region/names.h"
#include "region/spelling.h"

namespace hotline::region {
namespace {

bool is_unknown_word(std::string_view word) { return word == kUnknownWord || word == "unknown"; }

const Province* find_province(std::string_view name) {
  const std::string_view in_short = short_province(name);
  const auto all = provinces();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Province& p) { return p.name == in_short; });
  return found == all.end() ? nullptr : &*found;
}

bool is_municipality(const Province& province) { return province.full_name.ends_with("市"); }

const City* find_city(const Province& province, std::string_view name) {
  const std::string_view in_short = short_city(province.name, name);
  const auto all = cities();
  const auto found = std::find_if(all.begin(), all.end(), [&](const City& city) {
    return city.province == province.name && city.city == in_short;
  });
  return found == all.end() ? nullptr : &*found;
}

// A spreadsheet takes the zero off an area code.
bool is_code(std::string_view written, std::string_view code) {
  return written == code || written == code.substr(1);
}

// Is it an area code of that province, or of that one city of it?
bool has_code(const Province& province, const City* city, std::string_view written) {
  const auto matches = [&](const City& one) {
    return one.province == province.name && (city == nullptr || one.city == city->city) &&
           is_code(written, one.area_code);
  };
  const auto main = cities();
  const auto further = further_area_codes();
  return std::any_of(main.begin(), main.end(), matches) ||
         std::any_of(further.begin(), further.end(), matches);
}

std::string did_you_mean(const NearestName& nearest) {
  return nearest.name().empty() ? "" : "; did you mean " + quoted(nearest.name()) + "?";
}

std::string no_province(std::string_view name) {
  NearestName nearest(name);
  for (const Province& province : provinces()) {
    nearest.offer(province.name);
    nearest.offer(province.full_name);
  }
  return "there is no province " + quoted(name) + did_you_mean(nearest);
}

std::string no_city(const Province& wanted, std::string_view name) {
  const std::string none = "there is no city " + quoted(name) + " in " + std::string(wanted.name);
  for (const Province& other : provinces()) {
    if (find_city(other, name) != nullptr) return none + "; it is in " + std::string(other.name);
  }
  NearestName nearest(name);
  for (const City& city : cities()) {
    if (city.province != wanted.name) continue;
    nearest.offer(city.city);
    nearest.offer(std::string(city.city) + "市");
  }
  return none + did_you_mean(nearest);
}

// The city that is meant; null: the province as a whole.
const City* city_meant(const Province& province, std::string_view name) {
  if (!name.empty()) return find_city(province, name);
  return is_municipality(province) ? find_city(province, province.name) : nullptr;
}

}  // namespace

std::optional<Place> named_place(const PlaceWords& words) {
  if (is_unknown_word(words.province)) {
    const bool is_all = words.city.empty() || is_unknown_word(words.city);
    return is_all && words.area_code.empty() ? std::optional(Place{"未知", "", ""}) : std::nullopt;
  }
  const Province* const province = find_province(words.province);
  if (province == nullptr) return std::nullopt;
  const City* const city = city_meant(*province, words.city);
  if (city == nullptr && !words.city.empty()) return std::nullopt;
  if (!words.area_code.empty() && !has_code(*province, city, words.area_code)) return std::nullopt;
  return Place{std::string(province->name), std::string(city == nullptr ? "" : city->city),
               std::string(city == nullptr ? "" : city->area_code)};
}

std::string why_no_place(const PlaceWords& words) {
  if (is_unknown_word(words.province)) return "a city or area code of an unknown province";
  const Province* const province = find_province(words.province);
  if (province == nullptr) return no_province(words.province);
  const City* const city = city_meant(*province, words.city);
  if (city == nullptr && !words.city.empty()) return no_city(*province, words.city);
  const std::string wrong = quoted(words.area_code) + " is no area code of ";
  if (city == nullptr) return wrong + std::string(province->name);
  return wrong + std::string(city->city) + ", which has " + std::string(city->area_code);
}

}  // namespace hotline::region
