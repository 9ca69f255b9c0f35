#include "media/spoken.h"

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/prompt_names.h"

namespace hotline::media {
namespace {

const std::map<std::string_view, std::string_view>& texts() {
  static const std::map<std::string_view, std::string_view> kTexts = {
      {"number/0", "零"},
      {"number/1", "一"},
      {"number/2", "二"},
      {"number/3", "三"},
      {"number/4", "四"},
      {"number/5", "五"},
      {"number/6", "六"},
      {"number/7", "七"},
      {"number/8", "八"},
      {"number/9", "九"},
      {"number/liang", "两"},
      {"number/yao", "幺"},
      {"number/shi", "十"},
      {"number/bai", "百"},
      {"number/qian", "千"},
      {"number/wan", "万"},
      {"piece/people", "位"},
      {"piece/minutes", "分钟"},
      {"piece/queue_ahead", "您前面还有"},
      {"piece/wait_about", "预计还需等待"},
      {"queue_next", "您是下一位"},
      {"wait_short", "预计等待不到一分钟"},
  };
  return kTexts;
}

std::string read_aloud(const Pieces& pieces) {
  std::string text;
  for (const std::string_view piece : pieces) text += texts().at(piece);
  return text;
}

struct Row {
  unsigned number;
  const char* text;
};

TEST(Spoken, numbers_of_up_to_four_digits) {
  const Row rows[] = {
      {0, "零"},
      {1, "一"},
      {2, "二"},
      {9, "九"},
      {10, "十"},
      {11, "十一"},
      {12, "十二"},
      {19, "十九"},
      {20, "二十"},
      {22, "二十二"},
      {90, "九十"},
      {99, "九十九"},
      {100, "一百"},
      {101, "一百零一"},
      {102, "一百零二"},
      {110, "一百一十"},
      {112, "一百一十二"},
      {120, "一百二十"},
      {200, "二百"},
      {202, "二百零二"},
      {210, "二百一十"},
      {222, "二百二十二"},
      {999, "九百九十九"},
      {1000, "一千"},
      {1001, "一千零一"},
      {1002, "一千零二"},
      {1010, "一千零一十"},
      {1012, "一千零一十二"},
      {1100, "一千一百"},
      {1101, "一千一百零一"},
      {1110, "一千一百一十"},
      {2000, "两千"},
      {2002, "两千零二"},
      {2020, "两千零二十"},
      {2200, "两千二百"},
      {2222, "两千二百二十二"},
      {9999, "九千九百九十九"},
  };
  for (const auto& row : rows) EXPECT_EQ(read_aloud(speak_number(row.number)), row.text);
}

TEST(Spoken, numbers_with_wan) {
  const Row rows[] = {
      {10'000, "一万"},
      {10'001, "一万零一"},
      {10'010, "一万零一十"},
      {10'012, "一万零一十二"},
      {10'100, "一万零一百"},
      {10'101, "一万零一百零一"},
      {11'000, "一万一千"},
      {12'000, "一万二千"},
      {12'010, "一万二千零一十"},
      {20'000, "两万"},
      {20'002, "两万零二"},
      {22'000, "两万二千"},
      {22'222, "两万二千二百二十二"},
      {100'000, "十万"},
      {100'001, "十万零一"},
      {100'100, "十万零一百"},
      {101'000, "十万一千"},
      {102'000, "十万二千"},
      {110'000, "十一万"},
      {120'000, "十二万"},
      {120'012, "十二万零一十二"},
      {200'000, "二十万"},
      {220'000, "二十二万"},
      {1'000'000, "一百万"},
      {1'000'010, "一百万零一十"},
      {1'001'000, "一百万一千"},
      {1'010'000, "一百零一万"},
      {1'020'000, "一百零二万"},
      {1'100'000, "一百一十万"},
      {1'100'001, "一百一十万零一"},
      {2'000'000, "二百万"},
      {2'222'222, "二百二十二万二千二百二十二"},
      {5'040'302, "五百零四万零三百零二"},
      {9'999'999, "九百九十九万九千九百九十九"},
  };
  for (const auto& row : rows) EXPECT_EQ(read_aloud(speak_number(row.number)), row.text);
}

// Read back by another rule: every place is worth its name, 万 multiplies what came before.
unsigned understood(const std::string_view* piece, const std::string_view* end) {
  const std::map<std::string_view, unsigned> places = {
      {prompt::shi, 10}, {prompt::bai, 100}, {prompt::qian, 1000}};
  unsigned of_wan = 0;
  unsigned sum = 0;
  unsigned digit = 0;
  for (; piece != end; ++piece) {
    if (*piece == prompt::wan) {
      of_wan = sum + digit;
      sum = digit = 0;
    } else if (const auto place = places.find(*piece); place != places.end()) {
      sum += (digit == 0 ? 1 : digit) * place->second;
      digit = 0;
    } else {
      digit = *piece == prompt::liang ? 2 : static_cast<unsigned>(piece->back() - '0');
    }
  }
  return of_wan * 10'000 + sum + digit;
}

TEST(Spoken, numbers_are_understood_again) {
  for (unsigned number = 0; number <= kMostSpoken; number += number < 120'000 ? 1 : 97) {
    const Pieces pieces = speak_number(number);
    ASSERT_EQ(understood(pieces.data(), pieces.data() + pieces.size()), number);
  }
}

TEST(Spoken, counts_before_a_measure_word) {
  const Row rows[] = {
      {0, "零"},
      {1, "一"},
      {2, "两"},
      {3, "三"},
      {10, "十"},
      {12, "十二"},
      {20, "二十"},
      {22, "二十二"},
      {102, "一百零二"},
      {200, "二百"},
      {2000, "两千"},
      {20'000, "两万"},
      {20'002, "两万零二"},
  };
  for (const auto& row : rows) EXPECT_EQ(read_aloud(speak_count(row.number)), row.text);
}

TEST(Spoken, digits_one_by_one) {
  const struct {
    const char* number;
    const char* text;
  } rows[] = {
      {"", ""},
      {"4001234567", "四零零幺二三四五六七"},
      {"13800138000", "幺三八零零幺三八零零零"},
      {"021-6123 4567", "零二幺六幺二三四五六七"},
      {"+8610", "八六幺零"},
      {"8001", "八零零幺"},
      {"2026", "二零二六"},
      {"*#", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(read_aloud(speak_digits(row.number)), row.text);
}

TEST(Spoken, place_in_the_queue) {
  const Row rows[] = {
      {0, "您是下一位"},        {1, "您前面还有一位"},         {2, "您前面还有两位"},
      {12, "您前面还有十二位"}, {110, "您前面还有一百一十位"},
  };
  for (const auto& row : rows) EXPECT_EQ(read_aloud(speak_queue_position(row.number)), row.text);
}

TEST(Spoken, time_to_wait) {
  const Row rows[] = {
      {0, "预计等待不到一分钟"},    {1, "预计还需等待一分钟"},         {2, "预计还需等待两分钟"},
      {15, "预计还需等待十五分钟"}, {120, "预计还需等待一百二十分钟"},
  };
  for (const auto& row : rows) EXPECT_EQ(read_aloud(speak_waiting_time(row.number)), row.text);
}

// What is loaded for a sentence is what it may need.
TEST(Spoken, pieces_of_sentences_are_all_told) {
  const Pieces of_positions = pieces_of_positions();
  const Pieces of_times = pieces_of_waiting_times();
  for (const unsigned number : {0u, 1u, 2u, 12u, 110u, 2'222u, 34'567u, 9'000'810u}) {
    EXPECT_THAT(speak_queue_position(number), testing::Each(testing::AnyOfArray(of_positions)));
    EXPECT_THAT(speak_waiting_time(number), testing::Each(testing::AnyOfArray(of_times)));
  }
}

TEST(SpokenDeathTest, has_an_end) { EXPECT_DEATH(speak_number(kMostSpoken + 1), "kMostSpoken"); }

}  // namespace
}  // namespace hotline::media
