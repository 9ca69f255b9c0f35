#include <set>
#include <string>

#include <gtest/gtest.h>

#include "hotline/region/region.h"

#include "region/cities.h"
#include "region/names.h"

namespace hotline::region {
namespace {

using number::Kind;

struct Row {
  Kind kind;
  const char* national;
  const char* province;
  const char* city;
  const char* area_code;
  const char* carrier;
};

TEST(BuiltinTable, locates_well_known_numbers) {
  const Row rows[] = {
      {Kind::mobile, "13900000000", "新疆", "乌鲁木齐", "0991", "移动"},
      {Kind::mobile, "13800138000", "北京", "北京", "010", "移动"},
      {Kind::mobile, "13000000000", "山东", "济南", "0531", "联通"},
      {Kind::mobile, "13000010000", "江苏", "常州", "0519", "联通"},
      {Kind::mobile, "13490000000", "北京", "北京", "010", "电信"},  // satellite
      {Kind::mobile, "19212345678", "未知", "", "", "广电"},
      {Kind::mobile, "17051234567", "未知", "", "", "移动"},
      {Kind::mobile, "17001234567", "北京", "北京", "010", "电信"},
      {Kind::mobile, "17091234567", "上海", "上海", "021", "联通"},
      {Kind::mobile, "16212345678", "未知", "", "", "电信"},
      {Kind::mobile, "17911234567", "未知", "", "", ""},
      {Kind::landline, "1061234567", "北京", "北京", "010", ""},
      {Kind::landline, "2161234567", "上海", "上海", "021", ""},
      {Kind::landline, "2361234567", "重庆", "重庆", "023", ""},
      {Kind::landline, "2461234567", "辽宁", "沈阳", "024", ""},
      {Kind::landline, "2861234567", "四川", "成都", "028", ""},
      {Kind::landline, "51261234567", "江苏", "苏州", "0512", ""},
      {Kind::landline, "4326123456", "吉林", "吉林", "0432", ""},
      {Kind::landline, "7182345678", "湖北", "恩施", "0718", ""},
      {Kind::landline, "7102345678", "湖北", "襄阳", "0710", ""},
      {Kind::landline, "3782345678", "河南", "开封", "0371", ""},  // retired in 2013
      {Kind::landline, "9792345678", "青海", "海西", "0977", ""},  // 格尔木's own
      {Kind::landline, "9962345678", "新疆", "巴音郭楞", "0996", ""},
      {Kind::landline, "89861234567", "海南", "海口", "0898", ""},
      {Kind::landline, "3332345678", "未知", "", "", ""},  // the geocoder's 33x
      {Kind::landline, "8072345678", "未知", "", "", ""},
  };
  const auto table = builtin_table();
  for (const auto& row : rows) {
    const Located located = table->locate({row.kind, std::string("+86") + row.national, ""});
    const Place& place = table->place(located.place);
    EXPECT_EQ(place.province, row.province) << row.national;
    EXPECT_EQ(place.city, row.city) << row.national;
    EXPECT_EQ(place.area_code, row.area_code) << row.national;
    EXPECT_EQ(to_string(located.carrier), row.carrier) << row.national;
  }
}

TEST(BuiltinTable, knows_each_city_by_name_and_area_code) {
  const auto table = builtin_table();
  for (const City& city : cities()) {
    const auto by_code = table->named(city.area_code);
    ASSERT_TRUE(by_code) << city.area_code;
    const auto by_name = table->named(std::string(city.city) + "市");
    ASSERT_TRUE(by_name) << city.city;
    bool both = false;
    for (std::size_t i = 0; i < table->size(); ++i) {
      const auto id = static_cast<PlaceId>(i);
      both = both || (by_code->contains(id) && by_name->contains(id) &&
                      table->place(id).province == city.province);
    }
    EXPECT_TRUE(both) << city.area_code << city.city;
  }
  for (const City& city : further_area_codes()) EXPECT_TRUE(table->named(city.area_code));
}

TEST(BuiltinTable, knows_every_province) {
  const auto table = builtin_table();
  ASSERT_EQ(provinces().size(), 31U);
  for (const Province& province : provinces()) {
    EXPECT_TRUE(table->named(province.name)) << province.name;
    EXPECT_TRUE(table->named(province.full_name)) << province.full_name;
  }
  std::set<std::string> met;
  for (std::size_t i = kAbroad + 1; i < table->size(); ++i) {
    met.insert(table->place(static_cast<PlaceId>(i)).province);
  }
  EXPECT_EQ(met.size(), provinces().size());
}

TEST(BuiltinTable, is_one_for_all) { EXPECT_EQ(builtin_table(), builtin_table()); }

TEST(Cities, are_each_named_once_and_in_short) {
  std::set<std::string> seen;
  for (const City& city : cities()) {
    EXPECT_TRUE(seen.insert(std::string(city.province).append(city.city)).second) << city.city;
    EXPECT_EQ(short_city(city.province, city.city), city.city);
    EXPECT_EQ(short_province(city.province), city.province);
    EXPECT_EQ(city.area_code[0], '0');
  }
}

}  // namespace
}  // namespace hotline::region
