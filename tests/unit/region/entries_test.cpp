#include "hotline/region/entries.h"

#include <gtest/gtest.h>

#include "hotline/region/reading.h"

#include "region/collector.h"

namespace hotline::region {
namespace {

using number::Kind;

Entries entries_of(const std::string& lines) {
  Reading reading = read_csv("prefix,province,city,area_code,carrier\n" + lines);
  EXPECT_EQ(reading.flaw_count, 0U);
  return std::move(reading.entries);
}

std::string found(const Table& table, const std::string& national) {
  const Kind kind = national.size() == 11 && national[0] == '1' ? Kind::mobile : Kind::landline;
  const Located located = table.locate({kind, "+86" + national, ""});
  const Place& place = table.place(located.place);
  return place.province + "," + place.city + "," + place.area_code + "," +
         std::string(to_string(located.carrier));
}

TEST(Overlay, says_what_its_entries_say_and_leaves_the_rest) {
  const auto imported = overlay(*builtin_table(), entries_of("1920000,江苏,苏州,0512,广电\n"
                                                             "1390000,江苏,南京,025,移动\n"
                                                             "1920002,江苏,,,\n"
                                                             "1390002,未知,,,未知\n"
                                                             "0807,江西,南昌,,\n"));
  const auto overridden = overlay(*imported, entries_of("192,浙江,杭州,0571,\n"
                                                        "19200,浙江,宁波,,电信\n"
                                                        "1390000,,,,联通\n"
                                                        "0512,江苏,无锡,,\n"));
  const struct {
    const char* national;
    const char* builtin;
    const char* imported;
    const char* overridden;
  } rows[] = {
      {"19200001234", "未知,,,广电", "江苏,苏州,0512,广电", "浙江,宁波,0574,电信"},
      {"19200011234", "未知,,,广电", "未知,,,广电", "浙江,宁波,0574,电信"},
      {"19200021234", "未知,,,广电", "江苏,,,广电", "浙江,宁波,0574,电信"},
      {"19210001234", "未知,,,广电", "未知,,,广电", "浙江,杭州,0571,广电"},
      {"13900001234", "新疆,乌鲁木齐,0991,移动", "江苏,南京,025,移动", "江苏,南京,025,联通"},
      {"13900021234", "辽宁,沈阳,024,移动", "未知,,,", "未知,,,"},
      {"13800138000", "北京,北京,010,移动", "北京,北京,010,移动", "北京,北京,010,移动"},
      {"8071234567", "未知,,,", "江西,南昌,0791,", "江西,南昌,0791,"},
      {"51212345678", "江苏,苏州,0512,", "江苏,苏州,0512,", "江苏,无锡,0510,"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(found(*builtin_table(), row.national), row.builtin) << row.national;
    EXPECT_EQ(found(*imported, row.national), row.imported) << row.national;
    EXPECT_EQ(found(*overridden, row.national), row.overridden) << row.national;
  }
  EXPECT_EQ(builtin_table()->size(), overridden->size());  // no place is there twice
}

TEST(Overlay, does_not_depend_on_the_order_of_lines) {
  const auto table = overlay(*builtin_table(), entries_of("1920000,江苏,苏州,,\n192,浙江,,,\n"));
  EXPECT_EQ(found(*table, "19200001234"), "江苏,苏州,0512,广电");
  EXPECT_EQ(found(*table, "19299991234"), "浙江,,,广电");
}

TEST(Entries, survive_being_written) {
  const std::string lines =
      "192,浙江,,,\n1709,,,,联通\n1390000,江苏,南京,025,移动\n1390002,未知,,,未知\n"
      "010,北京,北京,,\n0807,江西,南昌,,\n";
  const Entries entries = entries_of(lines);
  EXPECT_EQ(to_csv(entries), "prefix,province,city,area_code,carrier\n" + lines);
  EXPECT_EQ(read_csv(to_csv(entries)).entries.list, entries.list);
}

TEST(Nearest, is_the_name_that_is_meant) {
  const struct {
    const char* written;
    const char* nearest;
  } rows[] = {
      {"江荪", "江苏"},
      {"江荪省", "江苏省"},
      {"折江", "浙江"},
      {"山系", "山西"},
      {"广酉", "广西"},
      {"湖甫", "湖南"},
      {"广冬", "广东"},
      {"黑龙", "黑龙江"},
      {"苏洲", "苏州"},
      {"呼和号特", "呼和浩特"},
      {"witheld", "withheld"},
      {"unknow", "unknown"},
      {"沪", ""},
      {"江", ""},
      {"", ""},
      {"纽约城", ""},
      {"\xff\xff", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(builtin_table()->nearest(row.written), row.nearest) << row.written;
  }
}

TEST(Plain, is_utf8_without_control_characters) {
  for (const char* text : {"", "a", "江苏", "\t", "\xc2\x80", "\xf0\x9f\x98\x80", "\xef\xbf\xbf"}) {
    EXPECT_TRUE(is_plain(text)) << text;
  }
  for (const char* text :
       {"\n", "\x1b", "\x7f", "\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x80\x80",
        "\xed\xa0\x80", "\xe6\xb1", "\xe6\xb1x", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf8\x88\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(is_plain(text)) << text;
  }
}

}  // namespace
}  // namespace hotline::region
