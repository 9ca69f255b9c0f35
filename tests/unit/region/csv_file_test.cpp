#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hotline/region/reading.h"

namespace hotline::region {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kHeader = "prefix,province,city,area_code,carrier\n";

std::vector<std::string> flaws_of(const Reading& reading) {
  std::vector<std::string> lines;
  for (const Flaw& flaw : reading.flaws) {
    lines.push_back(std::to_string(flaw.at) + ": " + flaw.what);
  }
  return lines;
}

// What was understood, without the header.
std::string said(const Reading& reading) {
  const std::string csv = to_csv(reading.entries);
  return csv.substr(csv.find('\n') + 1);
}

TEST(ReadCsv, takes_what_means_the_same_loosely) {
  const struct {
    const char* line;
    const char* said;
  } rows[] = {
      {"1390001,江苏,苏州,0512,移动", "1390001,江苏,苏州,0512,移动\n"},
      {"1390001,江苏省,苏州市,512,中国移动", "1390001,江苏,苏州,0512,移动\n"},
      {"139,江苏,苏州,,", "139,江苏,苏州,0512,\n"},
      {" 1390001 , 江苏 ,\t苏州,0512\t,移动 ", "1390001,江苏,苏州,0512,移动\n"},
      {"\"1390001\",\"江苏\",\"苏州\",\"0512\",\"移动\"", "1390001,江苏,苏州,0512,移动\n"},
      {"1709,江苏,,,联通虚拟", "1709,江苏,,,联通\n"},
      {"1709,,,,中国电信虚拟运营商", "1709,,,,电信\n"},
      {"1709,江苏,,0512,", "1709,江苏,,,\n"},
      {"192,,,,Broadnet", ""},
      {"192,,,,broadnet", "192,,,,广电\n"},
      {"1390001,未知,,,未知", "1390001,未知,,,未知\n"},
      {"1390001,unknown,unknown,,unknown", "1390001,未知,,,未知\n"},
      {"1390001,内蒙古自治区,兴安盟,0482,", "1390001,内蒙古,兴安,0482,\n"},
      {"1390001,内蒙,乌兰浩特,0482,", "1390001,内蒙古,兴安,0482,\n"},
      {"1390001,新疆,博州,0909,", "1390001,新疆,博尔塔拉,0909,\n"},
      {"1390001,湖北,恩施土家族苗族自治州,0718,", "1390001,湖北,恩施,0718,\n"},
      {"1390001,贵州,遵义,0852,", "1390001,贵州,遵义,0851,\n"},  // a retired code
      {"1390001,北京,,,", "1390001,北京,北京,010,\n"},
      {"1390001,重庆市,重庆,023,", "1390001,重庆,重庆,023,\n"},
      {"1390001,重庆,万州,023,", "1390001,重庆,万州,023,\n"},
      {"1390001,吉林,,,", "1390001,吉林,,,\n"},  // the province
      {"0512,江苏,苏州,,", "0512,江苏,苏州,,\n"},
      {"0807,江西,南昌,0807,", "0807,江西,南昌,,\n"},  // a code we do not know
      {"010,北京,北京,010,", "010,北京,北京,,\n"},
      {"029,未知,,,", "029,未知,,,\n"},
  };
  for (const auto& row : rows) {
    const Reading reading = read_csv(std::string(kHeader) + row.line + "\n");
    EXPECT_EQ(said(reading), row.said) << row.line;
    EXPECT_EQ(reading.flaw_count, *row.said == '\0' ? 1U : 0U) << row.line;
  }
}

TEST(ReadCsv, knows_columns_by_name_in_any_order) {
  const struct {
    const char* text;
    std::vector<std::string> unused;
  } rows[] = {
      {"\xef\xbb\xbf号段,省份,城市,区号,运营商\r\n1390001,江苏,苏州,0512,移动\r\n", {}},
      {"Carrier,City,Province,Area Code,Prefix\n移动,苏州,江苏,0512,1390001", {}},
      {"id,phone,省,地市,邮编,citycode,ISP\n7,1390001,江苏,苏州,215000,0512,移动", {"id", "邮编"}},
      {"\"手机号段\",\"省份\",\"城市\",\"电话区号\",\"服务商\"\n\n1390001,江苏,苏州,0512,移动\n \n",
       {}},
  };
  for (const auto& row : rows) {
    const Reading reading = read_csv(row.text);
    EXPECT_THAT(flaws_of(reading), IsEmpty()) << row.text;
    EXPECT_EQ(said(reading), "1390001,江苏,苏州,0512,移动\n") << row.text;
    EXPECT_EQ(reading.unused_columns, row.unused);
    EXPECT_FALSE(reading.is_phone_dat);
  }
}

TEST(ReadCsv, refuses_a_line_with_one_clear_word) {
  const struct {
    const char* line;
    const char* what;
  } rows[] = {
      {"1390001,江荪,苏州,0512,移动", "there is no province \"江荪\"; did you mean \"江苏\"?"},
      {"1390001,广东生,广州,020,移动", "there is no province \"广东生\"; did you mean \"广东\"?"},
      {"1390001,香港,,,移动", "there is no province \"香港\""},
      {"1390001,江苏,苏洲,0512,移动", "there is no city \"苏洲\" in 江苏; did you mean \"苏州\"?"},
      {"1390001,江苏,杭州,0571,移动", "there is no city \"杭州\" in 江苏; it is in 浙江"},
      {"1390001,浙江,义乌,0579,移动", "there is no city \"义乌\" in 浙江"},
      {"1390001,江苏,苏州,025,移动", "\"025\" is no area code of 苏州, which has 0512"},
      {"1390001,江苏,,0571,移动", "\"0571\" is no area code of 江苏"},
      {"1390001,未知,苏州,,移动", "a city or area code of an unknown province"},
      {"1390001,,苏州,,移动", "a city or area code without its province"},
      {"1390001,江苏,苏州,0512,移通", "\"移通\" is no carrier: 移动, 联通, 电信, 广电 or 未知"},
      {"1390001,,,,", "nothing is said of \"1390001\""},
      {"0512,江苏,苏州,,电信", "an area code has no carrier"},
      {"0512,江苏,苏州,0513,", "\"0513\" is another area code than \"0512\""},
      {"1390001,江苏,苏州,0512", "has 4 columns, the header has 5"},
      {"1390001,江苏,\"苏州,0512,移动", "has a quote out of place, or more than 64 columns"},
      {"1390001,江苏,\"苏\"州,0512,移动", "has a quote out of place, or more than 64 columns"},
      {"1390001,江苏,\"苏\"\"州\",0512,移动", "has a quote out of place, or more than 64 columns"},
      {"1390001,\xbd\xad\xcb\xd5,,,",  // GBK
       "is no UTF-8; have the spreadsheet save it as \"CSV UTF-8\""},
      {"1390001,江\x1b苏,,,", "holds a control character"},
  };
  for (const auto& row : rows) {
    const Reading reading =
        read_csv(std::string(kHeader) + "1350001,北京,北京,010,移动\n" + row.line);
    EXPECT_THAT(flaws_of(reading), ElementsAre(std::string("3: ") + row.what)) << row.line;
    EXPECT_EQ(said(reading), "1350001,北京,北京,010,移动\n") << row.line;
  }
}

TEST(ReadCsv, refuses_what_is_no_prefix) {
  for (const char* prefix :
       {"",     "1",    "13",  "12",    "120",  "1290001", "13900011", "139000a", "+86139",
        "13 9", "-139", "512", "0",     "01",   "00",      "000",      "011",     "012",
        "0102", "0212", "051", "05122", "0151", "0400",    "0800",     "139.0",   "１３９"}) {
    const Reading reading = read_csv(std::string(kHeader) + prefix + ",江苏,苏州,,");
    EXPECT_THAT(flaws_of(reading),
                ElementsAre(testing::StartsWith("2: \"" + std::string(prefix) + "\" is no prefix")))
        << prefix;
  }
}

TEST(ReadCsv, refuses_a_file_without_a_header) {
  const std::string wanted =
      "is no header of a file of regions: wanted are the columns prefix (号段) and province "
      "(省份), of which city (城市), area_code (区号) and carrier (运营商) may say more";
  const struct {
    std::string text;
    std::string flaw;
  } rows[] = {
      {"", "0: names no prefix"},
      {"\n", "1: " + wanted},
      {kHeader, "0: names no prefix"},
      {"1300000,山东,济南,0531,联通\n", "1: " + wanted},
      {"prefix,city\n1300000,济南\n", "1: " + wanted},
      {"province,city\n山东,济南\n", "1: " + wanted},
      {"prefix,province,省份\n1300000,山东,山东\n",
       "1: the column province is there twice, as \"省份\" too"},
      {"\xff\xfe"
       "p",
       "1: is no UTF-8; have the spreadsheet save it as \"CSV UTF-8\""},
      {std::string(5000, 'x'), "1: is longer than 4096 bytes"},
      {std::string(100, ','), "1: has a quote out of place, or more than 64 columns"},
  };
  for (const auto& row : rows) {
    const Reading reading = read_csv(row.text);
    EXPECT_THAT(flaws_of(reading), ElementsAre(row.flaw)) << row.text.substr(0, 40);
    EXPECT_THAT(reading.entries.list, IsEmpty());
  }
}

TEST(ReadCsv, tells_contradictions_and_counts_repetitions) {
  const Reading reading = read_csv(std::string(kHeader) +
                                   "1390001,江苏,苏州,0512,移动\n"
                                   "0512,江苏,苏州,,\n"
                                   "1390001,江苏省,苏州市,,移动\n"  // the same
                                   "1390001,江苏,南京,025,移动\n"   // another place
                                   "1390001,江苏,苏州,0512,联通\n"  // another carrier
                                   "1390001,江苏,苏州,0512,\n"      // less than was said
                                   "139,江苏,南京,025,移动\n"       // shorter: no contradiction
                                   "0512,江苏,无锡,,\n");
  EXPECT_THAT(flaws_of(reading), ElementsAre("5: says something else of 1390001 than line 2 does",
                                             "6: says something else of 1390001 than line 2 does",
                                             "7: says something else of 1390001 than line 2 does",
                                             "9: says something else of 0512 than line 3 does"));
  EXPECT_EQ(reading.said_again, 1U);
  EXPECT_EQ(said(reading),
            "139,江苏,南京,025,移动\n1390001,江苏,苏州,0512,移动\n0512,江苏,苏州,,\n");
}

TEST(ReadCsv, keeps_the_first_twenty_flaws_and_counts_all) {
  std::string text = kHeader;
  text += "1390001,江苏,苏州,0512,移动\n1390001,江苏,南京,025,移动\n";  // found last, told first
  for (int i = 0; i < 30'000; ++i) text += "1390002,江荪,苏州,0512,移动\n";
  const Reading reading = read_csv(text);
  EXPECT_EQ(reading.flaw_count, 30'001U);
  ASSERT_EQ(reading.flaws.size(), kMostFlaws);
  EXPECT_EQ(flaws_of(reading)[0], "3: says something else of 1390001 than line 2 does");
  EXPECT_EQ(flaws_of(reading)[1], "4: there is no province \"江荪\"; did you mean \"江苏\"?");
  EXPECT_EQ(reading.flaws.back().at, 22U);
}

TEST(ReadCsv, shortens_what_it_quotes) {
  const std::string name = "江苏江苏江苏江苏江苏江苏江苏江苏江苏江苏";
  const Reading reading = read_csv(std::string(kHeader) + "1390001," + name + ",,,");
  EXPECT_THAT(flaws_of(reading),
              ElementsAre("2: there is no province \"" + name.substr(0, 48) + "…\""));
}

TEST(ReadCsv, tells_its_progress) {
  std::string text = kHeader;
  for (int prefix = 1'300'000; prefix < 1'310'000; ++prefix) {
    text += std::to_string(prefix) + ",江苏,苏州,0512,移动\n";
  }
  std::vector<std::size_t> told;
  const Reading reading = read_csv(text, [&](std::size_t done, std::size_t whole) {
    EXPECT_EQ(whole, text.size());
    told.push_back(done);
  });
  EXPECT_EQ(reading.entries.list.size(), 10'000U);
  EXPECT_EQ(told.size(), 2U);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
}

}  // namespace
}  // namespace hotline::region
