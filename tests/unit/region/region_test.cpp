#include "hotline/region/region.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace hotline::region {
namespace {

using number::Kind;
using number::Number;

Number mobile(const std::string& national) { return {Kind::mobile, "+86" + national, national}; }
Number landline(const std::string& national) { return {Kind::landline, "+86" + national, ""}; }

struct SmallTable {
  TableBuilder builder;
  PlaceId nanjing = builder.place("江苏", "南京", "025");
  PlaceId suzhou = builder.place("江苏省", "苏州市", "0512");
  PlaceId jiangsu = builder.place("江苏", "", "");
  PlaceId changchun = builder.place("吉林", "长春", "0431");
  PlaceId jilin = builder.place("吉林", "吉林", "0432");
  PlaceId beijing = builder.place("北京", "北京", "010");
  PlaceId chengdu = builder.place("四川", "成都", "028");
  PlaceId meishan = builder.place("四川", "眉山", "028");
  PlaceId enshi = builder.place("湖北", "恩施土家族苗族自治州", "0718");
  PlaceId haikou = builder.place("海南", "海口", "0898");
  PlaceId hainan_of_qinghai = builder.place("青海", "海南", "0974");
  PlaceId hohhot = builder.place("内蒙古自治区", "呼和浩特", "0471");

  std::vector<PlaceId> places_of(const Table& table, const char* name) const {
    std::vector<PlaceId> places;
    const auto set = table.named(name);
    for (std::size_t i = 0; set && i < table.size(); ++i) {
      if (set->contains(static_cast<PlaceId>(i))) places.push_back(static_cast<PlaceId>(i));
    }
    return places;
  }
};

TEST(PlaceSet, holds_what_was_inserted) {
  PlaceSet set;
  EXPECT_TRUE(set.empty());
  EXPECT_FALSE(set.contains(0));
  for (const PlaceId place : {PlaceId{0}, PlaceId{63}, PlaceId{64}, PlaceId{65'535}}) {
    set.insert(place);
    EXPECT_TRUE(set.contains(place));
  }
  for (const PlaceId place : {PlaceId{1}, PlaceId{62}, PlaceId{65}, PlaceId{65'534}}) {
    EXPECT_FALSE(set.contains(place));
  }
  EXPECT_FALSE(set.empty());
}

TEST(Carrier, has_a_word) {
  EXPECT_EQ(to_string(Carrier::mobile), "移动");
  EXPECT_EQ(to_string(Carrier::unicom), "联通");
  EXPECT_EQ(to_string(Carrier::telecom), "电信");
  EXPECT_EQ(to_string(Carrier::broadnet), "广电");
  EXPECT_EQ(to_string(Carrier::unknown), "");
}

TEST(Table, begins_with_the_places_beyond_the_mainland) {
  const auto table = TableBuilder().build();
  EXPECT_EQ(table->size(), 6U);
  EXPECT_EQ(table->place(kUnknown).province, "未知");
  EXPECT_EQ(table->place(kWithheld).province, "隐藏");
  EXPECT_EQ(table->place(kHongkong).province, "香港");
  EXPECT_EQ(table->place(kMacau).province, "澳门");
  EXPECT_EQ(table->place(kTaiwan).province, "台湾");
  EXPECT_EQ(table->place(kAbroad).province, "境外");
  EXPECT_DEATH(table->place(6), "contract broken");
}

TEST(Table, locates_by_prefix_area_code_and_kind) {
  SmallTable small;
  small.builder.mobile(1'390'000, 1'390'009, small.suzhou);
  small.builder.mobile(1'300'000, 1'300'000, small.nanjing);
  small.builder.mobile(1'999'999, 1'999'999, small.jilin);
  small.builder.carrier("139", Carrier::mobile);
  small.builder.carrier("1390001", Carrier::telecom);
  small.builder.landline("010", small.beijing);
  small.builder.landline("028", small.chengdu);
  small.builder.landline("028", small.meishan);
  small.builder.landline("0512", small.suzhou);
  const auto table = small.builder.build();

  struct Row {
    Number number;
    Located located;
  };
  const Row rows[] = {
      {mobile("13900000000"), {small.suzhou, Carrier::mobile}},
      {mobile("13900019999"), {small.suzhou, Carrier::telecom}},
      {mobile("13900099999"), {small.suzhou, Carrier::mobile}},
      {mobile("13900100000"), {kUnknown, Carrier::mobile}},
      {mobile("13000000000"), {small.nanjing, Carrier::unknown}},
      {mobile("19999999999"), {small.jilin, Carrier::unknown}},
      {mobile("18800000000"), {kUnknown, Carrier::unknown}},
      {landline("1061234567"), {small.beijing, Carrier::unknown}},
      {landline("2861234567"), {small.chengdu, Carrier::unknown}},  // the first place of a code
      {landline("51261234567"), {small.suzhou, Carrier::unknown}},
      {landline("2161234567"), {kUnknown, Carrier::unknown}},
      {landline("9991234567"), {kUnknown, Carrier::unknown}},
      {{Kind::hongkong, "+85223456789", ""}, {kHongkong, Carrier::unknown}},
      {{Kind::macau, "+85362345678", ""}, {kMacau, Carrier::unknown}},
      {{Kind::taiwan, "+886912345678", ""}, {kTaiwan, Carrier::unknown}},
      {{Kind::abroad, "+12025550123", ""}, {kAbroad, Carrier::unknown}},
      {{Kind::withheld, "", ""}, {kWithheld, Carrier::unknown}},
      {{Kind::unknown, "", "95588"}, {kUnknown, Carrier::unknown}},
      {{Kind::unknown, "+864001234567", ""}, {kUnknown, Carrier::unknown}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(table->locate(row.number), row.located) << row.number.e164 << row.number.raw;
  }
}

TEST(Table, places_ill_formed_numbers_nowhere) {
  const auto table = TableBuilder().build();
  for (const char* e164 :
       {"", "+", "+86", "+861", "+8613", "+86139000", "+861390a00000", "+8612999999999",
        "+8620000000000", "+85213900000000", "13900000000", "+860", "+86 2", "+86\xff\xff\xff"}) {
    for (const Kind kind : {Kind::mobile, Kind::landline}) {
      EXPECT_EQ(table->locate({kind, e164, ""}), Located{}) << e164;
    }
  }
}

TEST(Table, knows_places_by_name) {
  SmallTable small;
  small.builder.landline("0378", small.chengdu);  // a further area code of a place
  const auto table = small.builder.build();
  const SmallTable& s = small;

  struct Row {
    const char* name;
    std::vector<PlaceId> places;
  };
  const Row rows[] = {
      {"江苏", {s.nanjing, s.suzhou, s.jiangsu}},
      {"江苏省", {s.nanjing, s.suzhou, s.jiangsu}},
      {"苏州", {s.suzhou}},
      {"苏州市", {s.suzhou}},
      {"0512", {s.suzhou}},
      {"028", {s.chengdu, s.meishan}},
      {"0378", {s.chengdu}},
      {"吉林", {s.changchun, s.jilin}},  // the province wins
      {"吉林省", {s.changchun, s.jilin}},
      {"吉林市", {s.jilin}},
      {"北京", {s.beijing}},
      {"北京市", {s.beijing}},
      {"恩施", {s.enshi}},
      {"恩施州", {s.enshi}},
      {"恩施土家族苗族自治州", {s.enshi}},
      {"海南", {s.haikou}},
      {"海南省", {s.haikou}},
      {"海南州", {s.hainan_of_qinghai}},
      {"海南藏族自治州", {s.hainan_of_qinghai}},
      {"内蒙古", {s.hohhot}},
      {"内蒙古自治区", {s.hohhot}},
      {"内蒙", {s.hohhot}},
      {"江苏苏州", {s.suzhou}},
      {"江苏省苏州市", {s.suzhou}},
      {"吉林省吉林市", {s.jilin}},
      {"吉林吉林", {s.jilin}},
      {"青海海南", {s.hainan_of_qinghai}},
      {"香港", {kHongkong}},
      {"香港特别行政区", {kHongkong}},
      {"澳门", {kMacau}},
      {"台湾", {kTaiwan}},
      {"台湾省", {kTaiwan}},
      {"境外", {kAbroad}},
      {"withheld", {kWithheld}},
      {"隐藏", {kWithheld}},
      {"unknown", {kUnknown}},
      {"未知", {kUnknown}},
  };
  for (const auto& row : rows) EXPECT_EQ(s.places_of(*table, row.name), row.places) << row.name;
}

TEST(Table, refuses_names_it_does_not_know) {
  const auto table = SmallTable().builder.build();
  for (const char* name :
       {"",         " ",     "江",  "苏",     "江苏市",  "江苏 ", "苏州省", "四川苏州",
        "苏州苏州", "市",    "省",  "自治州", "0513",    "512",   "00512",  "0",
        "00",       "05122", "051", "上海",   "Jiangsu", "\xff"}) {
    EXPECT_FALSE(table->named(name)) << name;
  }
}

TEST(TableBuilder, gives_one_id_to_all_spellings_of_a_place) {
  TableBuilder builder;
  EXPECT_EQ(builder.place("内蒙古", "兴安", "0482"), builder.place("内蒙古自治区", "兴安盟", ""));
  EXPECT_EQ(builder.place("湖南", "吉首", "0743"), builder.place("湖南省", "湘西", "0743"));
  EXPECT_EQ(builder.place("新疆", "巴州", "0996"), builder.place("新疆", "库尔勒市", "0996"));
  EXPECT_EQ(builder.place("湖北", "襄樊市", "0710"), builder.place("湖北", "襄阳", "0710"));
  EXPECT_EQ(builder.place("某省", "某地", ""), builder.place("某省", "某地", ""));
  EXPECT_NE(builder.place("海南", "", ""), builder.place("青海", "海南", "0974"));
  EXPECT_EQ(builder.place("未知", "", ""), kUnknown);
}

TEST(TableBuilder, aborts_on_what_it_cannot_hold) {
  TableBuilder builder;
  EXPECT_DEATH(builder.mobile(1'299'999, 1'300'000, kAbroad), "contract broken");
  EXPECT_DEATH(builder.mobile(1'999'999, 2'000'000, kAbroad), "contract broken");
  EXPECT_DEATH(builder.mobile(1'300'001, 1'300'000, kAbroad), "contract broken");
  EXPECT_DEATH(builder.mobile(1'300'000, 1'300'000, 6), "contract broken");
  for (const char* prefix : {"", "1", "12", "20", "13900000", "13a", "+86"}) {
    EXPECT_DEATH(builder.carrier(prefix, Carrier::mobile), "contract broken") << prefix;
  }
  for (const char* code : {"", "0", "10", "512", "00", "001", "05121", "05a", "021 "}) {
    EXPECT_DEATH(builder.landline(code, kAbroad), "contract broken") << code;
  }
}

TEST(Province, is_taken_loosely) {
  const struct {
    const char* name;
    const char* province;  // empty: none
  } rows[] = {
      {"江苏", "江苏"},     {"江苏省", "江苏"},
      {"北京市", "北京"},   {"广西壮族自治区", "广西"},
      {"内蒙", "内蒙古"},   {"香港特别行政区", "香港"},
      {"台湾省", "台湾"},   {"境外", "境外"},
      {"未知", "未知"},     {"unknown", "未知"},
      {"withheld", "隐藏"}, {"隐藏", "隐藏"},
      {"苏州", ""},         {"", ""},
      {"江", ""},           {"Jiangsu", ""},
      {"0512", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(province_named(row.name).value_or(""), row.province) << row.name;
  }
  EXPECT_EQ(nearest_province("江荪"), "江苏");
  EXPECT_EQ(nearest_province("?"), "");
}

}  // namespace
}  // namespace hotline::region
