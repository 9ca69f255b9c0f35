#include "hotline/routing/directory.h"

#include <gtest/gtest.h>

#include "hotline/routing/hotline.h"

namespace hotline::routing {
namespace {

std::shared_ptr<const Hotline> hotline(const std::string& number) {
  auto made = std::make_shared<Hotline>();
  made->number = number;
  return made;
}

std::string nth(int n) { return "400" + std::to_string(1'000'000 + n); }

TEST(Directory, finds_each_of_many_neighbours_and_nobody_else) {
  Directory directory;
  for (int n = 0; n < 5000; ++n) directory.add(nth(n), hotline(nth(n)));
  EXPECT_EQ(directory.size(), 5000u);
  for (int n = 0; n < 5000; ++n) ASSERT_EQ(directory.find(nth(n))->number, nth(n));
  for (int n = 5000; n < 9000; ++n) ASSERT_EQ(directory.find(nth(n)), nullptr);
}

TEST(Directory, knows_the_first_and_the_last_number) {
  Directory directory;
  EXPECT_EQ(directory.find("4000000000"), nullptr);
  directory.add("4000000000", hotline("4000000000"));
  directory.add("4009999999", hotline("4009999999"));
  EXPECT_EQ(directory.find("4000000000")->number, "4000000000");
  EXPECT_EQ(directory.find("4009999999")->number, "4009999999");
}

TEST(Directory, is_not_misled_by_what_is_no_number_of_ours) {
  Directory directory;
  directory.add("4001234567", hotline("4001234567"));
  for (const char* other : {"", "400", "1234567", "8001234567", "400123456", "40012345678",
                            "+864001234567", "400123456a", "400 234567"}) {
    EXPECT_EQ(directory.find(other), nullptr) << other;
  }
}

TEST(Directory, keeps_the_first_hotline_of_a_number) {
  Directory directory;
  const auto first = hotline("4001234567");
  EXPECT_EQ(directory.add("4001234567", first), first);
  EXPECT_EQ(directory.add("4001234567", hotline("4001234567")), first);
  EXPECT_EQ(directory.size(), 1u);
}

TEST(Directory, is_gone_through_in_the_order_of_adding) {
  Directory directory;
  for (const char* number : {"4009000000", "4001000000", "4005000000"}) {
    directory.add(number, hotline(number));
  }
  std::vector<std::string> numbers;
  for (const auto& [number, one] : directory) numbers.push_back(number);
  EXPECT_EQ(numbers, (std::vector<std::string>{"4009000000", "4001000000", "4005000000"}));
}

}  // namespace
}  // namespace hotline::routing
