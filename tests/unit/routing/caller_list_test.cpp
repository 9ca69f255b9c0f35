#include "hotline/routing/caller_list.h"

#include <array>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace hotline::routing {
namespace {

using number::Kind;
using number::Number;

constexpr region::PlaceId kHere = 40;
constexpr region::PlaceId kThere = 41;

struct Row {
  Number caller;
  region::PlaceId place;
  ListedBy by;
};

template <std::size_t N>
void expect(const CallerList& list, const Row (&rows)[N]) {
  for (const Row& row : rows) {
    EXPECT_EQ(list.match(row.caller, row.place), row.by)
        << row.caller.e164 << row.caller.raw << " at " << row.place;
  }
}

CallerList empty_list() { return CallerList("nuisance", Source{"hotline.toml", 7}); }

TEST(CallerList, holds_nobody_unless_told) {
  expect(empty_list(), {{{Kind::mobile, "+8613900000000", ""}, kHere, ListedBy::nothing},
                        {{Kind::abroad, "+12025550123", ""}, region::kAbroad, ListedBy::nothing},
                        {{Kind::unknown, "", "10086"}, region::kUnknown, ListedBy::nothing},
                        {{Kind::withheld, "", ""}, region::kWithheld, ListedBy::nothing}});
}

TEST(CallerList, holds_numbers_and_prefixes) {
  CallerList list = empty_list();
  list.add_number("+8613900000000");
  list.add_number("+8617000000001");
  list.add_number("+862161234567");
  list.add_number("+12025550123");
  list.add_number("+123456789012345");
  list.add_prefix("+86170");
  list.add_prefix("+852");
  list.add_prefix("+86138001380");
  list.add_prefix("+447");
  EXPECT_EQ(list.entries(), 9u);
  expect(list, {{{Kind::mobile, "+8613900000000", ""}, kHere, ListedBy::number},
                {{Kind::mobile, "+8613900000001", ""}, kHere, ListedBy::nothing},
                {{Kind::mobile, "+861390000000", ""}, kHere, ListedBy::nothing},
                {{Kind::mobile, "+86139000000000", ""}, kHere, ListedBy::nothing},
                {{Kind::mobile, "+8617000000001", ""}, kHere, ListedBy::number},
                {{Kind::mobile, "+8617000000002", ""}, kHere, ListedBy::prefix},
                {{Kind::landline, "+862161234567", ""}, kHere, ListedBy::number},
                {{Kind::mobile, "+8613800138000", ""}, kHere, ListedBy::prefix},
                {{Kind::mobile, "+8613800139000", ""}, kHere, ListedBy::nothing},
                {{Kind::hongkong, "+85223456789", ""}, region::kHongkong, ListedBy::prefix},
                {{Kind::macau, "+85362345678", ""}, region::kMacau, ListedBy::nothing},
                {{Kind::abroad, "+12025550123", ""}, region::kAbroad, ListedBy::number},
                {{Kind::abroad, "+447123456789", ""}, region::kAbroad, ListedBy::prefix},
                {{Kind::unknown, "+86170", ""}, kHere, ListedBy::prefix},
                {{Kind::unknown, "+8617", ""}, kHere, ListedBy::nothing},
                // E.164 ends at 15 digits; the library knows longer ones.
                {{Kind::abroad, "+123456789012345", ""}, kHere, ListedBy::number},
                {{Kind::abroad, "+1234567890123456", ""}, kHere, ListedBy::nothing},
                {{Kind::abroad, "+4471234567890123456", ""}, kHere, ListedBy::prefix},
                // What is no number at all.
                {{Kind::unknown, "", "10086"}, region::kUnknown, ListedBy::nothing},
                {{Kind::unknown, "+", ""}, region::kUnknown, ListedBy::nothing},
                {{Kind::unknown, "8613900000000", ""}, kHere, ListedBy::nothing},
                {{Kind::unknown, "+8613900000000x", ""}, kHere, ListedBy::nothing},
                {{Kind::withheld, "+8613900000000", ""}, region::kWithheld, ListedBy::nothing}});
}

TEST(CallerList, prefixes_of_every_length) {
  const std::string digits = "861390012345678";
  for (std::size_t length = 1; length <= CallerList::kMostDigits; ++length) {
    CallerList list = empty_list();
    list.add_prefix("+" + digits.substr(0, length));
    for (std::size_t caller = 1; caller <= digits.size(); ++caller) {
      const Number number{Kind::unknown, "+" + digits.substr(0, caller), ""};
      EXPECT_EQ(list.match(number, kHere), caller >= length ? ListedBy::prefix : ListedBy::nothing)
          << number.e164 << " by the first " << length;
    }
    std::string other = "+" + digits;
    other[length] = other[length] == '9' ? '0' : '9';
    EXPECT_EQ(list.match({Kind::unknown, other, ""}, kHere), ListedBy::nothing) << other;
  }
}

TEST(CallerList, zeros_in_front_count) {
  CallerList list = empty_list();
  list.add_prefix("+0");
  list.add_number("+001");
  expect(list, {{{Kind::unknown, "+001", ""}, kHere, ListedBy::number},
                {{Kind::unknown, "+01", ""}, kHere, ListedBy::prefix},
                {{Kind::unknown, "+1", ""}, kHere, ListedBy::nothing}});
}

TEST(CallerList, holds_the_withheld_only_where_an_entry_means_them) {
  const Row held[] = {{{Kind::withheld, "", "anonymous"}, region::kWithheld, ListedBy::withheld},
                      {{Kind::unknown, "", "10086"}, region::kUnknown, ListedBy::nothing}};
  CallerList flag = empty_list();
  flag.add_withheld();
  expect(flag, held);
  CallerList kind = empty_list();
  kind.add_kind(Kind::withheld);
  expect(kind, held);
  CallerList region = empty_list();
  region::PlaceSet places;
  places.insert(region::kWithheld);
  region.set_regions(places);
  expect(region, held);
}

TEST(CallerList, holds_regions_and_kinds) {
  CallerList list = empty_list();
  region::PlaceSet places;
  places.insert(kHere);
  places.insert(region::kUnknown);
  list.set_regions(places);
  list.add_kind(Kind::landline);
  list.add_kind(Kind::abroad);
  list.add_number("+8613900000000");
  list.add_prefix("+86170");
  expect(list, {{{Kind::mobile, "+8613800138000", ""}, kHere, ListedBy::region},
                {{Kind::mobile, "+8613800138000", ""}, kThere, ListedBy::nothing},
                {{Kind::mobile, "+8613900000000", ""}, kHere, ListedBy::number},
                {{Kind::mobile, "+8617000000000", ""}, kHere, ListedBy::prefix},
                {{Kind::landline, "+861061234567", ""}, kHere, ListedBy::region},
                {{Kind::landline, "+862161234567", ""}, kThere, ListedBy::kind},
                {{Kind::abroad, "+12025550123", ""}, region::kAbroad, ListedBy::kind},
                {{Kind::hongkong, "+85223456789", ""}, region::kHongkong, ListedBy::nothing},
                {{Kind::unknown, "", "10086"}, region::kUnknown, ListedBy::region},
                {{Kind::withheld, "", ""}, region::kWithheld, ListedBy::nothing}});
}

TEST(CallerList, every_kind_by_its_own_entry) {
  for (std::size_t listed = 0; listed < number::kKindWords.size(); ++listed) {
    CallerList list = empty_list();
    list.add_kind(static_cast<Kind>(listed));
    for (std::size_t asked = 0; asked < number::kKindWords.size(); ++asked) {
      const auto kind = static_cast<Kind>(asked);
      const ListedBy by = kind == Kind::withheld ? ListedBy::withheld : ListedBy::kind;
      EXPECT_EQ(list.match({kind, "", ""}, kHere), listed == asked ? by : ListedBy::nothing)
          << to_string(kind);
    }
  }
}

TEST(CallerList, entries_that_are_there_already_stay_once) {
  CallerList list = empty_list();
  for (int i = 0; i < 3; ++i) {
    list.add_number("+86170");
    list.add_prefix("+86170");
    list.add_prefix("+86170");
  }
  EXPECT_EQ(list.entries(), 2u);
  expect(list, {{{Kind::unknown, "+86170", ""}, kHere, ListedBy::number},
                {{Kind::unknown, "+861700", ""}, kHere, ListedBy::prefix}});
}

// What a list says, thought out as simply as can be.
struct Naive {
  std::set<std::string> numbers;
  std::set<std::string> prefixes;

  ListedBy match(const std::string& e164) const {
    if (numbers.count(e164) > 0) return ListedBy::number;
    for (std::size_t length = 2; length <= e164.size(); ++length) {
      if (prefixes.count(e164.substr(0, length)) > 0) return ListedBy::prefix;
    }
    return ListedBy::nothing;
  }
};

class RandomList {
 public:
  explicit RandomList(unsigned seed) : random_(seed), digits_(2 + random_() % 9) {
    const std::size_t entries = std::array<std::size_t, 4>{3, 40, 1'000, 20'000}[seed % 4];
    for (std::size_t i = 0; i < entries; ++i) {
      const std::string entry = number();
      if (random_() % 3 == 0) {
        list.add_prefix(entry);
        naive.prefixes.insert(entry);
      } else {
        list.add_number(entry);
        naive.numbers.insert(entry);
      }
      kept_.push_back(entry);
    }
  }

  // Of few different digits, so that many are the beginnings of others.
  std::string number() {
    std::string text = "+" + std::string(1 + random_() % 15, '0');
    for (std::size_t i = 1; i < text.size(); ++i) {
      text[i] = static_cast<char>('0' + random_() % digits_);
    }
    return text;
  }

  // Anything, or an entry with an end of its own.
  std::string caller() {
    if (random_() % 2 == 0) return number();
    std::string text = kept_[random_() % kept_.size()];
    if (random_() % 2 == 0) return text;
    text += number().substr(1);
    return text.substr(0, 16);
  }

  CallerList list{"random", Source{"hotline.toml", 7}};
  Naive naive;

 private:
  std::mt19937 random_;
  std::size_t digits_;
  std::vector<std::string> kept_;
};

TEST(CallerList, says_what_a_naive_list_says) {
  std::array<int, 3> said{};
  for (unsigned seed = 0; seed < 40; ++seed) {
    RandomList one(seed);
    ASSERT_EQ(one.list.entries(), one.naive.numbers.size() + one.naive.prefixes.size());
    for (int i = 0; i < 5'000; ++i) {
      const std::string caller = one.caller();
      const ListedBy by = one.list.match({Kind::mobile, caller, ""}, kHere);
      ASSERT_EQ(by, one.naive.match(caller)) << caller << ", seed " << seed;
      ++said.at(static_cast<std::size_t>(by));
    }
  }
  for (const int times : said) EXPECT_GT(times, 1'000) << "the lists were no test";
}

}  // namespace
}  // namespace hotline::routing
