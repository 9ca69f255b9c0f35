// What can be wrong inside a file of hotlines/, and between them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

// A good hotline with `from` replaced by `to`.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = kHotline;
  text.replace(text.find(from), from.size(), to);
  return text;
}

struct Row {
  const char* from;
  const char* to;
  std::vector<std::string> problems;
};

void expect(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    Texts texts = good_texts();
    texts[kHotlineFile] = changed(row.from, row.to);
    EXPECT_THAT(problems_of(texts), ElementsAreArray(row.problems)) << row.to;
  }
}

TEST(BadHotline, owner) {
  expect({
      {"4001234567",
       "400123456",
       {"hotlines/a.toml:2:10: number: \"400123456\" is not 400 and seven digits"}},
      {"\"4001234567\"",
       "4001234567",
       {"hotlines/a.toml:2:10: number: a string is wanted, not integer"}},
      {"account",
       "acount",
       {"hotlines/a.toml:1:1: [hotline] has no account",
        "hotlines/a.toml:3:1: unknown key \"acount\" in [hotline]; did you mean \"account\"?"}},
      {"\"acme\"",
       "\"ac me\"",
       {"hotlines/a.toml:3:11: account: \"ac me\" is no name: letters, digits, '_', '-' and '.'"}},
      {"standard",
       "standart",
       {"hotlines/a.toml:4:11: there is no package \"standart\"; did you mean \"standard\"?"}},
      {"[[phone]]",
       "present = \"callee\"\n[[phone]]",
       {"hotlines/a.toml:5:11: present: \"callee\" is none of \"caller\", \"hotline\"; did you "
        "mean \"caller\"?"}},
      {"[[phone]]",
       "hunt_max_s = 601\nblacklists = [\"x\"]\nsurveys = \"none\"\n[[phone]]",
       {"hotlines/a.toml:5:14: hunt_max_s: 601 is out of bounds, 1 to 600 seconds",
        "hotlines/a.toml:6:15: there is no caller list \"x\"",
        "hotlines/a.toml:7:1: unknown key \"surveys\" in [hotline]; did you mean \"survey\"?"}},
      {"[otherwise]\nto = \"group:sales\"\n",
       "[[route]]\nname=\"r\"\nwhen={schedule=\"office\"}\n"
       "to=\"group:sales\"\n",
       {"hotlines/a.toml: there is no [otherwise]"}},
  });
}

TEST(BadHotline, phone_that_registers) {
  expect({
      {"trunk = \"unicom\"",
       "user = \"li\"",
       {"hotlines/a.toml:7:10: number: a phone with a user has none",
        "hotlines/a.toml:8:8: user and password_file go together"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "user = \"li\"",
       {"hotlines/a.toml:7:8: user and password_file go together"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "user = \"l@i\"\npassword_file = \"p\"",
       {"hotlines/a.toml:7:8: user: \"l@i\" holds more than letters, digits, '-', '_' and '.'"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "user = \"li\"\npassword_file = \"gone\"",
       {"hotlines/a.toml:8:17: password_file: \"gone\" cannot be opened: No such file or "
        "directory"}},
  });
}

TEST(BadHotline, phone) {
  expect({
      {"trunk = \"unicom\"",
       "",
       {"hotlines/a.toml:5:1: [[phone]] needs number and trunk, a uri, or a user"}},
      {"number = \"02161234567\"",
       "",
       {"hotlines/a.toml:5:1: [[phone]] needs number and trunk, a uri, or a user"}},
      {"\"unicom\"",
       "\"unicorn\"",
       {"hotlines/a.toml:8:9: there is no trunk \"unicorn\"; did you mean \"unicom\"?"}},
      {"\"02161234567\"",
       "\"021-6123\"",
       {"hotlines/a.toml:7:10: number: \"021-6123\" is no number: digits with an optional '+'"}},
      {"\"02161234567\"",
       "\"95588\"",
       {"hotlines/a.toml:7:10: warning: number: \"95588\" is a service number; carriers may not "
        "connect it"}},
      {"\"02161234567\"",
       "\"17012345678\"",
       {"hotlines/a.toml:7:10: warning: number: \"17012345678\" is a virtual operator's number; "
        "carriers may not connect it"}},
      {"trunk = \"unicom\"",
       "uri = \"sip:li@127.0.0.9\"",
       {"hotlines/a.toml:7:10: number: a phone with a uri has none"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "uri = \"sip:li@phone.example\"",
       {"hotlines/a.toml:7:7: uri: \"phone.example\" is no IP address; names are not resolved, IP "
        "literals only; wanted is sip:user@IP:port or sip:user@IP:port;transport=tcp, "
        "IPv6 in brackets"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "uri = \"tel:+8613900000000\"",
       {"hotlines/a.toml:7:7: uri: \"tel:+8613900000000\" is no SIP address; wanted is "
        "sip:user@IP:port or sip:user@IP:port;transport=tcp, IPv6 in brackets"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "uri = \"sip:li@127.0.0.9;lr\"",
       {"hotlines/a.toml:7:7: uri: \"sip:li@127.0.0.9;lr\" is no SIP address; wanted is "
        "sip:user@IP:port or sip:user@IP:port;transport=tcp, IPv6 in brackets"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "uri = \"sip:li@127.0.0.9;transport=tcp\"",
       {"hotlines/a.toml:7:7: uri: \"sip:li@127.0.0.9;transport=tcp\" cannot be reached: "
        "server.listen has no address of that transport and IP version"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "uri = \"sip:l i@127.0.0.9\"",
       {"hotlines/a.toml:7:7: uri: \"l i\" is no user of a phone; wanted is sip:user@IP:port or "
        "sip:user@IP:port;transport=tcp, IPv6 in brackets"}},
      {"number = \"02161234567\"\ntrunk = \"unicom\"",
       "uri = \"sip:li@[::1]:99999\"",
       {"hotlines/a.toml:7:7: uri: \"sip:li@[::1]:99999\" has no port from 1 to 65535; wanted is "
        "sip:user@IP:port or sip:user@IP:port;transport=tcp, IPv6 in brackets"}},
      {"[[group]]",
       "lines = 0\nring_s = 301\nschedule = \"ofice\"\n[[group]]",
       {"hotlines/a.toml:9:9: lines: 0 is out of bounds, 1 to 100000 calls",
        "hotlines/a.toml:10:10: ring_s: 301 is out of bounds, 1 to 300 seconds",
        "hotlines/a.toml:11:12: there is no schedule \"ofice\"; did you mean \"office\"?"}},
      {"[[group]]",
       "[[phone]]\nname = \"desk\"\nuri = \"sip:li@127.0.0.9\"\n[[group]]",
       {"hotlines/a.toml:10:8: phone \"desk\" is already defined in line 6"}},
      {"[[group]]",
       "[[phone]]\nname = \"li\"\nuri = \"sip:li@127.0.0.9\"\n[[group]]",
       {"hotlines/a.toml:10:8: warning: phone \"li\" is not used"}},
      {"[[group]]",
       "[[phone]]\nname = \"x\"\nnumber = \"02161234567\"\ntrunk = \"unicom\"\n"
       "lines = 2\n[[group]]",
       {"hotlines/a.toml:10:8: warning: phone \"x\" is not used",
        "hotlines/a.toml:13:9: lines: 2, but unicom/02161234567 has 1 in hotlines/a.toml:5"}},
  });
}

TEST(BadHotline, a_trunk_without_gateways_rings_nobody) {
  Texts texts = good_texts();
  texts[kPlatformFile] += "[[trunk]]\nname = \"in\"\nsources = [\"127.0.0.3\"]\n";
  texts[kHotlineFile] = changed("\"unicom\"", "\"in\"");
  EXPECT_THAT(problems_of(texts),
              ElementsAre("hotlines/a.toml:8:9: trunk: \"in\" has no gateways to ring through"));
}

TEST(BadHotline, group) {
  expect({
      {"[\"desk\"]",
       "[]",
       {"hotlines/a.toml:6:8: warning: phone \"desk\" is not used",
        "hotlines/a.toml:11:10: phones: an empty list"}},
      {"[\"desk\"]",
       "[\"desk\", \"dsk\", \"desk\"]",
       {"hotlines/a.toml:11:19: there is no phone \"dsk\"; did you mean \"desk\"?",
        "hotlines/a.toml:11:26: phone \"desk\" is named twice"}},
      {"[otherwise]",
       "ring = \"stagd\"\non_busy = \"queue:main\"\n[otherwise]",
       {"hotlines/a.toml:12:8: ring: \"stagd\" is none of \"sequence\", \"parallel\", "
        "\"staged\", \"round_robin\", \"random\", \"weighted\", \"least_recent\", "
        "\"fewest_calls\", \"longest_idle\"; did you mean \"staged\"?",
        "hotlines/a.toml:13:11: there is no queue \"main\""}},
      {"[otherwise]",
       "on_no_answer = \"refuse:draining\"\n[otherwise]",
       {"hotlines/a.toml:12:16: on_no_answer: \"draining\" is no reason to refuse a call; there "
        "are blacklisted, withheld, region_refused, cap_reached, closed, no_answer, all_busy"}},
      {"[otherwise]",
       "[[group]]\nname = \"sales\"\nphones = [\"desk\"]\n[otherwise]",
       {"hotlines/a.toml:13:8: group \"sales\" is already defined in line 10"}},
      {"[otherwise]",
       "[[group]]\nname = \"spare\"\nphones = [\"desk\"]\n[otherwise]",
       {"hotlines/a.toml:13:8: warning: group \"spare\" is not used"}},
  });
}

TEST(BadHotline, early_media) {
  const std::string with_others =
      "early_media = \"phone\"\n[[phone]]\nname = \"li\"\nuri = \"sip:li@127.0.0.9\"\n"
      "[[route]]\nname = \"r\"\nwhen = { schedule = \"office\" }\nto = \"group:both\"\n"
      "[[group]]\nname = \"both\"\nring = \"parallel\"\nphones = [\"desk\", \"li\"]\n[[phone]]";
  expect({
      {"[[phone]]",
       with_others.c_str(),
       {"hotlines/a.toml:5:15: early_media: group \"both\" rings more than one phone at a time"}},
  });
}

TEST(BadHotline, route) {
  expect({
      {"[otherwise]",
       "[[route]]\n[otherwise]",
       {"hotlines/a.toml:12:1: [[route]] has no name", "hotlines/a.toml:12:1: [[route]] has no to",
        "hotlines/a.toml:12:1: [[route]] has no when"}},
      {"[otherwise]",
       "[[route]]\nname = \"r\"\nwhen = {}\nto = \"group:sale\"\n[otherwise]",
       {"hotlines/a.toml:14:8: when: an empty table",
        "hotlines/a.toml:15:6: there is no group \"sale\"; did you mean \"sales\"?"}},
      {"[otherwise]",
       "[[route]]\nname = \"r\"\nwhen = \"office\"\nto = \"sales\"\n[otherwise]",
       {"hotlines/a.toml:14:8: when: a table is wanted, not string",
        "hotlines/a.toml:15:6: to: \"sales\" is no target here; wanted is group:NAME, "
        "routes:NAME, menu:NAME, queue:NAME, voicemail:NAME, phone:NAME, hotline:NUMBER/GROUP, "
        "number:TRUNK/NUMBER or refuse:REASON"}},
      {"[otherwise]",
       "[[route]]\nname = \"r\"\nwhen = { region = [\"上海\", \"沪\"], scedule = \"x\", schedule = "
       "[], caller_list = [\"vip\"] }\nto = \"refuse:closd\"\n[otherwise]",
       {"hotlines/a.toml:14:26: there is no region \"沪\"; wanted is a province, a city, an area "
        "code, 香港, 澳门, 台湾, 境外, withheld or unknown",
        "hotlines/a.toml:14:32: unknown key \"scedule\" in when; did you mean \"schedule\"?",
        "hotlines/a.toml:14:58: schedule: an empty list",
        "hotlines/a.toml:14:77: there is no caller list \"vip\"",
        "hotlines/a.toml:15:6: to: \"closd\" is no reason to refuse a call; there are blacklisted, "
        "withheld, region_refused, cap_reached, closed, no_answer, all_busy"}},
      {"[otherwise]",
       "[[route]]\nname = \"otherwise\"\nwhen = { schedule = \"office\" }\nto = \"group:sales\"\n"
       "[[route]]\nname = \"r\"\nwhen = { schedule = \"office\" }\nto = \"group:sales\"\n"
       "[[route]]\nname = \"r\"\nwhen = { schedule = 1 }\nto = \"group:sales\"\n[otherwise]",
       {"hotlines/a.toml:13:8: name: the last route alone is called otherwise",
        "hotlines/a.toml:21:8: route \"r\" is already defined",
        "hotlines/a.toml:22:21: schedule: a string or a list of strings is wanted, not integer"}},
  });
}

TEST(BadHotline, twenty_phones_and_no_more) {
  for (const int count : {20, 21, 22}) {
    std::string phones;
    std::string names;
    for (int i = 0; i < count; ++i) {
      const std::string name = "p" + std::to_string(i);
      phones += "[[phone]]\nname = \"" + name + "\"\nuri = \"sip:" + name + "@127.0.0.9\"\n";
      names += (i == 0 ? "\"" : ", \"") + name + "\"";
    }
    const std::string text =
        "[hotline]\nnumber = \"4001234567\"\naccount = \"a\"\npackage = \"standard\"\n" + phones +
        "[[group]]\nname = \"g\"\nphones = [" + names + "]\n[otherwise]\nto = \"group:g\"\n";
    std::string platform = kPlatform;
    platform.insert(platform.find("[schedule"), "phones_included = 20\n");
    const auto problems = problems_of({{kPlatformFile, platform}, {kHotlineFile, text}});
    if (count == 20) {
      EXPECT_THAT(problems, ElementsAre());
    } else {
      EXPECT_THAT(problems,
                  testing::Contains("hotlines/a.toml:65:1: " + std::to_string(count) +
                                    " phones; a hotline has at most 20, and this is one more"));
    }
  }
}

TEST(BadHotline, one_number_belongs_to_one_file) {
  Texts texts = good_texts();
  texts["hotlines/b.toml"] = "# again\n" + kHotline;
  EXPECT_THAT(problems_of(texts),
              ElementsAre("hotlines/b.toml:3: hotline 4001234567 is already in hotlines/a.toml:2"));
}

TEST(BadHotline, a_real_phone_has_its_lines_once) {
  Texts texts = good_texts();
  texts["hotlines/b.toml"] = kHotline;
  auto& other = texts["hotlines/b.toml"];
  other.replace(other.find("4001234567"), 10, "4007654321");
  EXPECT_THAT(problems_of(texts), ElementsAre());
  other.replace(other.find("[[group]]"), 9, "lines = 30\n[[group]]");
  EXPECT_THAT(problems_of(texts), ElementsAre("hotlines/b.toml:9:9: lines: 30, but "
                                              "unicom/02161234567 has 1 in hotlines/a.toml:5"));
}

TEST(BadHotline, no_hotline_at_all_is_a_warning) {
  EXPECT_THAT(problems_of({{kPlatformFile, kPlatform}}),
              ElementsAre("hotlines: warning: holds no hotline: every call is refused"));
}

TEST(BadHotline, an_account_nobody_opened_is_a_warning) {
  Context with = context();
  with.accounts.emplace();
  EXPECT_THAT(problems_of(MemoryFiles(good_texts()), with),
              ElementsAre("hotlines/a.toml:3:11: warning: account: \"acme\" does not exist; calls "
                          "are refused until hotlinectl account open"));
  with.accounts->insert("acme");
  EXPECT_THAT(problems_of(MemoryFiles(good_texts()), with), ElementsAre());
}

}  // namespace
}  // namespace hotline::config
