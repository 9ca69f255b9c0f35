#include "numbering/numbering.h"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

namespace hotline::numbering {
namespace {

using number::Kind;

struct Row {
  const char* raw;
  Kind kind;
  const char* e164;
};

template <std::size_t N>
void expect_rows(const Row (&rows)[N]) {
  for (const auto& row : rows) {
    const auto caller = read_caller(row.raw);
    EXPECT_EQ(caller.kind, row.kind) << row.raw << " is " << to_string(caller.kind);
    EXPECT_EQ(caller.e164, row.e164) << row.raw;
    EXPECT_EQ(caller.raw, row.raw);
    EXPECT_EQ(number::read_plain(row.raw).value_or(caller), caller) << row.raw;
  }
}

TEST(ReadCaller, mobile) {
  expect_rows({
      {"13900000000", Kind::mobile, "+8613900000000"},
      {"013900000000", Kind::mobile, "+8613900000000"},
      {"+8613900000000", Kind::mobile, "+8613900000000"},
      {"+86013900000000", Kind::mobile, "+8613900000000"},
      {"8613900000000", Kind::mobile, "+8613900000000"},
      {"86013900000000", Kind::mobile, "+8613900000000"},
      {"008613900000000", Kind::mobile, "+8613900000000"},
      {"0086013900000000", Kind::mobile, "+8613900000000"},
      {"+008613900000000", Kind::mobile, "+8613900000000"},
      {"1791113900000000", Kind::mobile, "+8613900000000"},
      {"17911013900000000", Kind::mobile, "+8613900000000"},
      {"01791113900000000", Kind::mobile, "+8613900000000"},
      {"017911013900000000", Kind::mobile, "+8613900000000"},
      {"+861791113900000000", Kind::mobile, "+8613900000000"},
      {"0086017911013900000000", Kind::mobile, "+8613900000000"},
      {"1795113900000000", Kind::mobile, "+8613900000000"},
      {"17911234567", Kind::mobile, "+8617911234567"},
      {"1259313900000000", Kind::mobile, "+8613900000000"},  // a carrier prefix the library knows
      // segments younger than the library's tables, and virtual operators
      {"19212345678", Kind::mobile, "+8619212345678"},
      {"+8619712345678", Kind::mobile, "+8619712345678"},
      {"019012345678", Kind::mobile, "+8619012345678"},
      {"16512345678", Kind::mobile, "+8616512345678"},
      {"17012345678", Kind::mobile, "+8617012345678"},
  });
}

TEST(ReadCaller, landline) {
  expect_rows({
      {"01061234567", Kind::landline, "+861061234567"},
      {"1061234567", Kind::landline, "+861061234567"},
      {"02161234567", Kind::landline, "+862161234567"},
      {"2161234567", Kind::landline, "+862161234567"},
      {"+862161234567", Kind::landline, "+862161234567"},
      {"+8602161234567", Kind::landline, "+862161234567"},
      {"862161234567", Kind::landline, "+862161234567"},
      {"8602161234567", Kind::landline, "+862161234567"},
      {"00862161234567", Kind::landline, "+862161234567"},
      {"051261234567", Kind::landline, "+8651261234567"},
      {"51261234567", Kind::landline, "+8651261234567"},
      {"03102345678", Kind::landline, "+863102345678"},
      {"3102345678", Kind::landline, "+863102345678"},
      {"08862345678", Kind::landline, "+868862345678"},  // 怒江's area code, not Taiwan
      {"8862345678", Kind::landline, "+868862345678"},
      {"1791102161234567", Kind::landline, "+862161234567"},
      {"017911051261234567", Kind::landline, "+8651261234567"},
      {"179112161234567", Kind::landline, "+862161234567"},
  });
}

TEST(ReadCaller, beyond_the_mainland) {
  expect_rows({
      {"+85223456789", Kind::hongkong, "+85223456789"},
      {"0085223456789", Kind::hongkong, "+85223456789"},
      {"+85362345678", Kind::macau, "+85362345678"},
      {"0085362345678", Kind::macau, "+85362345678"},
      {"+886912345678", Kind::taiwan, "+886912345678"},
      {"+8860912345678", Kind::taiwan, "+886912345678"},
      {"00886223456789", Kind::taiwan, "+886223456789"},
      {"+12025550123", Kind::abroad, "+12025550123"},
      {"0012025550123", Kind::abroad, "+12025550123"},
      {"+442071838750", Kind::abroad, "+442071838750"},
      {"+4402071838750", Kind::abroad, "+442071838750"},
      {"00390612345678", Kind::abroad, "+390612345678"},  // Italy keeps its 0
      {"+81312345678", Kind::abroad, "+81312345678"},
      {"+6591234567", Kind::abroad, "+6591234567"},
      {"+881612345678", Kind::abroad, "+881612345678"},  // satellite
  });
}

TEST(ReadCaller, withheld) {
  expect_rows({
      {"", Kind::withheld, ""},
      {"   ", Kind::withheld, ""},
      {"\t\r\n", Kind::withheld, ""},
      {"tel:", Kind::withheld, ""},
      {"anonymous", Kind::withheld, ""},
      {"Anonymous", Kind::withheld, ""},
      {" ANONYMOUS ", Kind::withheld, ""},
      {"unknown", Kind::withheld, ""},
      {"unavailable", Kind::withheld, ""},
      {"Unavailable", Kind::withheld, ""},
      {"restricted", Kind::withheld, ""},
      {"private", Kind::withheld, ""},
      {"withheld", Kind::withheld, ""},
  });
}

TEST(ReadCaller, service_numbers_have_no_place) {
  expect_rows({
      {"110", Kind::unknown, ""},
      {"10086", Kind::unknown, ""},
      {"95588", Kind::unknown, ""},
      {"+8695588", Kind::unknown, ""},
      {"008610086", Kind::unknown, ""},
      {"12345", Kind::unknown, ""},
      {"1065812345678901", Kind::unknown, ""},
      {"4001234567", Kind::unknown, "+864001234567"},
      {"+864001234567", Kind::unknown, "+864001234567"},
      {"00864001234567", Kind::unknown, "+864001234567"},
      {"8008108888", Kind::unknown, "+868008108888"},
  });
}

TEST(ReadCaller, visual_separators_and_tel_uris) {
  expect_rows({
      {"+86-139-0000-0000", Kind::mobile, "+8613900000000"},
      {"+86 139 0000 0000", Kind::mobile, "+8613900000000"},
      {"139.0000.0000", Kind::mobile, "+8613900000000"},
      {"(021) 6123-4567", Kind::landline, "+862161234567"},
      {" 13900000000\r\n", Kind::mobile, "+8613900000000"},
      {"tel:+86-139-0000-0000", Kind::mobile, "+8613900000000"},
      {"TEL:13900000000", Kind::mobile, "+8613900000000"},
      {"tel:13900000000;phone-context=+86", Kind::mobile, "+8613900000000"},
      {"tel:021-61234567;phone-context=+86", Kind::landline, "+862161234567"},
      {"tel:23456789;phone-context=+852", Kind::hongkong, "+85223456789"},
      {"tel:23456789;ext=1;phone-context=+852;isub=2", Kind::hongkong, "+85223456789"},
      {"13900000000;phone-context=example.com", Kind::mobile, "+8613900000000"},
      {"+8613900000000;npdi", Kind::mobile, "+8613900000000"},
      {"tel:+8613900000000;phone-context=+852", Kind::mobile, "+8613900000000"},
  });
}

TEST(ReadCaller, what_is_no_number_is_unknown) {
  expect_rows({
      {"garbage", Kind::unknown, ""},
      {"anonymous1", Kind::unknown, ""},
      {"sip:13900000000@127.0.0.1", Kind::unknown, ""},
      {"+", Kind::unknown, ""},
      {"++8613900000000", Kind::unknown, ""},
      {"8613900000000+", Kind::unknown, ""},
      {"-", Kind::unknown, ""},
      {"0", Kind::unknown, ""},
      {"00", Kind::unknown, ""},
      {"+00", Kind::unknown, ""},
      {"000000000000", Kind::unknown, ""},
      {"00009000000000000000", Kind::unknown, ""},
      {"86", Kind::unknown, ""},
      {"+86", Kind::unknown, ""},
      {"0086", Kind::unknown, ""},
      {"8686868686868686", Kind::unknown, ""},
      {"1390000000", Kind::unknown, ""},
      {"139000000000", Kind::unknown, ""},
      {"+86139000000000", Kind::unknown, ""},
      {"12345678901", Kind::unknown, ""},
      {"+999123456789", Kind::unknown, ""},  // no such country
      {"+852123", Kind::unknown, ""},
      {"+8522345678901234", Kind::unknown, ""},
      {"85223456789012", Kind::unknown, ""},
      {"1-800-FLOWERS", Kind::unknown, ""},
      {"*86#13900000000", Kind::unknown, ""},
      {"１３９００００００００", Kind::unknown, ""},  // full-width digits
      {"13900000000\xff", Kind::unknown, ""},
      {"匿名", Kind::unknown, ""},
      {";phone-context=+", Kind::unknown, ""},
      {"%2B8613900000000", Kind::unknown, ""},
  });
}

TEST(ReadCaller, keeps_a_bounded_raw_form) {
  const std::string blanks(number::kMostRaw - 11, ' ');
  const auto longest = read_caller(blanks + "13900000000");
  EXPECT_EQ(longest.kind, Kind::mobile);
  EXPECT_EQ(longest.raw.size(), number::kMostRaw);

  const auto longer = read_caller(blanks + " 13900000000");
  EXPECT_EQ(longer.kind, Kind::unknown);
  EXPECT_EQ(longer.raw, blanks + " 1390000000");

  const std::string digits(1'000'000, '1');
  const auto endless = read_caller(digits);
  EXPECT_EQ(endless.kind, Kind::unknown);
  EXPECT_EQ(endless.raw, std::string(number::kMostRaw, '1'));
  EXPECT_EQ(endless.e164, "");
}

TEST(ReadCaller, keeps_embedded_nul) {
  const std::string raw("139000\00000000", 12);
  const auto caller = read_caller(raw);
  EXPECT_EQ(caller.kind, Kind::unknown);
  EXPECT_EQ(caller.raw, raw);
  EXPECT_EQ(read_caller(std::string_view("\0", 1)).kind, Kind::unknown);
}

// What holds for any bytes at all.
void expect_sound(const std::string& raw) {
  const auto caller = read_caller(raw);
  ASSERT_EQ(caller.raw, raw.substr(0, number::kMostRaw));
  switch (caller.kind) {
    case Kind::mobile:
      ASSERT_EQ(caller.e164.size(), 14U) << raw;
      ASSERT_TRUE(caller.e164.starts_with("+861")) << raw;
      break;
    case Kind::landline:
      ASSERT_TRUE(caller.e164.size() == 13 || caller.e164.size() == 14) << raw;
      ASSERT_TRUE(caller.e164.starts_with("+86")) << raw;
      break;
    case Kind::withheld:
      ASSERT_EQ(caller.e164, "") << raw;
      break;
    case Kind::hongkong:
    case Kind::macau:
    case Kind::taiwan:
    case Kind::abroad:
      ASSERT_TRUE(caller.e164.starts_with('+')) << raw;
      ASSERT_LE(caller.e164.size(), 20U) << raw;
      break;
    case Kind::unknown:
      break;
  }
}

TEST(ReadCaller, any_bytes_give_a_number) {
  constexpr std::string_view kLikely = "0123456789008617911+-;. tel:anonymous\0\xff";
  std::mt19937 random(20251122);
  for (int i = 0; i < 50'000; ++i) {
    std::string raw(random() % 24, ' ');
    for (char& c : raw) c = kLikely[random() % kLikely.size()];
    ASSERT_NO_FATAL_FAILURE(expect_sound(raw));
    const auto caller = read_caller(raw);
    ASSERT_EQ(number::read_plain(raw).value_or(caller), caller) << raw;
    for (char& c : raw) c = static_cast<char>(random() % 256);
    ASSERT_NO_FATAL_FAILURE(expect_sound(raw));
  }
}

TEST(ReadCaller, reads_its_own_e164_alike) {
  for (const char* raw : {"13900000000", "02161234567", "03102345678", "+85223456789",
                          "+85362345678", "+886912345678", "00390612345678", "4001234567"}) {
    const auto once = read_caller(raw);
    const auto twice = read_caller(once.e164);
    EXPECT_EQ(twice.kind, once.kind) << raw;
    EXPECT_EQ(twice.e164, once.e164) << raw;
  }
}

std::string random_digits(std::mt19937& random, std::size_t count) {
  std::string digits(count, '0');
  for (char& c : digits) c = static_cast<char>('0' + random() % 10);
  return digits;
}

// However it is written, a mainland number is the one it was made from.
TEST(ReadCaller, mainland_numbers_in_all_spellings) {
  std::mt19937 random(20251123);
  for (int i = 0; i < 20'000; ++i) {
    const bool is_mobile = random() % 2 == 0;
    std::string national =
        is_mobile ? "1" + std::to_string(3 + random() % 7) : (random() % 2 == 0 ? "2" : "10");
    if (!is_mobile && national == "2") national += random_digits(random, 1);
    if (!is_mobile) national += std::to_string(2 + random() % 7);
    national += random_digits(random, (is_mobile ? 11 : 10) - national.size());
    const Kind kind = is_mobile ? Kind::mobile : Kind::landline;
    for (const char* before : {"", "0", "86", "860", "+86", "+860", "0086", "00860", "17911",
                               "179110", "017909", "+8617951", "00860179110"}) {
      const std::string raw = before + national;
      const number::Number wanted{kind, "+86" + national, raw};
      ASSERT_EQ(number::read_plain(raw), wanted) << raw;
      ASSERT_EQ(read_caller(raw), wanted) << raw;
    }
  }
}

// The same number by the library alone, as read_caller has it for whatever is not plain.
number::Number by_the_library(const std::string& raw) {
  using i18n::phonenumbers::PhoneNumberUtil;
  const auto& library = *PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber parsed;
  number::Number number{Kind::unknown, "", raw};
  if (library.Parse(raw, "CN", &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) return number;
  if (!library.IsPossibleNumber(parsed)) return number;
  number.kind = parsed.country_code() == 852   ? Kind::hongkong
                : parsed.country_code() == 853 ? Kind::macau
                : parsed.country_code() == 886 ? Kind::taiwan
                                               : Kind::abroad;
  library.Format(parsed, PhoneNumberUtil::E164, &number.e164);
  return number;
}

TEST(ReadPlain, agrees_with_the_library_on_numbers_abroad) {
  std::mt19937 random(20251124);
  constexpr const char* kCodes[] = {"+852", "+853", "+886", "+1"};
  int plain_ones = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string raw = kCodes[random() % 4] + random_digits(random, 7 + random() % 5);
    const auto plain = number::read_plain(raw);
    if (!plain) continue;
    ++plain_ones;
    ASSERT_EQ(*plain, by_the_library(raw)) << raw;
  }
  EXPECT_GT(plain_ones, 2000);
}

TEST(WarmUp, may_be_called_again) {
  warm_up();
  warm_up();
}

}  // namespace
}  // namespace hotline::numbering
