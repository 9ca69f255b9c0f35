#include "config/region_names.h"

#include <cstddef>

namespace hotline::config {
namespace {

constexpr const char* kWanted =
    "; wanted is a province, a city, an area code, 香港, 澳门, 台湾, 境外, withheld or unknown";

}  // namespace

region::PlaceSet RegionNames::find(const std::vector<Text>& names, FileProblems& problems) {
  std::string key;
  for (const Text& name : names) key += name.value + '\n';
  if (const auto made = sets_.find(key); made != sets_.end()) return made->second;
  region::PlaceSet set;
  bool all_known = true;
  for (const Text& name : names) {
    const Places& places = places_of(name.value);
    if (places.empty()) {
      all_known = false;
      const std::string nearest = table_->nearest(name.value);
      problems.error(
          name.at, "there is no region " + in_quotes(name.value) +
                       (nearest.empty() ? kWanted : "; did you mean " + in_quotes(nearest) + "?"));
    }
    for (const region::PlaceId place : places) set.insert(place);
  }
  if (all_known) sets_.emplace(std::move(key), set);
  return set;
}

const RegionNames::Places& RegionNames::places_of(const std::string& name) {
  const auto [entry, is_new] = known_.try_emplace(name);
  if (!is_new) return entry->second;
  if (const auto named = table_->named(name)) {
    for (std::size_t id = 0; id < table_->size(); ++id) {
      const auto place = static_cast<region::PlaceId>(id);
      if (named->contains(place)) entry->second.push_back(place);
    }
  }
  return entry->second;
}

}  // namespace hotline::config
