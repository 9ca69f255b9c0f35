#include "hotline/number/number.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace hotline::number {
namespace {

TEST(Kind, reads_back_its_word) {
  for (const Kind kind : {Kind::mobile, Kind::landline, Kind::hongkong, Kind::macau, Kind::taiwan,
                          Kind::abroad, Kind::withheld, Kind::unknown}) {
    EXPECT_EQ(kind_from_string(to_string(kind)), kind);
  }
  EXPECT_EQ(to_string(Kind::hongkong), "hongkong");
  for (const char* word : {"", "Mobile", "mobile ", "mobil", "手机"}) {
    EXPECT_EQ(kind_from_string(word), std::nullopt) << word;
  }
}

struct KindRow {
  const char* national;
  std::optional<Kind> kind;
};

TEST(MainlandKind, is_told_by_the_digits) {
  const KindRow rows[] = {
      {"13900000000", Kind::mobile},
      {"19212345678", Kind::mobile},  // broadnet
      {"19712345678", Kind::mobile},
      {"17911234567", Kind::mobile},    // a mobile of segment 179, no carrier prefix
      {"12900000000", std::nullopt},    // no mobile begins with 12
      {"1390000000", std::nullopt},     // one digit short
      {"139000000000", std::nullopt},   // one too many
      {"1061234567", Kind::landline},   // 10 + 8
      {"106123456", std::nullopt},      // 10 + 7
      {"10612345678", std::nullopt},    // 10 + 9
      {"2161234567", Kind::landline},   // 2x + 8
      {"216123456", std::nullopt},      // 2x + 7
      {"21612345678", std::nullopt},    // 2x + 9
      {"3102345678", Kind::landline},   // 3 + 7
      {"51261234567", Kind::landline},  // 3 + 8
      {"512612345", std::nullopt},      // 3 + 6
      {"512612345678", std::nullopt},   // 3 + 9
      {"5121234567", std::nullopt},     // local numbers do not begin with 1,
      {"51201234567", std::nullopt},    // 0
      {"51291234567", std::nullopt},    // or 9
      {"4001234567", std::nullopt},     // hotlines have no place
      {"8001234567", std::nullopt},     // nor have freephones
      {"95588", std::nullopt},
      {"10086", std::nullopt},
      {"110", std::nullopt},
      {"", std::nullopt},
      {"1390000000a", std::nullopt},
      {"-3900000000", std::nullopt},
      {"0139000000", std::nullopt},
  };
  for (const auto& row : rows) EXPECT_EQ(mainland_kind(row.national), row.kind) << row.national;
}

struct StripRow {
  const char* national;
  const char* stripped;
};

TEST(StripCarrierPrefix, removes_trunk_0_and_179xx) {
  const StripRow rows[] = {
      {"13900000000", "13900000000"},       {"013900000000", "13900000000"},
      {"1791113900000000", "13900000000"},  {"17911013900000000", "13900000000"},
      {"01791113900000000", "13900000000"}, {"017911013900000000", "13900000000"},
      {"1790913900000000", "13900000000"},  {"1795113900000000", "13900000000"},
      {"1799913900000000", "13900000000"},  {"02161234567", "2161234567"},
      {"2161234567", "2161234567"},         {"1791102161234567", "2161234567"},
      {"179112161234567", "2161234567"},    {"017911051261234567", "51261234567"},
      {"1791103102345678", "3102345678"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(strip_carrier_prefix(row.national), row.stripped) << row.national;
  }
}

TEST(StripCarrierPrefix, leaves_other_text_as_it_is) {
  for (const char* text : {"",
                           "0",
                           "00",
                           "179",
                           "17911",
                           "0179",
                           "017911",
                           "17911234567",
                           "1791195588",
                           "95588",
                           "095588",
                           "110",
                           "0013900000000",
                           "01791100139000000",
                           "008613900000000",
                           "+8613900000000",
                           "1891113900000000",
                           "17911179111390000000",
                           "anonymous",
                           "1791113900000000a",
                           "17 911 13900000000",
                           "04001234567"}) {
    EXPECT_EQ(strip_carrier_prefix(text), text);
  }
}

TEST(ReadPlain, mainland_numbers_in_every_form) {
  for (const char* raw : {"13900000000", "013900000000", "+8613900000000", "+86013900000000",
                          "8613900000000", "008613900000000", "+008613900000000",
                          "1791113900000000", "017911013900000000", "+861791113900000000"}) {
    EXPECT_EQ(read_plain(raw), (Number{Kind::mobile, "+8613900000000", raw})) << raw;
  }
  for (const char* raw : {"02161234567", "2161234567", "+862161234567", "8602161234567",
                          "00862161234567", "1791102161234567"}) {
    EXPECT_EQ(read_plain(raw), (Number{Kind::landline, "+862161234567", raw})) << raw;
  }
  EXPECT_EQ(read_plain("08862345678")->kind, Kind::landline) << "怒江's area code, not Taiwan";
}

TEST(ReadPlain, numbers_abroad_of_one_length) {
  struct Row {
    const char* raw;
    Kind kind;
    const char* e164;
  };
  for (const Row& row : {Row{"+85223456789", Kind::hongkong, "+85223456789"},
                         Row{"0085223456789", Kind::hongkong, "+85223456789"},
                         Row{"+0085223456789", Kind::hongkong, "+85223456789"},
                         Row{"+85362345678", Kind::macau, "+85362345678"},
                         Row{"+886912345678", Kind::taiwan, "+886912345678"},
                         Row{"00886223456789", Kind::taiwan, "+886223456789"},
                         Row{"+12025550123", Kind::abroad, "+12025550123"}}) {
    EXPECT_EQ(read_plain(row.raw), (Number{row.kind, row.e164, row.raw})) << row.raw;
  }
}

TEST(ReadPlain, leaves_the_rest_to_those_who_know_more) {
  for (const char* raw : {"",
                          "+",
                          "0",
                          "00",
                          "+00",
                          "86",
                          "+86",
                          "110",
                          "10086",
                          "95588",
                          "4001234567",
                          "+864001234567",
                          "+86139000000000",
                          "1390000000",
                          "139 0000 0000",
                          "+86-13900000000",
                          "1390000000a",
                          " 13900000000",
                          "tel:13900000000",
                          "anonymous",
                          "++8613900000000",
                          "+852",
                          "+8522345678",
                          "+852234567890",
                          "+85212345678",

                          "+8860912345678",
                          "+88637123456",
                          "+11025550123",
                          "+1202555012",
                          "+442071838750",
                          "+999123456789",
                          "1259313900000000"}) {
    EXPECT_EQ(read_plain(raw), std::nullopt) << raw;
  }
  EXPECT_EQ(read_plain(std::string(kMostRaw, '0') + "13900000000"), std::nullopt);
  EXPECT_EQ(read_plain(std::string("1390000\0"
                                   "000",
                                   11)),
            std::nullopt);
}

TEST(DialledHotline, is_found_in_every_form) {
  for (const char* raw :
       {"4001234567", "+864001234567", "00864001234567", "864001234567", "04001234567",
        "+8604001234567", "400-123-4567", "+86 400 123 4567", "(400) 123.4567"}) {
    EXPECT_EQ(dialled_hotline(raw), "4001234567") << raw;
  }
}

TEST(DialledHotline, is_400_and_seven_digits_only) {
  for (const char* raw :
       {"", "400", "400123456", "40012345678", "8001234567", "+4001234567", "004001234567",
        "+8524001234567", "86864001234567", "+86+864001234567", "4001234a67", "４００1234567",
        "400123456\n", "4001234567;ext=1", "sip:4001234567", "13900000000", "+86", "0086", "0"}) {
    EXPECT_EQ(dialled_hotline(raw), std::nullopt) << raw;
  }
  EXPECT_EQ(dialled_hotline(std::string("400123456\0", 10)), std::nullopt);
  EXPECT_EQ(dialled_hotline(std::string(100'000, '4')), std::nullopt);
  EXPECT_EQ(dialled_hotline(std::string(100'000, '-') + "4001234567"), std::nullopt);
}

}  // namespace
}  // namespace hotline::number
