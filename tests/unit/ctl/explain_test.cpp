// explain and rehearse on a small configuration, as an admin would run them.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hotline/routing/decision.h"

#include "ctl/rehearsal.h"
#include "store/open.h"
#include "store/writer.h"
#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

using testing::HasSubstr;

constexpr const char* kRules = R"([hotline]
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
ring_s = 40
[[group]]
name = "day"
phones = ["desk"]
on_busy = "group:night"
[[group]]
name = "night"
ring = "staged"
phones = ["li", "desk"]
after_s = [0, 12]
[[route]]
name = "abroad"
when = { kind = "abroad" }
to = "refuse:region_refused"
[otherwise]
to = "group:day"
)";

class ExplainTest : public CtlTest {
 protected:
  ExplainTest() {
    std::ofstream(dir_ / "hotline.toml", std::ios::app)
        << "[[trunk]]\nname = \"unicom\"\ngateways = [\"udp:127.0.0.2:5060\"]\n"
           "[package.standard]\nprice_per_min = \"0.300\"\n";
    std::filesystem::create_directory(dir_ / "hotlines");
    write(kRules);
  }
  void write(const std::string& rules) { std::ofstream(dir_ / "hotlines/a.toml") << rules; }

  int explain(std::vector<std::string> more) {
    more.insert(more.begin(), {"explain", "--to", "4001234567"});
    return run(std::move(more));
  }
};

TEST_F(ExplainTest, each_rule_and_the_plan_in_words) {
  EXPECT_EQ(explain({"--from", "02155550000", "--at", "2026-03-02 10:00"}), 0) << err_;
  EXPECT_EQ(out_,
            "4001234567 called by +862155550000 (landline 上海 上海 021) at 2026-03-02 10:00:00\n"
            "\n"
            "  hotlines/a.toml:22 route abroad: other kind of number\n"
            "  hotlines/a.toml:26 otherwise: matched\n"
            "\n"
            "ring group day (hotlines/a.toml:13)\n"
            "  1. desk, 02161234567 through unicom, for up to 25 s\n"
            "  if all are busy: group night; if nobody answers: refused: no_answer\n"
            "\n"
            "→ group day\n");
}

TEST_F(ExplainTest, busy_phones_lead_on) {
  EXPECT_EQ(explain({"--from", "02155550000", "--busy", "desk"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("(busy now: passed over)\n"));
  EXPECT_THAT(out_, HasSubstr("  hotlines/a.toml:13 group day: all phones busy\n"));
  EXPECT_THAT(out_, HasSubstr("ring group night (hotlines/a.toml:17)\n"
                              "  1. li, sip:li@127.0.0.9:5060, for up to 40 s\n"
                              "  2. desk, 02161234567 through unicom, from second 12 on, for up to "
                              "25 s (busy now: passed over)\n"));
  EXPECT_THAT(out_, testing::EndsWith("→ group night\n"));
  EXPECT_EQ(explain({"--from", "02155550000", "--paused", "desk,li", "--json"}), 0) << err_;
  const auto json = admin::Json::parse(out_);
  EXPECT_EQ(json.at("decision"), "refused: all_busy");
  EXPECT_TRUE(json.at("plans").empty());
}

// A hotline of the same names, for calls to overflow to.
constexpr const char* kOthers = R"([hotline]
number = "4006006600"
account = "acme"
package = "standard"
[[phone]]
name = "desk"
uri = "sip:other@127.0.0.9"
[[group]]
name = "day"
phones = ["desk"]
[otherwise]
to = "group:day"
)";

std::string to_the_others(std::string rules) {
  return rules.replace(rules.find("group:night"), 11, "hotline:4006006600/day");
}

TEST_F(ExplainTest, another_hotlines_group_and_phone_have_its_number_in_front) {
  std::ofstream(dir_ / "hotlines/b.toml") << kOthers;
  write(to_the_others(kRules));
  EXPECT_EQ(explain({"--from", "02155550000", "--busy", "desk"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("if all are busy: group 4006006600/day; if nobody answers"));
  EXPECT_THAT(out_, HasSubstr("ring group 4006006600/day (hotlines/b.toml:8)\n"
                              "  1. 4006006600/desk, sip:other@127.0.0.9:5060, for up to 25 s\n"
                              "  if all are busy"));
  EXPECT_THAT(out_, testing::EndsWith("→ group 4006006600/day\n"));
  EXPECT_EQ(explain({"--from", "02155550000", "--busy", "desk,4006006600/desk"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("group 4006006600/day: all phones busy\n"));
  EXPECT_EQ(explain({"--from", "02155550000", "--paused", "4006006600/li"}), 1);
  EXPECT_THAT(err_, HasSubstr("no phone 4006006600/li"));
}

TEST_F(ExplainTest, now_is_with_the_phones_as_the_server_has_them) {
  EXPECT_EQ(explain({"--from", "02155550000"}), 0);
  EXPECT_THAT(err_, HasSubstr("(all phones counted as free: no server answers"));
  EXPECT_THAT(out_, testing::EndsWith("→ group day\n"));
  admin::PhoneView desk = sample_phone(false);
  desk.in_use = 1;
  admin::PhoneView li = sample_phone(true);
  li.address = "sip:li@127.0.0.9:5060";
  li.in_use = 0;
  desk_.phones = {desk, li};
  start_server();
  EXPECT_EQ(explain({"--from", "02155550000"}), 0);
  EXPECT_EQ(err_, "(phones as the running server has them now)\n");
  EXPECT_THAT(out_, HasSubstr("  hotlines/a.toml:13 group day: all phones busy\n"));
  EXPECT_THAT(out_, HasSubstr("phone li: paused\n"));
  EXPECT_EQ(explain({"--from", "02155550000", "--at", "2026-03-02 10:00"}), 0);
  EXPECT_EQ(err_, "") << "not now";
  EXPECT_THAT(out_, testing::EndsWith("→ group day\n"));
  EXPECT_EQ(explain({"--from", "02155550000", "--paused", "desk"}), 0);
  EXPECT_EQ(err_, "") << "what is assumed is all there is";
  EXPECT_THAT(out_, testing::EndsWith("→ group night\n"));
}

TEST_F(ExplainTest, refusals_and_slips) {
  EXPECT_EQ(explain({"--from", "+4930123456"}), 0);
  EXPECT_THAT(out_, testing::EndsWith("→ refused: region_refused\n"));
  EXPECT_EQ(explain({"--from", "withheld"}), 0);
  EXPECT_THAT(out_, HasSubstr("(withheld 隐藏)"));
  EXPECT_EQ(explain({"--from", "139", "--busy", "dsk"}), 1);
  EXPECT_THAT(err_, HasSubstr("no phone dsk"));
  EXPECT_EQ(run({"explain", "--to", "4009999999", "--from", "139"}), 1);
  EXPECT_THAT(err_, HasSubstr("no hotline 4009999999"));
  EXPECT_EQ(run({"explain", "--to", "4001234567"}), 2);
  EXPECT_EQ(run({"explain"}), 2);
  EXPECT_EQ(explain({"--from", "139", "--at", "tomorrow"}), 2);
  write("[hotline]\n");
  EXPECT_EQ(explain({"--from", "139"}), 1);
  EXPECT_THAT(out_, HasSubstr("has no number"));
}

// Four calls in the database, as an older configuration decided them.
class RehearseTest : public ExplainTest {
 protected:
  RehearseTest() {
    const auto opened = store::open(dir_ / "state");
    store::Writer writer(
        opened->database,
        [] {
          return Now{Instant(), kThen};
        },
        [](const store::Writer::Works&) {}, [](const call::Event&) {});
    writer.close_call(close(1, "+862155550000", "landline", "group day", "desk"), {});
    writer.close_call(close(2, "+862155550000", "landline", "group night", "li"), {});
    writer.close_call(close(3, "+4930123456", "abroad", "group day", "desk"), {});
    writer.close_call(close(4, "+862155550000", "landline", "refused: closed", ""), {});
    writer.close_call(close(5, "+862155550000", "landline", "", ""), {});
    writer.stop();
  }
  static call::CloseCall close(int n, const char* caller, const char* kind, const char* decided,
                               const char* phone) {
    call::CloseCall close;
    cdr::Record& record = close.record;
    record.id = CallIdSource(static_cast<std::uint64_t>(n)).next(kThen);
    record.hotline = "4001234567";
    record.caller_raw = caller;
    record.caller_e164 = caller;
    record.caller_kind = kind;
    record.received = kThen - std::chrono::hours(24 * n);
    record.decided = decided;
    record.release.cause = *decided == '\0' ? Cause::overload : Cause::hung_up;
    if (*phone != '\0') {
      record.attempts = {{phone, record.received, Milliseconds(1), cdr::AttemptResult::busy, 486}};
    }
    return close;
  }
};

TEST_F(RehearseTest, counts_what_would_change) {
  EXPECT_EQ(run({"rehearse", "--since", "30d", "--csv", dir_ / "changed.csv"}), 0) << err_;
  EXPECT_THAT(out_, testing::StartsWith("5 calls\n"
                                        "\n"
                                        "RESULT          CALLS\n"
                                        "same                1\n"
                                        "elsewhere           1\n"
                                        "newly_refused       1\n"
                                        "newly_accepted      1\n"
                                        "other_refusal       0\n"
                                        "not_judged          1\n"
                                        "\n"
                                        "HOTLINE     PHONE  RANG FIRST  BY THE DRAFT\n"
                                        "4001234567  desk            2             4\n"
                                        "4001234567  li              1             0\n"));
  EXPECT_THAT(out_, HasSubstr("what this cannot know\n"));
  std::ifstream file(dir_ / "changed.csv");
  const std::string csv{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(csv, HasSubstr("elsewhere,\"group night\",\"group day\",1\r\n"));
  EXPECT_THAT(csv, HasSubstr("newly_refused,\"group day\",\"refused: region_refused\",1\r\n"));
  EXPECT_EQ(run({"rehearse", "--since", "36h", "--json"}), 0) << err_;
  const auto json = admin::Json::parse(out_);
  EXPECT_EQ(json.at("calls"), 1);
  EXPECT_EQ(json.at("routes").at(0).at("route"), "abroad");
  EXPECT_EQ(json.at("routes").at(0).at("calls"), 0);
  EXPECT_EQ(json.at("routes").at(1).at("calls"), 1);
}

// All day calls now go to another hotline's group of the same name, and its phone of the same name.
TEST_F(RehearseTest, a_group_of_the_same_name_in_another_hotline_is_elsewhere) {
  std::ofstream(dir_ / "hotlines/b.toml") << kOthers;
  std::string rules = kRules;
  write(rules.replace(rules.rfind("group:day"), 9, "hotline:4006006600/day"));
  EXPECT_EQ(run({"rehearse", "--since", "30d"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("same                0\n"
                              "elsewhere           2\n"));
  EXPECT_THAT(out_, HasSubstr("HOTLINE     PHONE  RANG FIRST  BY THE DRAFT\n"
                              "4001234567  desk            2             0\n"
                              "4001234567  li              1             0\n"
                              "4006006600  desk            0             4\n"));
  const std::string moved = close(1, "", "", "", "").record.id.to_string();
  EXPECT_EQ(run({"explain", "--cdr", moved}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("→ group 4006006600/day\n"
                              "\nthen: group day\ntoday's rules decide otherwise"));
}

TEST_F(RehearseTest, a_bar_for_who_watches) {
  is_terminal_ = true;
  EXPECT_EQ(run({"rehearse"}), 0);
  EXPECT_THAT(err_, HasSubstr("rehearsing"));
  EXPECT_EQ(run({"rehearse", "--json"}), 0);
  EXPECT_EQ(err_, "");
}

TEST_F(RehearseTest, explains_a_call_of_the_past) {
  const std::string moved = close(2, "", "", "", "").record.id.to_string();
  EXPECT_EQ(run({"explain", "--cdr", moved}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("→ group day\n"));
  EXPECT_THAT(out_, HasSubstr("then: group night\ntoday's rules decide otherwise"));
  EXPECT_EQ(run({"explain", "--cdr", close(1, "", "", "", "").record.id.to_string()}), 0);
  EXPECT_THAT(out_, HasSubstr("today's rules decide the same\n"));
  EXPECT_EQ(run({"explain", "--cdr", close(5, "", "", "", "").record.id.to_string()}), 1);
  EXPECT_THAT(err_, HasSubstr("no rule was asked about that call"));
}

TEST_F(ExplainTest, rehearse_needs_a_database) {
  EXPECT_EQ(run({"rehearse"}), 1);
  EXPECT_THAT(err_, HasSubstr("hotline.db"));
}

TEST(Rehearsal, of_calls_that_a_hotline_no_longer_takes) {
  routing::Snapshot draft;
  draft.regions = region::builtin_table();
  std::vector<std::string> changed;
  Rehearsal rehearsal(draft, [&](const cdr::PastCall&, Rehearsed what, const std::string& now) {
    changed.push_back(std::string(to_string(what)) + " " + now);
  });
  cdr::PastCall call;
  call.hotline = "4001234567";
  call.decided = "group day";
  call.calls = 3;
  rehearsal.take(call);
  call.decided = "";
  call.cause = Cause::unknown_number;
  rehearsal.take(call);
  EXPECT_THAT(changed, testing::ElementsAre("newly_refused refused: unknown_number"));
  EXPECT_EQ(rehearsal.to_json().at("calls"), 6);
  EXPECT_EQ(rehearsal.to_json().at("results").at("same"), 3);
}

}  // namespace
}  // namespace hotline::ctl
