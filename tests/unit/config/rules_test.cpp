// The rules of routing as configuration writes them, and what can be wrong with each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hotline/routing/decision.h"

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using routing::Group;
using routing::RingStrategy;
using testing::ElementsAre;
using testing::ElementsAreArray;

const std::string kTwoPhones = R"([hotline]
number = "4001234567"
account = "acme"
package = "standard"
[[phone]]
name = "desk"
number = "02161234567"
trunk = "unicom"
[[phone]]
name = "li"
uri = "sip:li@127.0.0.9"
)";  // ends with line 11

Texts with(const std::string& rules, const std::string& platform = "") {
  return {{kPlatformFile, kPlatform + platform}, {kHotlineFile, kTwoPhones + rules}};
}

std::shared_ptr<const routing::Snapshot> snapshot_of(Texts texts) {
  const auto loaded = load(MemoryFiles(std::move(texts)), context());
  if (!loaded) throw std::runtime_error(loaded.error().front().to_string());
  return loaded->snapshot;
}

constexpr const char* kSales =
    "[[group]]\nname = \"sales\"\nphones = [\"desk\", \"li\"]\n[otherwise]\nto = \"group:sales\"\n";

struct Row {
  const char* rules;
  std::vector<std::string> problems;
};

TEST(Rules, ring_strategies_and_what_they_need) {
  const auto group_with = [](const std::string& more) {
    const auto snapshot =
        snapshot_of(with("[[group]]\nname = \"sales\"\nphones = [\"desk\", \"li\"]\n" + more +
                         "[otherwise]\nto = \"group:sales\"\n"));
    const auto& group = *snapshot->find("4001234567")->groups.at(0);
    return std::tuple(group.ring, group.after_s, group.turns, group.phones[0].phone->keeps_history);
  };
  using Shorts = std::vector<std::uint16_t>;
  using Turns = std::vector<std::uint8_t>;
  EXPECT_EQ(group_with(""), std::tuple(RingStrategy::sequence, Shorts(), Turns(), false));
  EXPECT_EQ(group_with("ring = \"staged\"\nafter_s = [0, 15]\n"),
            std::tuple(RingStrategy::staged, Shorts({0, 15}), Turns(), false));
  EXPECT_EQ(group_with("ring = \"weighted\"\nweights = [2, 1]\n"),
            std::tuple(RingStrategy::weighted, Shorts(), Turns({0, 1, 0}), false));
  EXPECT_EQ(group_with("ring = \"round_robin\"\n"),
            std::tuple(RingStrategy::round_robin, Shorts(), Turns(), false));
  EXPECT_EQ(group_with("ring = \"random\"\n"),
            std::tuple(RingStrategy::random, Shorts(), Turns(), false));
  EXPECT_EQ(group_with("ring = \"least_recent\"\n"),
            std::tuple(RingStrategy::least_recent, Shorts(), Turns(), true));
  EXPECT_EQ(group_with("ring = \"fewest_calls\"\n"),
            std::tuple(RingStrategy::fewest_calls, Shorts(), Turns(), true));
  EXPECT_EQ(group_with("ring = \"longest_idle\"\n"),
            std::tuple(RingStrategy::longest_idle, Shorts(), Turns(), true));
}

TEST(Rules, bad_groups) {
  const Row rows[] = {
      {"ring = \"staged\"\n",
       {"hotlines/a.toml:15:8: after_s is missing: a number for each phone"}},
      {"after_s = [0, 5]\n", {"hotlines/a.toml:15:11: after_s: has no effect with this ring"}},
      {"ring = \"staged\"\nafter_s = [0]\n",
       {"hotlines/a.toml:16:11: after_s: 1 values for 2 phones; each needs one"}},
      {"ring = \"staged\"\nafter_s = [9, 0]\n",
       {"hotlines/a.toml:16:11: after_s: a phone begins no earlier than the one before it"}},
      {"ring = \"weighted\"\nweights = [0, 0]\n",
       {"hotlines/a.toml:16:11: weights: all are 0, nobody would get a call"}},
      {"ring = \"weighted\"\nweights = [1, 101]\n",
       {"hotlines/a.toml:16:15: weights: 101 is out of bounds, 0 to 100"}},
      {"on_busy = \"group:sales\"\n",
       {"hotlines/a.toml:12:1: group \"sales\": what happens when nobody takes the call leads back "
        "to it; a call would go round for ever"}},
      {"on_closed = \"hotline:4001234567/sails\"\n",
       {"hotlines/a.toml:15:13: hotline 4001234567 has no group \"sails\"; did you mean "
        "\"sales\"?"}},
      {"on_busy = \"hotline:4009999999/x\"\n",
       {"hotlines/a.toml:15:11: there is no hotline 4009999999"}},
      {"on_busy = \"hotline:123/x\"\n",
       {"hotlines/a.toml:15:11: on_busy: \"hotline:123/x\" names no hotline's group; wanted is "
        "hotline:4001234567/GROUP"}},
      {"on_busy = \"number:unicon/02161234567\"\n",
       {"hotlines/a.toml:15:11: there is no trunk \"unicon\"; did you mean \"unicom\"?"}},
      {"on_busy = \"number:unicom\"\n",
       {"hotlines/a.toml:15:11: on_busy: \"number:unicom\" is no number behind a trunk; wanted is "
        "number:TRUNK/02161234567"}},
  };
  for (const Row& row : rows) {
    const std::string rules = "[[group]]\nname = \"sales\"\nphones = [\"desk\", \"li\"]\n" +
                              std::string(row.rules) + "[otherwise]\nto = \"group:sales\"\n";
    EXPECT_THAT(problems_of(with(rules)), ElementsAreArray(row.problems)) << row.rules;
  }
}

TEST(Rules, an_overflow_that_goes_round_is_told_once_a_group) {
  EXPECT_THAT(
      problems_of(with("[[group]]\nname = \"a\"\nphones = [\"desk\"]\non_busy = \"group:b\"\n"
                       "[[group]]\nname = \"b\"\nphones = [\"li\"]\non_closed = \"group:a\"\n"
                       "[[group]]\nname = \"c\"\nphones = [\"li\"]\non_busy = \"group:a\"\n"
                       "[otherwise]\nto = \"group:c\"\n")),
      ElementsAre(testing::StartsWith("hotlines/a.toml:12:1: group \"a\": what happens"),
                  testing::StartsWith("hotlines/a.toml:16:1: group \"b\": what happens")));
}

TEST(Rules, an_outside_number_is_a_group_of_one_phone) {
  const auto snapshot = snapshot_of(
      with("[[group]]\nname = \"sales\"\nphones = [\"desk\", \"li\"]\n"
           "on_busy = \"number:unicom/01012345\"\non_no_answer = \"number:unicom/01012345\"\n"
           "[otherwise]\nto = \"group:sales\"\n"));
  const Group& sales = *snapshot->find("4001234567")->groups.at(0);
  const Group& outside = *std::get<const Group*>(sales.on_busy);
  EXPECT_EQ(std::get<const Group*>(sales.on_no_answer), &outside);
  ASSERT_EQ(outside.phones.size(), 1u);
  EXPECT_EQ(outside.phones[0].phone->address,
            routing::PhoneAddress(routing::TrunkNumber{"unicom", "01012345"}));
  EXPECT_EQ(outside.name, "number:unicom/01012345");
  EXPECT_EQ(outside.phones[0].phone->key, "4001234567/number:unicom/01012345");
}

TEST(Rules, another_hotlines_group) {
  Texts texts = with(
      "[[group]]\nname = \"sales\"\nphones = [\"desk\", \"li\"]\n"
      "on_busy = \"hotline:4007654321/sales\"\n"
      "[otherwise]\nto = \"hotline:4007654321/spare\"\n"
      "[[route]]\nname = \"r\"\nwhen = { kind = \"mobile\" }\nto = \"group:sales\"\n");
  std::string other = kHotline + "[[group]]\nname = \"spare\"\nphones = [\"desk\"]\n";
  other.replace(other.find("4001234567"), 10, "4007654321");
  texts["hotlines/b.toml"] = other;
  EXPECT_THAT(problems_of(texts), ElementsAre()) << "spare is used, though not in its own file";
  const auto snapshot = snapshot_of(texts);
  const auto& groups = snapshot->find("4007654321")->groups;
  const routing::Hotline& hotline = *snapshot->find("4001234567");
  EXPECT_EQ(std::get<const Group*>(hotline.groups.at(0)->on_busy), groups.at(0).get());
  EXPECT_EQ(std::get<const Group*>(hotline.otherwise.to), groups.at(1).get());
  texts["hotlines/b.toml"].replace(other.find("acme"), 4, "boss");
  EXPECT_THAT(problems_of(texts),
              testing::Contains("hotlines/a.toml:15:11: hotline 4007654321 is of account \"boss\", "
                                "this one of \"acme\": calls stay with one customer"));
}

// Calls of the first hotline get to the second's group in two steps.
TEST(Rules, callers_are_remembered_for_another_hotlines_sticky_group) {
  Texts texts = with("[otherwise]\nto = \"hotline:4007654321/sales\"\n");
  std::string other = kHotline;
  other.replace(other.find("4001234567"), 10, "4007654321");
  other.replace(other.find("phones = [\"desk\"]"), 17,
                "phones = [\"desk\"]\non_busy = \"group:b\"");
  other += "[[group]]\nname = \"b\"\nphones = [\"desk\"]\n";
  texts["hotlines/b.toml"] = other;
  EXPECT_FALSE(snapshot_of(texts)->find("4001234567")->remembers_callers);
  texts["hotlines/b.toml"] += "sticky = true\n";
  EXPECT_TRUE(snapshot_of(texts)->find("4001234567")->remembers_callers);
  EXPECT_TRUE(snapshot_of(texts)->find("4007654321")->remembers_callers);
}

TEST(Rules, conditions) {
  const auto snapshot = snapshot_of(
      with(std::string(
               "[[route]]\nname = \"all\"\nwhen = { kind = [\"mobile\", \"withheld\"], carrier = "
               "[\"联通\", \"unknown\"], date = [\"2026-10-01..2026-10-07\", \"2026-12-31\"], "
               "account = \"low\", repeat_within_h = 48, busy = \"sales\", share = 30 }\n"
               "to = \"group:sales\"\n") +
           kSales));
  const routing::Hotline& hotline = *snapshot->find("4001234567");
  const routing::Condition& when = hotline.routes.at(0).when;
  EXPECT_TRUE(when.kinds.contains(number::Kind::mobile));
  EXPECT_TRUE(when.kinds.contains(number::Kind::withheld));
  EXPECT_FALSE(when.kinds.contains(number::Kind::landline));
  EXPECT_TRUE(when.carriers.contains(region::Carrier::unicom));
  EXPECT_TRUE(when.carriers.contains(region::Carrier::unknown));
  EXPECT_FALSE(when.carriers.contains(region::Carrier::mobile));
  ASSERT_EQ(when.dates.size(), 2u);
  EXPECT_EQ(when.dates[0].last, parse_date("2026-10-07"));
  EXPECT_EQ(when.dates[1].first, when.dates[1].last);
  EXPECT_TRUE(when.account.contains(routing::AccountState::low));
  EXPECT_FALSE(when.account.contains(routing::AccountState::active));
  EXPECT_EQ(when.repeat_within, std::chrono::hours(48));
  EXPECT_EQ(when.busy, std::vector<const Group*>{hotline.groups.at(0).get()});
  EXPECT_EQ(when.share, 30);
  EXPECT_TRUE(hotline.remembers_callers);
}

TEST(Rules, bad_conditions_all_at_once) {
  EXPECT_THAT(
      problems_of(with(std::string("[[route]]\nname = \"r\"\nto = \"group:sales\"\n[route.when]\n"
                                   "kind = \"cell\"\ncarrier = \"vodafone\"\n"
                                   "date = [\"2026-13-01\", \"2026-10-07..2026-10-01\"]\n"
                                   "account = \"poor\"\nrepeat_within_h = 0\n"
                                   "busy = \"sails\"\nshare = 101\n") +
                       kSales)),
      ElementsAre(
          "hotlines/a.toml:16:8: kind: \"cell\" is none of \"mobile\", \"landline\", "
          "\"hongkong\", \"macau\", \"taiwan\", \"abroad\", \"withheld\", \"unknown\"",
          testing::StartsWith("hotlines/a.toml:17:11: carrier: \"vodafone\" is none of"),
          "hotlines/a.toml:18:9: date: \"2026-13-01\" is no date nor range of dates; wanted is "
          "\"2026-10-01..2026-10-07\"",
          testing::StartsWith("hotlines/a.toml:18:23: date: \"2026-10-07..2026-10-01\""),
          testing::StartsWith("hotlines/a.toml:19:11: account: \"poor\" is none of"),
          "hotlines/a.toml:20:19: repeat_within_h: 0 is out of bounds, 1 to 720 hours",
          "hotlines/a.toml:21:8: there is no group \"sails\"; did you mean \"sales\"?",
          "hotlines/a.toml:22:9: share: 101 is out of bounds, 1 to 100 percent"));
}

// A file with errors is dropped; what other files say about it must not fall over that.
TEST(Rules, references_from_and_to_a_hotline_that_is_wrong) {
  Texts texts = with(
      "[[group]]\nname = \"sales\"\nphones = [\"desk\", \"li\"]\n"
      "on_busy = \"hotline:4007654321/sales\"\n"
      "[otherwise]\nto = \"group:sales\"\n");
  std::string other = kHotline;
  other.replace(other.find("\"4001234567\""), 12, "4007654321");
  other.replace(other.find("to = \"group:sales\""), 18, "to = \"hotline:4001234567/sales\"");
  texts["hotlines/b.toml"] = other;
  EXPECT_THAT(problems_of(texts),
              ElementsAre("hotlines/a.toml:15:11: there is no hotline 4007654321",
                          "hotlines/b.toml:2:10: number: a string is wanted, not integer",
                          "hotlines/b.toml:10:8: warning: group \"sales\" is not used"));
}

TEST(Rules, route_sets) {
  const std::string route =
      "[[route]]\nname = \"jump\"\nwhen = { kind = \"mobile\" }\nto = \"routes:night\"\n"
      "[[route]]\nname = \"inside\"\nset = \"night\"\nwhen = { kind = \"mobile\" }\nto = \"";
  const auto snapshot = snapshot_of(with(route + "group:sales\"\n" + kSales));
  const routing::Hotline& hotline = *snapshot->find("4001234567");
  ASSERT_EQ(hotline.routes.size(), 1u);
  const auto& set = *std::get<const routing::RouteSet*>(hotline.routes[0].to);
  EXPECT_EQ(set.name, "night");
  ASSERT_EQ(set.routes.size(), 1u);
  EXPECT_EQ(set.routes[0].name, "inside");

  EXPECT_THAT(problems_of(with(route + "routes:night\"\n" + kSales)),
              ElementsAre("hotlines/a.toml:16:1: route set \"night\" jumps to itself in the end"));
  EXPECT_THAT(problems_of(with(route + "routes:nigth\"\n" + kSales)),
              ElementsAre("hotlines/a.toml:20:6: there is no route set \"nigth\"; did you mean "
                          "\"night\"?"));
  EXPECT_THAT(
      problems_of(with("[[group]]\nname = \"g\"\nphones = [\"desk\", \"li\"]\n"
                       "[[route]]\nname = \"r\"\nset = \"s\"\nwhen = { kind = \"mobile\" }\n"
                       "to = \"group:g\"\n[otherwise]\nto = \"routes:s\"\n")),
      ElementsAre(
          "hotlines/a.toml:15:1: warning: route set \"s\" is not used",
          "hotlines/a.toml:21:6: to: \"routes:s\" is no target here; wanted is "
          "group:NAME, menu:NAME, queue:NAME, voicemail:NAME, phone:NAME, hotline:NUMBER/GROUP, "
          "number:TRUNK/NUMBER or refuse:REASON"));
}

TEST(Rules, several_numbers_share_one_rule_set) {
  std::string text = kHotline;
  text.replace(text.find("account"), 7, "also = [\"4001234568\"]\naccount");
  const Texts texts{{kPlatformFile, kPlatform}, {kHotlineFile, text}};
  const auto snapshot = snapshot_of(texts);
  EXPECT_EQ(snapshot->find("4001234567"), snapshot->find("4001234568"));
  Texts clash = texts;
  clash["hotlines/b.toml"] = kHotline;
  clash["hotlines/b.toml"].replace(kHotline.find("4001234567"), 10, "4001234568");
  EXPECT_THAT(problems_of(clash), ElementsAre("hotlines/b.toml:2: hotline 4001234568 is already in "
                                              "hotlines/a.toml:2"));
  Texts bad = texts;
  auto& also = bad[kHotlineFile];
  also.replace(also.find("[\"4001234568\"]"), 14, "[\"400\", \"4001234567\"]");
  EXPECT_THAT(problems_of(bad),
              ElementsAre("hotlines/a.toml:3:9: also: \"400\" is not 400 and seven digits",
                          "hotlines/a.toml:3:16: also: 4001234567 is named twice"));
}

TEST(Rules, phones_that_rest) {
  std::string text = kHotline;
  text.replace(text.find("[[group]]"), 9,
               "wrap_up_s = 20\npause_after = 3\npause_for_s = 60\n[[group]]");
  const auto snapshot = snapshot_of({{kPlatformFile, kPlatform}, {kHotlineFile, text}});
  const routing::Phone& desk = *snapshot->find("4001234567")->phones.at(0);
  EXPECT_EQ(desk.wrap_up, Seconds(20));
  EXPECT_EQ(desk.pause_after, 3u);
  EXPECT_EQ(desk.pause_for, Seconds(60));
  text.erase(text.find("pause_after = 3\n"), 16);
  EXPECT_THAT(problems_of({{kPlatformFile, kPlatform}, {kHotlineFile, text}}),
              ElementsAre("hotlines/a.toml:10:15: pause_for_s: without pause_after it has no "
                          "effect"));
}

TEST(Rules, screening_guard_and_caps) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "[screening]\nguard = { calls = 5, within_s = 60, block_s = 600 }\n"
      "max_calls_per_caller = 4\n[account.acme]\nblacklists = [\"nuisance\"]\n"
      "month_cap = { calls = 100 }\n[package.rich]\nprice_per_min = \"0.300\"\n"
      "low_balance = \"70.00\"\n";
  texts[kHotlineFile].replace(
      kHotline.find("[[phone]]"), 9,
      "month_cap = { spend = \"12.50\", then = \"group:sales\" }\n[[phone]]");
  texts[kHotlineFile].replace(texts[kHotlineFile].find("standard"), 8, "rich");
  const auto snapshot = snapshot_of(texts);
  ASSERT_TRUE(snapshot->guard);
  EXPECT_EQ(snapshot->guard->calls, 5u);
  EXPECT_EQ(snapshot->guard->within, Seconds(60));
  EXPECT_EQ(snapshot->guard->block, Seconds(600));
  EXPECT_EQ(snapshot->guard->source.to_string(), "hotline.toml:13");
  EXPECT_EQ(snapshot->max_calls_per_caller, 4u);
  const routing::Hotline& hotline = *snapshot->find("4001234567");
  ASSERT_TRUE(hotline.account_rules);
  EXPECT_EQ(hotline.account_rules->screening.blacklists.size(), 1u);
  EXPECT_EQ(hotline.account_rules->month_cap->calls, 100u);
  EXPECT_EQ(hotline.account_rules->month_cap->spend, std::nullopt);
  EXPECT_EQ(hotline.month_cap->spend, Money::from_li(12'500));
  EXPECT_EQ(hotline.month_cap->calls, std::nullopt);
  EXPECT_EQ(std::get<const Group*>(hotline.at_cap), hotline.groups.at(0).get());
  EXPECT_EQ(hotline.package->low_balance, Money::from_li(70'000));
}

TEST(Rules, bad_screening_and_caps) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "[screening]\nguard = { calls = 0, within = 60 }\nmax_calls_per_caller = -1\n"
      "[account.acme]\nwhitelists = [\"vip\"]\nmonth_cap = { then = \"refuse:closed\" }\n";
  texts[kHotlineFile].replace(kHotline.find("[[phone]]"), 9,
                              "month_cap = { spend = 12, then = \"group:sails\" }\n[[phone]]");
  EXPECT_THAT(
      problems_of(texts),
      ElementsAre(
          "hotline.toml:13:19: calls: 0 is out of bounds, 1 to 10000 calls",
          "hotline.toml:13:22: unknown key \"within\" in guard; did you mean \"within_s\"?",
          testing::StartsWith("hotline.toml:14:24: max_calls_per_caller: -1 is out"),
          "hotline.toml:16:15: there is no caller list \"vip\"",
          "hotline.toml:17:13: month_cap caps nothing; wanted is spend, calls or both",
          "hotline.toml:17:15: unknown key \"then\" in month_cap",
          "hotlines/a.toml:5:23: spend: money in a quoted string (\"0.300\") is wanted, not "
          "integer",
          "hotlines/a.toml:5:34: there is no group \"sails\"; did you mean \"sales\"?"));
}

TEST(Rules, routes_behind_one_that_takes_all_they_would) {
  struct Pair {
    const char* first;
    const char* second;
    bool hidden;
  };
  const Pair pairs[] = {
      {"region = \"江苏\"", "region = \"苏州\"", true},
      {"region = \"苏州\"", "region = \"江苏\"", false},
      {"region = \"江苏\"", "region = \"江苏\", schedule = \"office\"", true},
      {"region = \"江苏\", schedule = \"office\"", "region = \"江苏\"", false},
      {"kind = [\"mobile\", \"abroad\"]", "kind = \"abroad\"", true},
      {"kind = \"abroad\"", "region = \"江苏\"", false},
      {"date = \"2026-10-01..2026-10-07\"", "date = \"2026-10-03\"", true},
      {"date = \"2026-10-01\"", "date = [\"2026-10-01\", \"2026-10-02\"]", false},
      {"repeat_within_h = 48", "repeat_within_h = 24", true},
      {"repeat_within_h = 24", "repeat_within_h = 48", false},
      {"share = 50", "share = 50", false},
      {"share = 100", "share = 50", true},
      {"caller_list = \"nuisance\"", "caller_list = \"nuisance\", share = 50", true},
      {"busy = \"sales\"", "busy = \"sales\"", true},
      {"account = [\"low\", \"active\"]", "account = \"low\"", true},
      {"carrier = \"移动\"", "carrier = \"联通\"", false},
  };
  for (const Pair& pair : pairs) {
    const auto problems =
        problems_of(with("[[route]]\nname = \"a\"\nwhen = { " + std::string(pair.first) +
                         " }\nto = \"group:sales\"\n[[route]]\nname = \"b\"\nwhen = { " +
                         pair.second + " }\nto = \"refuse:closed\"\n" + kSales));
    if (pair.hidden) {
      EXPECT_THAT(problems, ElementsAre("hotlines/a.toml:16:1: warning: route \"b\" takes no call: "
                                        "route \"a\" in line 12 takes all that it would"))
          << pair.first << " | " << pair.second;
    } else {
      EXPECT_THAT(problems, ElementsAre()) << pair.first << " | " << pair.second;
    }
  }
}

TEST(Rules, groups_and_phones_no_route_reaches) {
  EXPECT_THAT(problems_of(with("[[group]]\nname = \"a\"\nphones = [\"li\"]\non_busy = \"group:b\"\n"
                               "[[group]]\nname = \"b\"\nphones = [\"li\"]\n"
                               "[[group]]\nname = \"c\"\nphones = [\"desk\"]\n"
                               "[otherwise]\nto = \"group:c\"\n")),
              ElementsAre("hotlines/a.toml:9:1: warning: phone \"li\" is rung by no route",
                          "hotlines/a.toml:13:8: warning: group \"a\" is not used",
                          "hotlines/a.toml:16:1: warning: group \"b\" is reached by no route"));
}

TEST(Rules, more_phones_than_the_package_has) {
  Texts texts = with(kSales);
  texts[kPlatformFile].replace(kPlatform.find("[schedule"), 0, "phones_included = 1\n");
  EXPECT_THAT(
      problems_of(texts),
      ElementsAre("hotlines/a.toml:9:1: warning: 2 phones; package \"standard\" includes 1"));
}

}  // namespace
}  // namespace hotline::config
