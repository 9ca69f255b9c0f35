#include "unit/region/phone_dat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hotline/region/reading.h"

namespace hotline::region {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kSuzhou("江苏|苏州|215000|0512\0", 27);
const std::string kJinan("山东|济南|250000|0531\0", 27);
constexpr std::uint32_t kFirst = 8;
constexpr std::uint32_t kSecond = 8 + 27;

std::vector<std::string> flaws_of(const Reading& reading) {
  std::vector<std::string> lines;
  for (const Flaw& flaw : reading.flaws) {
    lines.push_back(std::to_string(flaw.at) + ": " + flaw.what);
  }
  return lines;
}

std::string said(const Reading& reading) {
  const std::string csv = to_csv(reading.entries);
  return csv.substr(csv.find('\n') + 1);
}

TEST(ReadPhoneDat, reads_places_and_carriers) {
  std::vector<DatIndex> indexes;
  for (char carrier = 1; carrier <= 8; ++carrier) {
    indexes.push_back({1'620'000U + static_cast<std::uint32_t>(carrier),
                       carrier % 2 == 0 ? kFirst : kSecond, carrier});
  }
  const Reading reading = read_regions(phone_dat(kSuzhou + kJinan, indexes));
  EXPECT_TRUE(reading.is_phone_dat);
  EXPECT_THAT(flaws_of(reading), IsEmpty());
  EXPECT_EQ(said(reading),
            "1620001,山东,济南,0531,移动\n1620002,江苏,苏州,0512,联通\n"
            "1620003,山东,济南,0531,电信\n1620004,江苏,苏州,0512,电信\n"
            "1620005,山东,济南,0531,联通\n1620006,江苏,苏州,0512,移动\n"
            "1620007,山东,济南,0531,广电\n1620008,江苏,苏州,0512,广电\n");
}

TEST(ReadPhoneDat, hears_nothing_from_carriers_nobody_knows) {
  const Reading reading = read_phone_dat(phone_dat(
      kSuzhou, {{1'390'001, kFirst, 0}, {1'390'002, kFirst, 9}, {1'390'003, kFirst, -1}}));
  EXPECT_THAT(flaws_of(reading), IsEmpty());
  EXPECT_EQ(said(reading),
            "1390001,江苏,苏州,0512,\n1390002,江苏,苏州,0512,\n1390003,江苏,苏州,0512,\n");
}

TEST(ReadPhoneDat, doubts_the_file_as_a_whole) {
  const std::string good = phone_dat(kSuzhou, {{1'390'001, kFirst, 1}});
  const struct {
    std::string bytes;
    const char* flaw;
  } rows[] = {
      {good.substr(0, 7), "0: is shorter than the head of a phone.dat"},
      {good.substr(0, 8), "0: is cut off or no phone.dat: its indexes begin at byte 35 of 8"},
      {good.substr(0, 34), "0: is cut off or no phone.dat: its indexes begin at byte 35 of 34"},
      {good.substr(0, 35), "0: names no prefix"},
      {good.substr(0, 43),
       "0: is cut off or no phone.dat: 8 bytes of indexes are no multiple of 9"},
      {good + "x", "0: is cut off or no phone.dat: 10 bytes of indexes are no multiple of 9"},
      {"2302" + little_endian(0) + std::string(9, '\0'),
       "0: is cut off or no phone.dat: its indexes begin at byte 0 of 17"},
      {"2302" + little_endian(7) + std::string(9, '\0'),
       "0: is cut off or no phone.dat: its indexes begin at byte 7 of 17"},
      {"2302" + little_endian(0xffff'ffff) + std::string(9, '\0'),
       "0: is cut off or no phone.dat: its indexes begin at byte 4294967295 of 17"},
  };
  for (const auto& row : rows) {
    const Reading reading = read_phone_dat(row.bytes);
    EXPECT_THAT(flaws_of(reading), ElementsAre(row.flaw));
    EXPECT_THAT(reading.entries.list, IsEmpty());
  }
}

TEST(ReadPhoneDat, doubts_every_offset) {
  const std::string records = kSuzhou + "江苏|苏州|215000\0" + kJinan + "no end";
  const auto end = static_cast<std::uint32_t>(8 + records.size());
  for (const std::uint32_t offset : {0U, 7U, kFirst + 1, kFirst + 3, kFirst + 26, end - 6, end - 1,
                                     end, end + 9, 0x7fff'ffffU, 0xffff'ffffU}) {
    const Reading reading =
        read_phone_dat(phone_dat(records, {{1'390'001, kFirst, 1}, {1'390'002, offset, 1}}));
    EXPECT_THAT(flaws_of(reading),
                ElementsAre("2: there is no record `province|city|zip|area code` at byte " +
                            std::to_string(offset)));
    EXPECT_EQ(said(reading), "1390001,江苏,苏州,0512,移动\n");
  }
}

TEST(ReadPhoneDat, doubts_every_record) {
  for (const std::string& record :
       {std::string(), std::string("江苏"), std::string("江苏|苏州|215000"),
        std::string("江苏|苏州|215000|0512|x"), std::string("\xbd\xad\xcb\xd5|苏州|215000|0512"),
        std::string("江苏|苏\n州|215000|0512"), std::string(300, '|')}) {
    const Reading reading = read_phone_dat(phone_dat(record + '\0', {{1'390'001, kFirst, 1}}));
    EXPECT_THAT(flaws_of(reading),
                ElementsAre("1: there is no record `province|city|zip|area code` at byte 8"))
        << record;
  }
  const Reading misspelt = read_phone_dat(
      phone_dat(std::string("江荪|苏州|215000|0512\0", 27), {{1'390'001, kFirst, 1}}));
  EXPECT_THAT(flaws_of(misspelt),
              ElementsAre("1: there is no province \"江荪\"; did you mean \"江苏\"?"));
}

TEST(ReadPhoneDat, doubts_every_index) {
  const struct {
    DatIndex index;
    const char* flaw;
  } rows[] = {
      {{1'390'001, kSecond, 1}, "2: says something else of 1390001 than entry 1 does"},
      {{1'390'001, kFirst, 2}, "2: says something else of 1390001 than entry 1 does"},
      {{0, kFirst, 1}, "2: 0 is no prefix of 7 digits"},
      {{139, kFirst, 1}, "2: 139 is no prefix of 7 digits"},
      {{0xffff'ffff, kFirst, 1}, "2: 4294967295 is no prefix of 7 digits"},
      {{1'299'999, kFirst, 1},
       "2: \"1299999\" is no prefix; wanted are 3 to 7 digits of mobiles (1390001), or an area "
       "code with its 0 (0512)"},
      {{2'000'000, kFirst, 1},
       "2: \"2000000\" is no prefix; wanted are 3 to 7 digits of mobiles (1390001), or an area "
       "code with its 0 (0512)"},
  };
  for (const auto& row : rows) {
    const Reading reading =
        read_phone_dat(phone_dat(kSuzhou + kJinan, {{1'390'001, kFirst, 1}, row.index}));
    EXPECT_THAT(flaws_of(reading), ElementsAre(row.flaw));
  }
}

TEST(ReadRegions, tells_text_from_phone_dat) {
  EXPECT_FALSE(read_regions("prefix,province\n1390001,江苏\n").is_phone_dat);
  EXPECT_FALSE(read_regions("").is_phone_dat);
  EXPECT_TRUE(read_regions(std::string_view("2302\0", 5)).is_phone_dat);
}

}  // namespace
}  // namespace hotline::region
