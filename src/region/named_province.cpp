// The province that a person names.
#include <algorithm>
#include <array>

#include "hotline/region/region.h"

#include "region/names.h"
#include "region/spelling.h"

namespace hotline::region {
namespace {

struct Word {
  std::string_view written;
  std::string_view province;
};

// Where calls come from that come from no province.
constexpr std::array kOthers = {Word{"境外", "境外"}, Word{"未知", "未知"}, Word{"隐藏", "隐藏"},
                                Word{"unknown", "未知"}, Word{"withheld", "隐藏"}};

}  // namespace

std::optional<std::string> province_named(std::string_view name) {
  const std::string_view in_short = short_province(name);
  for (const Province& province : all_provinces()) {
    if (province.name == in_short) return std::string(in_short);
  }
  const auto* const other = std::find_if(kOthers.begin(), kOthers.end(),
                                         [&](const Word& word) { return word.written == name; });
  if (other == kOthers.end()) return std::nullopt;
  return std::string(other->province);
}

std::string nearest_province(std::string_view name) {
  NearestName nearest(name);
  for (const Province& province : all_provinces()) {
    nearest.offer(province.name);
    nearest.offer(province.full_name);
  }
  return nearest.name();
}

}  // namespace hotline::region
