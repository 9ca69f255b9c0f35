// What a reload says has changed.
#include "config/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

FileTexts views(const Texts& texts) { return {texts.begin(), texts.end()}; }

std::vector<Change> changes_of(const Texts& before, const Texts& after) {
  return changes(views(before), views(after));
}

// The good configuration with one text in the place of another.
Texts with(const char* file, const std::string& old, const std::string& text) {
  Texts texts = good_texts();
  std::string& in = texts.at(file);
  const auto at = in.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  if (at != std::string::npos) in.replace(at, old.size(), text);
  return texts;
}

struct Row {
  const char* file;
  const char* old;
  const char* text;
  const char* words;
};

TEST(Changes, of_one_thing_in_words) {
  const char* const platform = kPlatformFile;
  const Row rows[] = {
      // nothing that counts
      {platform, "[server]", "# a comment\n[server]", "nothing changed"},
      {platform, "weekly = { mon-fri = [\"09:00-18:00\"] }",
       "[schedule.office.weekly]\nmon-fri = ['09:00-18:00']", "nothing changed"},
      {kHotlineFile, "account = \"acme\"\npackage = \"standard\"",
       "package = \"standard\"\naccount = \"acme\"", "nothing changed"},
      // the platform
      {platform, "[server]", "[server]\nmax_calls = 5\ndrain_s = 1",
       "[server] changed (drain_s, max_calls)"},
      {platform, "[server]", "[log]\nlevel = \"debug\"\n[server]", "[log] added"},
      {platform, "\"127.0.0.2\"", "\"127.0.0.9\"",
       "1 trunk changed: trunk unicom changed (sources)"},
      {platform, "0.300", "0.360", "1 package changed: package standard changed (price_per_min)"},
      {platform, "[schedule.office]", "[schedule.shop]",
       "1 schedule removed, 1 schedule added: schedule office removed, schedule shop added"},
      {platform, "[caller_list.nuisance]\nnumbers = [\"+8613900000000\"]\n", "",
       "1 caller list removed: caller list nuisance removed"},
      // a hotline
      {kHotlineFile, "account = \"acme\"", "account = \"beta\"",
       "1 hotline changed: hotline 4001234567 changed (account)"},
      {kHotlineFile, "4001234567", "4001234568",
       "1 hotline removed, 1 hotline added: hotline 4001234567 removed, hotline 4001234568 added"},
      {kHotlineFile, "[[group]]", "[[phone]]\nname = \"li\"\n[[group]]",
       "1 hotline changed, 1 phone added: phone li of 4001234567 added"},
      {kHotlineFile, "trunk = \"unicom\"", "trunk = \"unicom\"\nlines = 2\nring_s = 5",
       "1 hotline changed, 1 phone changed: phone desk of 4001234567 changed (lines, ring_s)"},
      {kHotlineFile, "to = \"group:sales\"", "to = \"refuse:closed\"",
       "1 hotline changed: [otherwise] of 4001234567 changed (to)"},
      // texts with errors
      {kHotlineFile, "[hotline]", "[hotline", "1 file changed: file hotlines/a.toml changed"},
      {kHotlineFile, "number = \"4001234567\"", "number = 4001234567",
       "1 hotline removed, 1 hotline added: hotline 4001234567 removed, hotline hotlines/a.toml "
       "added"},
  };
  for (const Row& row : rows) {
    const auto found = changes_of(good_texts(), with(row.file, row.old, row.text));
    EXPECT_EQ(in_words(found), row.words) << row.text;
  }
}

TEST(Changes, say_where_and_which_keys) {
  EXPECT_THAT(
      changes_of(good_texts(), with(kHotlineFile, "02161234567", "02161234568")),
      ElementsAre(
          Change{What::changed, "hotline", "4001234567", "", "hotlines/a.toml", {}},
          Change{What::changed, "phone", "desk", "4001234567", "hotlines/a.toml", {"number"}}));
}

TEST(Changes, the_order_of_routes_is_one) {
  const std::string a =
      "[[route]]\nname = \"a\"\nwhen = { region = \"上海\" }\nto = \"group:sales\"\n";
  const std::string b =
      "[[route]]\nname = \"b\"\nwhen = { region = \"江苏\" }\nto = \"group:sales\"\n";
  Texts before = good_texts();
  Texts after = good_texts();
  before[kHotlineFile] += a + b;
  after[kHotlineFile] += b + a;
  EXPECT_EQ(in_words(changes_of(before, after)),
            "1 hotline changed: order of routes of 4001234567 changed");
  // One that is new in front of the others moves none of them.
  after[kHotlineFile] = before.at(kHotlineFile);
  before[kHotlineFile] = kHotline + b;
  EXPECT_EQ(in_words(changes_of(before, after)),
            "1 hotline changed, 1 route added: route a of 4001234567 added");
}

TEST(Changes, a_hotline_is_known_by_its_number_and_not_by_its_file) {
  Texts after = good_texts();
  after["hotlines/b.toml"] = after.at(kHotlineFile);
  after.erase(kHotlineFile);
  EXPECT_THAT(
      changes_of(good_texts(), after),
      ElementsAre(Change{What::changed, "hotline", "4001234567", "", "hotlines/b.toml", {"file"}}));
}

TEST(Changes, other_files_are_compared_by_their_content) {
  Texts before = good_texts();
  before["lists/a.txt"] = "1\n";
  before["lists/b.txt"] = "1\n";
  Texts after = good_texts();
  after["lists/b.txt"] = "2\n";
  after["cn.csv"] = "date,kind,name\n";
  EXPECT_EQ(in_words(changes_of(before, after)),
            "1 file removed, 1 file changed, 1 file added: file lists/a.txt removed, file "
            "lists/b.txt changed, file cn.csv added");
  EXPECT_THAT(changes_of(before, before), IsEmpty());
}

TEST(Changes, two_things_of_one_name_do_not_hide_each_other) {
  Texts before = good_texts();
  before[kHotlineFile] += "[[phone]]\nname = \"desk\"\n";
  EXPECT_EQ(in_words(changes_of(before, good_texts())),
            "1 hotline changed, 1 phone removed: phone desk' of 4001234567 removed");
}

TEST(Changes, the_words_name_ten_and_count_the_rest) {
  std::vector<Change> many;
  for (int i = 0; i < 12; ++i) {
    many.push_back({What::changed, "hotline", "40000000" + std::to_string(10 + i), "", "", {}});
    many.push_back(
        {What::changed, "[otherwise]", "", "40000000" + std::to_string(10 + i), "", {"to"}});
  }
  const std::string words = in_words(many);
  EXPECT_TRUE(words.starts_with("12 hotlines changed: [otherwise] of 4000000010 changed (to), "))
      << words;
  EXPECT_TRUE(words.ends_with("[otherwise] of 4000000019 changed (to) and 2 more")) << words;
  const std::vector<Change> both = {{What::changed, "[server]", "", "", "", {"listen"}},
                                    {What::added, "trunk", "b", "", "", {}}};
  EXPECT_EQ(in_words(both), "1 trunk added: [server] changed (listen), trunk b added");
  EXPECT_EQ(in_words({}), "nothing changed");
  EXPECT_EQ(in_words({}, 1), "nothing changed but the layout or comments of 1 file");
  EXPECT_EQ(in_words({}, 2), "nothing changed but the layout or comments of 2 files");
  EXPECT_EQ(in_words({{What::added, "phone", "a\nb", "", "", {}}}),
            "1 phone added: phone a\\x0ab added");
}

TEST(KeysForRestart, are_those_that_differ_from_what_the_server_began_with) {
  struct RestartRow {
    const char* started;
    const char* now;
    std::vector<std::string> keys;
  };
  const RestartRow rows[] = {
      {"[server]\n", "[server]\n", {}},
      {"[server]\n", "[server]\nlisten = [\"udp:127.0.0.1:5060\"]\ndrain_s = 30\n", {}},
      {"[server]\n", "[server]\n[log]\njson = false\nlevel = \"info\"\n", {}},
      {"[server]\n", "[server]\nlisten = [\"udp:127.0.0.1:5061\"]\n", {"[server] listen"}},
      {"[server]\ndrain_s = 5\n", "[server]\n", {"[server] drain_s"}},
      {"[server]\n",
       "[server]\nadvertise = { \"udp:127.0.0.1:5060\" = \"192.0.2.1\" }\n",
       {"[server] advertise"}},
      {"[server]\n[log]\nlevel = \"debug\"\n",
       "[log]\nfile = \"/x\"\n[server]\nmax_calls = 1\n",
       {"[server] max_calls", "[log] level", "[log] file"}},
      {"[server]\n", "[server]\n[screening]\nblacklists = [\"a\"]\n", {}},
      {"[server", "[server]\n", {}},
  };
  for (const RestartRow& row : rows) {
    EXPECT_THAT(keys_for_restart(row.started, row.now), ElementsAreArray(row.keys)) << row.now;
  }
}

}  // namespace
}  // namespace hotline::config
