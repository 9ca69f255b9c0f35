#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

using RunTest = CtlTest;

constexpr const char* kShownRecord =
    "seq              7\n"
    "id               01900000-0001-7000-8000-000000000001\n"
    "account          acme\n"
    "hotline          4001234567\n"
    "trunk            unicom\n"
    "caller           +8613900000000, sent as =cmd()\n"
    "from             江苏 苏州 0512 -\n"
    "shown to phones  013900000000\n"
    "received         2026-01-02T03:04:05.678+08:00\n"
    "first_ring       -\n"
    "answered         2026-01-02T03:04:07.178+08:00\n"
    "bridged          2026-01-02T03:04:07.178+08:00\n"
    "ended            2026-01-02T03:05:08.178+08:00\n"
    "answered by      li\n"
    "rang             1.5 s\n"
    "talked           61.0 s\n"
    "billed           120 s at 0.300 yuan a minute\n"
    "tariff           0.300 60/60 caller 0.110, by rate office\n"
    "charge           0.600 yuan\n"
    "caller's fee     0.220 yuan (information)\n"
    "ended by         caller: hung_up (200, Q.850 16), proved by bye\n"
    "caller's leg     -\n"
    "phone's leg      -\n"
    "\n"
    "attempts\n"
    "PHONE  STARTED               RANG  RESULT    STATUS\n"
    "desk   2026-01-02 03:04:05  0.3 s  busy         486\n"
    "li     2026-01-02 03:04:05  1.2 s  answered     200\n"
    "\n"
    "why it went there\n"
    "hotline.toml:3 blacklist nuisance: not listed\n"
    "hotlines/4001234567.toml:31 route east: matched\n"
    "\n"
    "noted later\n"
    "AT                   KIND         BY    TEXT\n"
    "2026-01-02 03:04:05  called_back  wang  十点\n";

TEST_F(RunTest, tables_for_people) {
  start_server();
  const struct {
    std::vector<std::string> arguments;
    const char* out;
  } rows[] = {
      {{"status"},
       "state          running since 2026-01-02 03:04:05\n"
       "version        0.1.0\n"
       "live calls     2\n"
       "configuration  12 hotlines, 1 trunks, loaded 2026-01-02 03:04:05\n"
       "strangers      3\n"
       "warning        no calendar for 2027\n"
       "\n"
       "TRUNK   STATE    CALLS  GATEWAY             STATE  WHY     SINCE\n"
       "unicom  up           2  udp:192.0.2.1:5060  down   silent  2026-01-02 03:04:05\n"
       "                        udp:192.0.2.2:5060  up     200     2026-01-02 03:04:05\n"
       "in      unknown      0  -\n"},
      {{"account", "list"},
       "ACCOUNT  STATE   BALANCE  RESERVED  AVAILABLE  OPENED\n"
       "acme     active  100.000     0.300     99.700  2026-01-02 03:04:05\n"
       "beta     open      0.000     0.000      0.000  2026-01-02 03:04:05\n"},
      {{"reload", "--skip-bad"},
       "lists/a.txt:7:1: warning: \"x\" is no phone number; left out\n"
       "reloaded: 12 hotlines, 1 trunks, loaded 2026-01-02 03:04:05\n"
       "nothing changed\n"},
      {{"account", "show", "acme"},
       "account    acme\n"
       "state      active since 2026-01-02 03:04:05\n"
       "balance    100.000\n"
       "reserved   0.300\n"
       "available  99.700\n"
       "opened     2026-01-02 03:04:05\n"},
      {{"account", "open", "acme"}, "account acme is open; balance 100.000\n"},
      {{"account", "recharge", "acme", "5.5", "--reference", "r9"},
       "acme recharged: 5.5 yuan (r9); balance 100.000\n"},
      {{"call", "list"},
       "RECEIVED             HOTLINE     CALLER          STATE    PHONE  CALL\n"
       "2026-01-02 03:04:05  4001234567  +8613900000000  talking  desk   "
       "01900000-0001-7000-8000-000000000001\n"},
      {{"phone", "list"},
       "HOTLINE     PHONE  ADDRESS             LINES  IN USE  PAUSED                     WHY\n"
       "4001234567  desk   unicom/02161234567     30       2\n"
       "4001234567  li     unicom/02161234567     30       2  until 2026-01-02 03:34:05  午饭\n"},
      {{"phone", "pause", "4001234567", "li", "--for", "30m", "--why", "午饭"},
       "phone li is paused until 2026-01-02 03:34:05\n"},
      {{"phone", "resume", "4001234567", "desk"}, "phone desk is rung again\n"},
      {{"caller", "list"},
       "CALLER          SINCE                UNTIL                WHY\n"
       "+8613900000000  2026-01-02 03:04:05  2026-01-03 03:04:05  prank calls\n"},
      {{"caller", "block", "13900000000", "--why", "prank calls"},
       "caller +8613900000000 is blocked until 2026-01-03 03:04:05\n"},
      {{"caller", "lift", "13900000000"}, "caller +8613900000000 may call again\n"},
      {{"ledger", "list"},
       "SEQ  AT                   ACCOUNT  KIND       AMOUNT  BALANCE  REFERENCE  BY  WHY\n"
       "  1  2026-01-02 03:04:05  acme     recharge  100.000  100.000  r1         -   -\n"},
      {{"cdr", "list", "--limit", "1"},
       "SEQ  RECEIVED             HOTLINE     CALLER          FROM       PHONE    TALK  CHARGE  "
       "ENDED    CALL\n"
       "  1  2026-01-02 03:04:05  4001234567  +8613900000000  江苏 苏州  li     61.0 s   0.600  "
       "hung_up  01900000-0001-7000-8000-000000000001\n"},
      {{"cdr", "show", kCall}, kShownRecord},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(run(row.arguments), 0) << err_;
    EXPECT_EQ(out_, row.out) << row.arguments.back();
  }
}

TEST_F(RunTest, notes_about_a_call) {
  start_server();
  EXPECT_EQ(run({"cdr", "note", kCall, "--kind", "survey", "--text", "5", "--by", "wang"}), 0)
      << err_;
  EXPECT_EQ(out_, std::string("noted about ") + kCall + "\n");
  EXPECT_EQ(run({"cdr", "note", kCall, "--kind", "survey", "--text", "again"}), 0) << err_;
  EXPECT_EQ(out_, std::string("that is noted already about ") + kCall + "\n");
  EXPECT_EQ(run({"cdr", "note", kCall, "--kind", "hearsay", "--text", "5"}), 2);
  EXPECT_EQ(run({"cdr", "note", kCall, "--kind", "survey", "--text", ""}), 2);
}

TEST_F(RunTest, notices) {
  start_server();
  EXPECT_EQ(run({"notice", "list"}), 0) << err_;
  EXPECT_EQ(out_,
            "SEQ  AT                   ACCOUNT  KIND       SAYS                              "
            "STATE                                 ERROR\n"
            "  2  2026-01-02 03:04:05  acme     suspended  balance 14.900, threshold 15.000  "
            "failed 3x, again 2026-01-02 03:08:05  /bin/tell: exit status 7: no␊route\n"
            "  1  2026-01-02 03:04:05  acme     suspended  balance 14.900, threshold 15.000  "
            "delivered 2026-01-02 03:04:07         -\n");
  EXPECT_EQ(run({"notice", "resend", "1"}), 0) << err_;
  EXPECT_EQ(out_, "notice 1 (suspended of acme) will be delivered\n");
  EXPECT_EQ(run({"notice", "resend", "3"}), 1);
  EXPECT_NE(err_.find("there is no notice 3"), std::string::npos) << err_;
}

TEST_F(RunTest, what_was_done_to_an_account) {
  start_server();
  const struct {
    std::vector<std::string> arguments;
    const char* out;
  } rows[] = {
      {{"account", "history", "acme"},
       "AT                   STATE   CAUSE   BY    WHY\n"
       "2026-01-02 03:04:05  open    opened  -     -\n"
       "2026-01-02 03:04:06  closed  closed  wang  moved\n"},
      {{"account", "adjust", "acme", "--amount", "-3.60", "--reference", "r7", "--why", "twice"},
       "acme adjusted: -3.60 yuan (r7); balance 100.000\n"},
      {{"account", "service", "acme", "courier", "--reference", "r8"},
       "acme bought: courier (r8); balance 100.000\n"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(run(row.arguments), 0) << err_;
    EXPECT_EQ(out_, row.out) << row.arguments.back();
  }
}

TEST_F(RunTest, reload_says_what_would_change) {
  start_server();
  EXPECT_EQ(run({"reload", "--dry-run"}), 0) << err_;
  EXPECT_EQ(out_,
            "a reload would be accepted: 12 hotlines, 1 trunk\n"
            "it would change: 1 phone added: phone li of 4001234567 added\n"
            "[server] listen changed: takes effect at a restart\n");
  EXPECT_EQ(run({"reload", "--dry-run", "--json"}), 0);
  const auto body = admin::Json::parse(out_);
  EXPECT_EQ(body.at("changes").at("list").at(0).at("name"), "li");
  EXPECT_EQ(body.at("dry_run"), true);
}

TEST_F(RunTest, every_command_answers_in_json) {
  start_server();
  const std::vector<std::string> rows[] = {
      {"status"},
      {"reload"},
      {"check"},
      {"account", "list"},
      {"call", "list"},
      {"account", "show", "acme"},
      {"ledger", "list"},
      {"account", "open", "acme"},
      {"cdr", "list"},
      {"account", "recharge", "acme", "1", "--reference", "r"},
      {"cdr", "show", kCall},
      {"call", "show", kCall},
      {"call", "hangup", kCall},
      {"phone", "list"},
      {"phone", "pause", "4001234567", "li"},
      {"phone", "resume", "4001234567", "li"},
      {"caller", "list"},
      {"caller", "block", "139"},
      {"caller", "lift", "139"},
  };
  for (auto arguments : rows) {
    arguments.push_back("--json");
    run(arguments);
    EXPECT_TRUE(admin::Json::parse(out_, nullptr, false).is_object()) << arguments[0] << out_;
  }
}

TEST_F(RunTest, refusals_say_what_to_do_next) {
  start_server();
  const struct {
    std::vector<std::string> arguments;
    const char* err;
  } rows[] = {
      {{"account", "show", "nobody"},
       "hotlinectl: there is no account nobody\n"
       "  see hotlinectl account list, or open it: hotlinectl account open nobody\n"},
      {{"account", "recharge", "acme", "1", "--reference", "used"},
       "hotlinectl: the reference used was used for another entry\n"
       "  find it with hotlinectl ledger list; give each entry its own reference\n"},
      {{"reload"},
       "hotlinectl: the configuration has errors; the server keeps the one it has\n"
       "  mend them, see hotlinectl check, then reload again\n"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(run(row.arguments), 1);
    EXPECT_EQ(err_, row.err);
  }
  EXPECT_EQ(out_, "hotline.toml:3:8: error: unknown key \"lissten\"\n");
}

TEST_F(RunTest, an_answer_of_another_version_is_a_problem_not_a_crash) {
  desk_.status = admin::Json::parse(R"({"mood": 7})");
  start_server();
  EXPECT_EQ(run({"status"}), 1);
  EXPECT_NE(err_.find("of another version"), std::string::npos) << err_;
}

TEST_F(RunTest, wrong_usage_asks_nobody) {
  const std::vector<std::string> rows[] = {
      {},
      {"frob"},
      {"account"},
      {"account", "open"},
      {"account", "open", "Acme"},
      {"account", "open", "../x"},
      {"account", "recharge", "acme", "100"},
      {"account", "recharge", "acme", "0", "--reference", "r"},
      {"account", "recharge", "acme", "-5", "--reference", "r"},
      {"account", "recharge", "acme", "1.0001", "--reference", "r"},
      {"account", "recharge", "acme", "ten", "--reference", "r"},
      {"account", "recharge", "acme", "10", "--reference", ""},
      {"account", "recharge", "acme", "10", "--reference", "a\nb"},
      {"call", "hangup", "1"},
      {"cdr", "show", "x"},
      {"cdr", "list", "--from", "yesterday"},
      {"cdr", "list", "--limit", "0"},
      {"cdr", "list", "--limit", "1001"},
      {"cdr", "list", "--after", "x"},
      {"cdr", "list", "--hotline", "4 00"},
      {"cdr", "export", "--format", "xml"},
      {"ledger", "list", "--hotline", "4001234567"},
      {"status", "now"},
      {"region"},
      {"region", "import"},
      {"region", "lookup"},
  };
  for (const auto& arguments : rows) {
    EXPECT_EQ(run(arguments), 2) << out_;
    EXPECT_NE(err_.find("--help"), std::string::npos) << err_;
  }
}

TEST_F(RunTest, without_a_server_says_where_it_looked) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"status"}, {"reload"}, {"call", "list"}, {"cdr", "list"}}) {
    EXPECT_EQ(run(arguments), 3);
    EXPECT_NE(err_.find(dir_ / "s"), std::string::npos) << err_;
    EXPECT_NE(err_.find("start hotlined"), std::string::npos) << err_;
  }
  std::ofstream(dir_ / "hotline.toml") << "x";
  EXPECT_EQ(run({"status"}), 3);
  EXPECT_NE(err_.find("--socket"), std::string::npos) << err_;
}

TEST_F(RunTest, finds_the_server_of_a_broken_configuration) {
  start_server();
  std::ofstream(dir_ / "hotline.toml", std::ios::app) << "[trunk]\nbroken = true\n";
  EXPECT_EQ(run({"check"}), 1);
  EXPECT_EQ(run({"status"}), 0) << err_;
  std::ofstream(dir_ / "hotline.toml") << "[[[";
  EXPECT_EQ(run({"--socket", dir_ / "s", "status"}), 0) << err_;
}

TEST_F(RunTest, check_says_everything) {
  std::ofstream(dir_ / "hotline.toml", std::ios::app) << "colour = \"red\"\nsize = 3\n";
  EXPECT_EQ(run({"check"}), 1);
  EXPECT_NE(out_.find("hotline.toml:5:1: error: "), std::string::npos) << out_;
  EXPECT_NE(out_.find("hotline.toml:6:1: error: "), std::string::npos) << out_;
  EXPECT_EQ(run({"check", "--json"}), 1);
  EXPECT_GE(admin::Json::parse(out_).at("problems").size(), 2U);
}

TEST_F(RunTest, check_leaves_bad_lines_of_lists_out_where_asked) {
  std::ofstream(dir_ / "hotline.toml", std::ios::app)
      << "[caller_list.a]\nfiles = [\"a.txt\"]\n[[trunk]]\nname = \"t\"\nsources = "
         "[\"127.0.0.2\"]\n[package.p]\nprice_per_min = \"0.300\"\n";
  std::ofstream(dir_ / "a.txt") << "13900000000\nnobody\n86170*\n";
  EXPECT_EQ(run({"check"}), 1);
  EXPECT_NE(out_.find("a.txt:2:1: error: \"nobody\" is no phone number\n"
                      "a.txt:3:1: error: \"86170\" is no prefix"),
            std::string::npos)
      << out_;
  EXPECT_EQ(run({"check", "--skip-bad"}), 0) << err_;
  EXPECT_NE(out_.find("a.txt:2:1: warning: \"nobody\" is no phone number; left out\n"),
            std::string::npos)
      << out_;
  EXPECT_NE(out_.find(": good, 0 hotlines, 1 trunks\n"), std::string::npos) << out_;
}

TEST_F(RunTest, help_has_an_example_for_each_command) {
  const std::vector<std::string> rows[] = {
      {"check"},
      {"status"},
      {"reload"},
      {"config", "history"},
      {"config", "diff"},
      {"config", "rollback"},
      {"config", "reference"},
      {"schedule", "list"},
      {"schedule", "show"},
      {"account", "open"},
      {"account", "list"},
      {"account", "show"},
      {"account", "recharge"},
      {"call", "list"},
      {"call", "show"},
      {"call", "hangup"},
      {"cdr", "list"},
      {"cdr", "show"},
      {"cdr", "export"},
      {"cdr", "note"},
      {"audit"},
      {"ledger", "list"},
      {"ledger", "export"},
      {"region", "import"},
      {"region", "lookup"},
      {"region", "coverage"},
  };
  for (auto arguments : rows) {
    arguments.push_back("--help");
    EXPECT_EQ(run(arguments), 0) << err_;
    EXPECT_NE(out_.find("Example:\n  hotlinectl "), std::string::npos) << out_;
  }
}

}  // namespace
}  // namespace hotline::ctl
