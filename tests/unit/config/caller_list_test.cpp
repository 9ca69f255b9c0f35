// The files of caller lists: long ones, bad ones, and what is left of those with skip_bad.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/good.h"
#include "support/temp_dir.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using support::TempDir;

using routing::CallerList;
using routing::ListedBy;
using testing::ElementsAre;
using testing::ElementsAreArray;

constexpr const char* kFile = "lists/a.txt";

// One list, `a`, is that file; the platform refuses whom it holds.
Texts with_list(const std::string& file) {
  Texts texts = good_texts();
  texts[kPlatformFile] += "[caller_list.a]\nfiles = [\"lists/a.txt\"]\n";
  texts[kPlatformFile] += "[screening]\nblacklists = [\"a\"]\n";
  texts[kFile] = file;
  return texts;
}

Context skipping() {
  Context made = context();
  made.skip_bad = true;
  return made;
}

ListedBy listed(const CallerList& list, const std::string& e164) {
  return list.match({number::Kind::mobile, e164, ""}, region::kUnknown);
}

std::string mobile(int number) { return "+86" + std::to_string(13'000'000'000 + number); }

std::string mobiles(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += mobile(i * 7) + "\n";
  return text;
}

TEST(ListFile, may_have_a_million_entries_and_duplicates) {
  const auto loaded =
      load(MemoryFiles(with_list(mobiles(999'999) + "+86170*\n+86170*\n" + mobiles(3))), context());
  ASSERT_TRUE(loaded) << loaded.error().at(0).to_string();
  const CallerList& list = *loaded->snapshot->screening.blacklists.at(0);
  EXPECT_EQ(list.entries(), CallerList::kMostEntries);
  for (const int i : {0, 1, 500'000, 999'998}) {
    EXPECT_EQ(listed(list, mobile(i * 7)), ListedBy::number) << i;
    EXPECT_EQ(listed(list, mobile(i * 7 + 1)), ListedBy::nothing) << i;
  }
  EXPECT_EQ(listed(list, "+8617000000000"), ListedBy::prefix);
}

TEST(ListFile, with_more_than_a_million_is_refused_and_read_to_its_end) {
  EXPECT_THAT(problems_of(with_list(mobiles(1'000'000) + "+86170*\n+86171*\nnobody\n")),
              ElementsAre("hotline.toml:12:14: [caller_list.a] holds more than 1,000,000 numbers "
                          "and prefixes",
                          "lists/a.txt:1000003:1: \"nobody\" is no phone number"));
}

// 1,234 bad lines, each behind a good one.
std::string with_bad_lines() {
  std::string text = "# ours\n\n";
  for (int i = 0; i < 1'234; ++i) text += mobile(i) + "\n" + (i % 2 == 0 ? "x\n" : "8617*\n");
  return text;
}

std::vector<std::string> first_twenty(const std::string& severity, const std::string& end) {
  std::vector<std::string> wanted;
  for (int i = 0; i < 20; ++i) {
    wanted.push_back("lists/a.txt:" + std::to_string(4 + 2 * i) + ":1: " + severity +
                     (i % 2 == 0 ? "\"x\" is no phone number"
                                 : "\"8617\" is no prefix; wanted is \"+86170\", 1 to 15 digits") +
                     end);
  }
  wanted.push_back("lists/a.txt: " + severity + "1,234 bad lines in all" + end);
  return wanted;
}

TEST(ListFile, of_many_bad_lines_tells_the_first_twenty_and_how_many) {
  EXPECT_FALSE(load(MemoryFiles(with_list(with_bad_lines())), context()));
  EXPECT_THAT(problems_of(with_list(with_bad_lines())), ElementsAreArray(first_twenty("", "")));
}

TEST(ListFile, of_twenty_bad_lines_tells_all) {
  std::string bad;
  for (int i = 0; i < 20; ++i) bad += "x\n";
  EXPECT_EQ(problems_of(with_list(bad)).size(), 20u);
  EXPECT_EQ(problems_of(with_list(bad + "x")).back(), "lists/a.txt: 21 bad lines in all");
}

TEST(ListFile, that_two_lists_name_is_told_once) {
  Texts texts = with_list("x\n");
  texts[kPlatformFile] += "[caller_list.b]\nfiles = [\"lists/a.txt\", \"lists/a.txt\"]\n";
  EXPECT_THAT(problems_of(texts), ElementsAre("lists/a.txt:1:1: \"x\" is no phone number"));
}

TEST(SkipBad, leaves_bad_lines_out_and_warns) {
  const auto loaded = load(MemoryFiles(with_list(with_bad_lines())), skipping());
  ASSERT_TRUE(loaded);
  EXPECT_THAT(problems_of(MemoryFiles(with_list(with_bad_lines())), skipping()),
              ElementsAreArray(first_twenty("warning: ", "; left out")));
  const CallerList& list = *loaded->snapshot->screening.blacklists.at(0);
  EXPECT_EQ(list.entries(), 1'234u);
  EXPECT_EQ(listed(list, mobile(1'233)), ListedBy::number);
  EXPECT_EQ(listed(list, "+8617000000000"), ListedBy::nothing);
}

TEST(SkipBad, fills_every_list_that_names_the_file) {
  Texts texts = with_list("x\n+86170*\n");
  texts[kPlatformFile] += "whitelists = [\"b\"]\n[caller_list.b]\nfiles = [\"lists/a.txt\"]\n";
  const auto loaded = load(MemoryFiles(texts), skipping());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->warnings.size(), 1u);
  EXPECT_EQ(loaded->snapshot->screening.blacklists.at(0)->entries(), 1u);
  EXPECT_EQ(loaded->snapshot->screening.whitelists.at(0)->entries(), 1u);
}

TEST(SkipBad, excuses_nothing_but_lines_of_lists) {
  Texts texts = with_list("x\n");
  texts[kPlatformFile] +=
      "[caller_list.b]\nnumbers = [\"x\"]\nprefixes = [\"8617\"]\nfiles = [\"none.txt\"]\n";
  EXPECT_THAT(
      problems_of(MemoryFiles(texts), skipping()),
      ElementsAre("hotline.toml:17:12: \"x\" is no phone number",
                  "hotline.toml:18:13: \"8617\" is no prefix; wanted is \"+86170\", 1 to 15 digits",
                  "hotline.toml:19:10: files: \"none.txt\" cannot be opened: No such file or "
                  "directory",
                  "lists/a.txt:1:1: warning: \"x\" is no phone number; left out"));
}

// A server that starts reads strictly, and config.good where that fails.
TEST(SkipBad, keeps_a_configuration_that_loads_strictly) {
  const Texts texts = with_list("\xef\xbb\xbf# ours\r\n+86170* # virtual\nx\n8617*\n13900000000");
  EXPECT_FALSE(load(MemoryFiles(texts), context()));
  auto loaded = load(MemoryFiles(texts), skipping());
  ASSERT_TRUE(loaded);
  const TempDir state;
  ASSERT_TRUE(save_good(loaded->files, state.path()));
  const auto good = load(good_directory(state.path()), context());
  ASSERT_TRUE(good) << good.error().at(0).to_string();
  EXPECT_TRUE(good->warnings.empty());
  const CallerList& list = *good->snapshot->screening.blacklists.at(0);
  EXPECT_EQ(list.entries(), 2u);
  EXPECT_EQ(listed(list, "+8617000000000"), ListedBy::prefix);
  EXPECT_EQ(listed(list, "+8613900000000"), ListedBy::number);
  const auto kept = DiskFiles(good_directory(state.path())).read(kFile, kMostList);
  EXPECT_EQ(kept.value(), "# ours\n+86170* # virtual\n13900000000\n");
}

TEST(SkipBad, keeps_files_without_bad_lines_as_they_are) {
  const std::string file = "+86170*\r\n";
  const auto loaded = load(MemoryFiles(with_list(file)), skipping());
  ASSERT_TRUE(loaded);
  for (const KeptFile& kept : loaded->files) {
    if (kept.name != kFile) continue;
    EXPECT_EQ(kept.text, file);
  }
}

}  // namespace
}  // namespace hotline::config
