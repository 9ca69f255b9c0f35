// The names of provinces and cities: which spellings mean the same place. Names are kept short,
// without 省, 市, 自治区, 自治州, 地区, 盟. Used when a table is built and when one is asked.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace hotline::region {

struct Province {
  std::string_view name;       // "内蒙古"
  std::string_view full_name;  // "内蒙古自治区"
};

// The 31 of the mainland, in official order.
std::span<const Province> provinces();
// And the three beyond it.
std::span<const Province> all_provinces();

// "江苏省" → "江苏", "香港特别行政区" → "香港", "内蒙" → "内蒙古"; other text comes back as it is.
std::string_view short_province(std::string_view name);

// "江苏省苏州市" → "江苏" and "苏州市", "海南三亚" → "海南" and "三亚".
// Errors: nullopt where the text begins with no province, or is no more than one.
struct ProvinceAndCity {
  std::string_view province;  // in short
  std::string_view city;      // as written
};
std::optional<ProvinceAndCity> split_place(std::string_view name);

// "苏州市", "恩施土家族苗族自治州", "恩施州", "兴安盟" are spellings of "苏州", "恩施", "恩施",
// "兴安".
bool spells_city(std::string_view name, std::string_view city);

// The city meant by an older, shorter or seat's name ("襄樊" → "襄阳", "吉首" → "湘西"); other text
// comes back as it is.
std::string_view current_city(std::string_view name);

// The name under which this program knows a city of that province, in whatever spelling; other
// text comes back as it is.
std::string_view short_city(std::string_view province, std::string_view name);

}  // namespace hotline::region
