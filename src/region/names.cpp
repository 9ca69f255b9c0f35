#include "region/names.h"

#include <algorithm>
#include <array>

#include "region/cities.h"

namespace hotline::region {
namespace {

constexpr std::size_t kOfTheMainland = 31;

constexpr Province kProvinces[] = {
    {"北京", "北京市"},
    {"天津", "天津市"},
    {"河北", "河北省"},
    {"山西", "山西省"},
    {"内蒙古", "内蒙古自治区"},
    {"辽宁", "辽宁省"},
    {"吉林", "吉林省"},
    {"黑龙江", "黑龙江省"},
    {"上海", "上海市"},
    {"江苏", "江苏省"},
    {"浙江", "浙江省"},
    {"安徽", "安徽省"},
    {"福建", "福建省"},
    {"江西", "江西省"},
    {"山东", "山东省"},
    {"河南", "河南省"},
    {"湖北", "湖北省"},
    {"湖南", "湖南省"},
    {"广东", "广东省"},
    {"广西", "广西壮族自治区"},
    {"海南", "海南省"},
    {"重庆", "重庆市"},
    {"四川", "四川省"},
    {"贵州", "贵州省"},
    {"云南", "云南省"},
    {"西藏", "西藏自治区"},
    {"陕西", "陕西省"},
    {"甘肃", "甘肃省"},
    {"青海", "青海省"},
    {"宁夏", "宁夏回族自治区"},
    {"新疆", "新疆维吾尔自治区"},
    // beyond the mainland
    {"香港", "香港特别行政区"},
    {"澳门", "澳门特别行政区"},
    {"台湾", "台湾省"},
};

constexpr std::array<std::string_view, 6> kCitySuffixes = {"市",   "地区", "盟",
                                                           "林区", "新区", "州"};

// Short for the full name, and no other place's.
constexpr Province kOtherProvinceNames[] = {
    {"内蒙古", "内蒙"},     {"广西", "广西自治区"}, {"宁夏", "宁夏自治区"},
    {"新疆", "新疆自治区"}, {"香港", "香港特区"},   {"澳门", "澳门特区"},
};

struct OtherName {
  std::string_view name;
  std::string_view city;
};

constexpr OtherName kOtherNames[] = {
    // renamed
    {"襄樊", "襄阳"},
    {"思茅", "普洱"},
    // shortened
    {"巴州", "巴音郭楞"},
    {"博州", "博尔塔拉"},
    {"克州", "克孜勒苏"},
    // a seat or town that stands for its prefecture in carriers' tables
    {"临河", "巴彦淖尔"},
    {"乌兰浩特", "兴安"},
    {"海拉尔", "呼伦贝尔"},
    {"集宁", "乌兰察布"},
    {"延吉", "延边"},
    {"珲春", "延边"},
    {"潢川", "信阳"},
    {"江汉", "潜江"},
    {"吉首", "湘西"},
    {"西昌", "凉山"},
    {"海晏", "海北"},
    {"格尔木", "海西"},
    {"博乐", "博尔塔拉"},
    {"库尔勒", "巴音郭楞"},
    {"奎屯", "伊犁"},
};

}  // namespace

std::span<const Province> provinces() { return std::span(kProvinces).first(kOfTheMainland); }

std::span<const Province> all_provinces() { return kProvinces; }

std::string_view short_province(std::string_view name) {
  for (const Province& province : kProvinces) {
    if (province.full_name == name) return province.name;
  }
  for (const Province& other : kOtherProvinceNames) {
    if (other.full_name == name) return other.name;
  }
  return name;
}

std::optional<ProvinceAndCity> split_place(std::string_view name) {
  for (const Province& province : kProvinces) {
    for (const std::string_view spelling : {province.full_name, province.name}) {
      if (name.starts_with(spelling) && name.size() > spelling.size()) {
        return ProvinceAndCity{province.name, name.substr(spelling.size())};
      }
    }
  }
  return std::nullopt;
}

bool spells_city(std::string_view name, std::string_view city) {
  if (city.empty() || !name.starts_with(city)) return false;
  const std::string_view suffix = name.substr(city.size());
  return suffix.empty() || suffix.ends_with("自治州") ||
         std::find(kCitySuffixes.begin(), kCitySuffixes.end(), suffix) != kCitySuffixes.end();
}

std::string_view current_city(std::string_view name) {
  for (const OtherName& other : kOtherNames) {
    if (spells_city(name, other.name)) return other.city;
  }
  return name;
}

std::string_view short_city(std::string_view province, std::string_view name) {
  const std::string_view current = current_city(name);
  for (const City& known : cities()) {
    if (known.province == province && spells_city(current, known.city)) return known.city;
  }
  return current;
}

}  // namespace hotline::region
