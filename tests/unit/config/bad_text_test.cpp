// Files that are no TOML, or not the right sections of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAre;

struct Row {
  std::string text;
  std::string problem;
};

TEST(BadText, is_reported_where_it_stands) {
  const std::string dots = "a.a.a.a.a.a.a.a.a.a";
  const Row rows[] = {
      {"[server]\nx = \n",
       "hotline.toml:2:5: Error while parsing key-value pair: expected value, saw '\\n'"},
      {"[server]\ndrain_s = 1\ndrain_s = 2\n",
       "hotline.toml:3:11: Error while parsing key-value pair: cannot redefine existing integer "
       "'drain_s'"},
      {"[server]\nx = \"\xff\"\n", "hotline.toml:2:5: Encountered invalid utf-8 sequence"},
      {"[server]\n" + dots + " = 1\n", "hotline.toml:2: a key of more than 8 dots"},
      {"[" + dots + "]\n", "hotline.toml:1: a key of more than 8 dots"},
      {"x = \"\"\"\n\"\"\"\"\n[server]\ny = { " + dots + " = 1 }\n",
       "hotline.toml:4: a key of more than 8 dots"},
      {"x = \"'\" # '\ny = '\"'\n" + dots + " = 1\n", "hotline.toml:3: a key of more than 8 dots"},
      // What a build of toml++ with asserts would die of.
      {"[`server]\n",
       "hotline.toml:1:2: Error while parsing key: expected bare key starting character or string "
       "delimiter, saw '`'"},
      {"[server]\nx = \x1f\n",
       "hotline.toml:2:5: Error while parsing value: unexpected control character"},
      {"[server] é\n",
       "hotline.toml:1:10: Error while parsing table header: expected a comment or whitespace, saw "
       "'é'"},
      {"", "hotline.toml: there is no [server]"},
      {"server = 1\n", "hotline.toml:1:10: this is written [server]"},
  };
  for (const Row& row : rows) {
    const auto problems = problems_of({{kPlatformFile, row.text}, {kHotlineFile, kHotline}});
    ASSERT_FALSE(problems.empty()) << row.text;
    EXPECT_THAT(problems, testing::Contains(row.problem)) << row.text;
  }
}

TEST(BadText, dots_in_strings_and_comments_are_no_keys) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "# a.b.c.d.e.f.g.h.i.j.k.l.m\n[log]\nfile = '/a.b.c.d.e.f.g.h.i.j.k.l.m'\n"
      "level = \"info\" # \"\n";
  EXPECT_THAT(problems_of(texts), ElementsAre());
}

TEST(BadText, what_toml_would_nest_for_ever_is_refused) {
  std::string dots;
  for (int i = 0; i < 1'000'000; ++i) dots += "a.";
  EXPECT_THAT(problems_of({{kPlatformFile, "[server]\n" + dots + "a = 1\n"}}),
              testing::Contains("hotline.toml:2: a key of more than 8 dots"));
  std::string brackets(1'000'000, '[');
  EXPECT_FALSE(problems_of({{kPlatformFile, "x = " + brackets}}).empty());
}

TEST(BadText, a_bad_file_hides_no_problem_of_another) {
  const auto problems = problems_of({
      {kPlatformFile, "[server\n"},
      {"hotlines/a.toml", kHotline + "[[group]]\n"},
      {"hotlines/b.toml", "x"},
      {"hotlines/c.toml", kHotline},
  });
  EXPECT_THAT(
      problems,
      ElementsAre(
          "hotline.toml:1:8: Error while parsing table header: expected ']', saw '\\n'",
          "hotlines/a.toml:14:1: [[group]] has no name",
          "hotlines/a.toml:14:1: [[group]] has no phones",
          "hotlines/b.toml:1:2: Error while parsing key-value pair: encountered end-of-file",
          "hotlines/c.toml:2: hotline 4001234567 is already in hotlines/a.toml:2"));
}

TEST(BadText, sections_have_their_file_and_their_form) {
  EXPECT_THAT(problems_of({{kPlatformFile, kPlatform + "[camera]\n[[phone]]\n[screenin]\n[when]\n"},
                           {kHotlineFile, kHotline + "[server]\nphone.x = 1\n"}}),
              ElementsAre("hotline.toml:12:2: unknown section \"camera\"",
                          "hotline.toml:13:3: [[phone]] belongs in a file of hotlines/",
                          "hotline.toml:14:2: unknown section \"screenin\"; did you mean "
                          "\"screening\"?",
                          "hotline.toml:15:2: unknown section \"when\"",
                          "hotlines/a.toml:14:2: [server] belongs in hotline.toml"));
  EXPECT_THAT(
      problems_of({{kPlatformFile, "trunk = {}\npackage = 1\n[[server]]\n[schedule]\nx=1\n[log]\n"},
                   {kHotlineFile, "phone = [1]\nhotline = {}\notherwise = []\n"}}),
      ElementsAre("hotline.toml:1:9: this is written [[trunk]]",
                  "hotline.toml:2:11: this is written [package.NAME]",
                  "hotline.toml:3:1: this is written [server]",
                  "hotline.toml:5:3: this is written [schedule.NAME]",
                  "hotlines/a.toml:1:10: this is written [[phone]]",
                  "hotlines/a.toml:2:11: [hotline] has no account",
                  "hotlines/a.toml:2:11: [hotline] has no number",
                  "hotlines/a.toml:2:11: [hotline] has no package",
                  "hotlines/a.toml:3:13: this is written [otherwise]"));
}

TEST(BadText, too_many_problems_are_counted) {
  std::string text = "[server]\n";
  for (int i = 0; i < 250; ++i) text += "key" + std::to_string(i) + " = 1\n";
  const auto problems = problems_of({{kPlatformFile, text}, {kHotlineFile, kHotline}});
  EXPECT_EQ(std::count_if(problems.begin(), problems.end(),
                          [](const auto& p) { return p.find("unknown key") != p.npos; }),
            100);
  EXPECT_THAT(problems, testing::Contains("hotline.toml: 150 more errors"));
}

TEST(printable, is_one_line_of_whole_characters) {
  EXPECT_EQ(printable("a\nb\x7f\x1b[0m"), "a\\x0ab\\x7f\\x1b[0m");
  EXPECT_EQ(printable("上海市", 6), "上海…");
  EXPECT_EQ(printable("上海市", 5), "上…");
  EXPECT_EQ(printable("上海市", 9), "上海市");
  EXPECT_EQ(printable("\x80\x80\x80", 2), "…");
}

}  // namespace
}  // namespace hotline::config
