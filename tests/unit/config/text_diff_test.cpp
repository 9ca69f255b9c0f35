// unified_diff: by table, and by putting the hunks of random texts together again.
#include "config/text_diff.h"

#include <random>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

namespace hotline::config {
namespace {

std::string diff(std::string_view before, std::string_view after) {
  return unified_diff(before, after, "a", "b");
}

std::string numbers(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i) text += std::to_string(i) + "\n";
  return text;
}

TEST(UnifiedDiff, is_what_diff_prints) {
  struct Row {
    std::string before;
    std::string after;
    const char* hunks;
  };
  const Row rows[] = {
      {"", "a\n", "@@ -0,0 +1,1 @@\n+a\n"},
      {"a\n", "", "@@ -1,1 +0,0 @@\n-a\n"},
      {"a\n", "b\n", "@@ -1,1 +1,1 @@\n-a\n+b\n"},
      {"a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"},
      {numbers(1, 9), numbers(1, 4) + "x\n" + numbers(6, 9),
       "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
      {numbers(1, 20), numbers(2, 20) + "x\n",
       "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -18,3 +17,4 @@\n 18\n 19\n 20\n+x\n"},
      // Six lines between two differences are shown, seven are not.
      {numbers(1, 8), "x\n" + numbers(2, 7) + "y\n",
       "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n"},
      {numbers(1, 9), "x\n" + numbers(2, 8) + "y\n",
       "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n"},
      {"a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n",
       "@@ -1,7 +1,6 @@\n-a\n-b\n c\n+b\n a\n b\n-b\n a\n+c\n"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(diff(row.before, row.after), "--- a\n+++ b\n" + std::string(row.hunks));
  }
  EXPECT_EQ(diff("a\n", "a\n"), "");
  EXPECT_EQ(diff("", ""), "");
}

TEST(UnifiedDiff, of_texts_that_differ_too_much_gives_their_size) {
  const std::string said =
      "--- a\n+++ b\nmore than 1000 lines differ; of 1001 lines before and 1000 after\n";
  EXPECT_EQ(diff(numbers(1, 1001), numbers(5001, 6000)), said);
  EXPECT_NE(diff(numbers(1, 500), numbers(5001, 5500)), said);
}

TEST(UnifiedDiff, of_a_long_list_with_one_new_line) {
  const std::string list = numbers(1, 200'000);
  EXPECT_EQ(diff(list, numbers(1, 100'000) + "x\n" + numbers(100'001, 200'000)),
            "--- a\n+++ b\n@@ -99998,6 +99998,7 @@\n 99998\n 99999\n 100000\n+x\n 100001\n"
            " 100002\n 100003\n");
}

// `before` with the hunks applied; the lines that are not in a hunk are copied.
std::string patched(const std::string& before, const std::string& patch) {
  std::vector<std::string> lines;
  std::istringstream in(before);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::string out;
  std::size_t at = 0;
  std::istringstream hunks(patch);
  for (std::string line; std::getline(hunks, line);) {
    if (line.starts_with("@@ -")) {
      const auto first = std::stoul(line.substr(4));
      const bool is_empty = line.substr(line.find(',') + 1).starts_with("0 ");
      while (at < (is_empty ? first : first - 1)) out += lines[at++] + "\n";
    } else if (line.starts_with("+++") || line.starts_with("---")) {
      continue;
    } else if (line[0] == '+') {
      out += line.substr(1) + "\n";
    } else {
      EXPECT_EQ(line.substr(1), lines.at(at));
      if (line[0] == ' ') out += lines[at] + "\n";
      ++at;
    }
  }
  while (at < lines.size()) out += lines[at++] + "\n";
  return out;
}

TEST(UnifiedDiff, applied_to_one_text_gives_the_other) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto any = [&random] {
      std::string text;
      for (auto lines = random() % 40; lines > 0; --lines) {
        text += std::string(1, static_cast<char>('a' + random() % 5)) + "\n";
      }
      return text;
    };
    const std::string before = any();
    const std::string after = any();
    EXPECT_EQ(patched(before, diff(before, after)), after) << "seed " << seed;
  }
}

}  // namespace
}  // namespace hotline::config
