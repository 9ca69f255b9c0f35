// INFO with a key, as phones send it; and what is wrong with those that hold none.
#include "sip/info.h"

#include "bench.h"

namespace hotline::sip {
namespace {

constexpr const char* kRelay = "application/dtmf-relay";
constexpr const char* kDtmf = "application/dtmf";

TEST(Info, keys_are_read) {
  struct Row {
    const char* type;
    std::string_view body;
    char key;
  };
  const Row rows[] = {
      {kRelay, "Signal=5\r\nDuration=160\r\n", '5'},
      {kRelay, "Signal= 5\r\nDuration= 160\r\n", '5'},
      {kRelay, "Signal=5", '5'},
      {kRelay, "Duration=160\nsignal = 0\n", '0'},
      {kRelay, "Signal=*\r\n", '*'},
      {kRelay, "Signal=#\r\nDuration=250\r\n", '#'},
      {kRelay, "Signal=10\r\n", '*'},
      {kRelay, "Signal=11\r\n", '#'},
      {kRelay, "Signal=12\r\n", 'A'},
      {kRelay, "Signal=15\r\n", 'D'},
      {kRelay, "Signal=B\r\n", 'B'},
      {kRelay, "Signal=c\r\n", 'C'},
      {"Application/DTMF-Relay", "SIGNAL=9\r\n", '9'},
      {kDtmf, "7", '7'},
      {kDtmf, "#\r\n", '#'},
      {kDtmf, " d ", 'D'},
      {"APPLICATION/dtmf", "*", '*'},
  };
  for (const Row& row : rows) {
    ASSERT_TRUE(is_key_body(row.type)) << row.type;
    const KeyRead read = key_in(row.type, row.body);
    EXPECT_EQ(read.key, row.key) << row.body;
    EXPECT_EQ(read.fault, nullptr) << row.body;
  }
}

TEST(Info, what_is_no_key_is_named) {
  struct Row {
    const char* type;
    std::string body;
    std::string_view fault;
  };
  const Row rows[] = {
      {kRelay, "Duration=160\r\n", "the body has no line Signal="},
      {kRelay, "Signal\r\n", "the body has no line Signal="},
      {kRelay, "5", "the body has no line Signal="},
      {kRelay, "Signal=\r\n", "Signal= is no key"},
      {kRelay, "Signal=16\r\n", "Signal= is no key"},  // a flash
      {kRelay, "Signal=05\r\n", "Signal= is no key"},
      {kRelay, "Signal=-1\r\n", "Signal= is no key"},
      {kRelay, "Signal=1x\r\n", "Signal= is no key"},
      {kRelay, "Signal=E\r\n", "Signal= is no key"},
      {kRelay, "Signal=5\r\nSignal=6\r\n", "the body has two lines Signal="},
      {kRelay, "Signal=5\r\n" + std::string(300, ' '), "the body is too long for a key"},
      {kDtmf, "", "the body is no key"},
      {kDtmf, "55", "the body is no key"},
      {kDtmf, "11", "the body is no key"},
      {kDtmf, "Signal=5", "the body is no key"},
      {kDtmf, std::string("\0", 1), "the body is no key"},
      {kDtmf, std::string(257, '5'), "the body is too long for a key"},
  };
  for (const Row& row : rows) {
    const KeyRead read = key_in(row.type, row.body);
    EXPECT_EQ(read.key, 0) << row.body;
    ASSERT_NE(read.fault, nullptr) << row.body;
    EXPECT_EQ(read.fault, row.fault) << row.body;
  }
  for (const char* type : {"", "application/sdp", "application/dtmf-relayed", "text/dtmf"}) {
    EXPECT_FALSE(is_key_body(type)) << type;
  }
}

// An INFO of the phone in that call.
Message info(Bench& bench, const UpCall& up, int cseq, const std::string& type,
             const std::string& body, const std::string& extra = {}) {
  std::string text =
      from_phone(up.phone_invite, bench.phone, "desk-tag", "INFO", cseq, extra, body);
  text.replace(text.find("application/sdp"), std::string_view("application/sdp").size(), type);
  bench.phone.send(text);
  return bench.phone.receive("SIP/2.0");
}

class InfoMessage : public OverEach {};
INSTANTIATE_TEST_SUITE_P(Each, InfoMessage, testing::ValuesIn(kEach), name_of);

TEST_P(InfoMessage, of_either_side_is_a_key) {
  const UpCall up = make_call(bench);
  const Message ok = info(bench, up, 1, kRelay, "Signal=1\r\nDuration=160\r\n");
  EXPECT_EQ(ok.start(), "SIP/2.0 200 OK");
  const auto pressed = bench.next<call::KeyPressed>();
  EXPECT_EQ(pressed.leg, up.phone);
  EXPECT_EQ(pressed.key, '1');
  EXPECT_TRUE(pressed.by_message);
  EXPECT_EQ(info(bench, up, 2, "application/dtmf;charset=x", "#").start(), "SIP/2.0 200 OK");
  EXPECT_EQ(bench.next<call::KeyPressed>().key, '#');

  Invite invite = up.invite;
  invite.content_type = kDtmf;
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, up.caller_200, "INFO", 2, {}, "9"));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 200 OK");
  const auto by_caller = bench.next<call::KeyPressed>();
  EXPECT_EQ(by_caller.leg, LegId::caller(up.call));
  EXPECT_EQ(by_caller.key, '9');
}

// In order, each once the one before it is answered, be it so or so.
TEST_P(InfoMessage, a_key_of_the_other_side_is_passed_on) {
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::PassKey{up.phone, '5'});
  bench.signalling->perform(call::PassKey{up.phone, '#'});
  const Message first = bench.phone.receive("INFO");
  EXPECT_EQ(first.header("Call-ID"), up.phone_invite.header("Call-ID"));
  EXPECT_EQ(first.header("Content-Type"), kRelay);
  EXPECT_EQ(first.body(), "Signal=5\r\nDuration=160\r\n");
  bench.phone.send(answer_to(first, bench.phone, "415 Unsupported Media Type", ""));
  const Message second = bench.phone.receive("INFO");
  EXPECT_EQ(second.body(), "Signal=#\r\nDuration=160\r\n");
  bench.phone.send(answer_to(second, bench.phone, "200 OK", ""));
  bench.signalling->perform(call::PassKey{LegId::caller(up.call), '0'});
  EXPECT_EQ(bench.trunk.receive("INFO").body(), "Signal=0\r\nDuration=160\r\n");
}

TEST(Info, of_a_flood_of_keys_some_are_lost) {
  Bench bench;
  const UpCall up = make_call(bench);
  for (int i = 0; i < 100; ++i) bench.signalling->perform(call::PassKey{up.phone, '1'});
  int came = 0;
  for (; came < 32; ++came) {
    bench.phone.send(answer_to(bench.phone.receive("INFO"), bench.phone, "200 OK", ""));
  }
  bench.run_dry();
  bench.signalling->perform(call::PassKey{up.phone, '2'});
  EXPECT_EQ(bench.phone.receive("INFO").body(), "Signal=2\r\nDuration=160\r\n");
}

TEST(Info, sent_again_counts_once) {
  Bench bench;
  const UpCall up = make_call(bench);
  info(bench, up, 1, kRelay, "Signal=1\r\n");
  EXPECT_EQ(info(bench, up, 1, kRelay, "Signal=1\r\n").start(), "SIP/2.0 200 OK");
  bench.next<call::KeyPressed>();
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(InfoMessage, of_anything_else_is_refused_and_told_why) {
  const UpCall up = make_call(bench);
  const Message bad = info(bench, up, 1, kRelay, "Signal=16\r\n");
  EXPECT_EQ(bad.start(), "SIP/2.0 400 Bad Request");
  EXPECT_EQ(bad.header("Warning"), "399 hotlined \"Signal= is no key\"");
  const Message other = info(bench, up, 2, "application/media_control+xml", "<x/>");
  EXPECT_EQ(other.start(), "SIP/2.0 415 Unsupported Media Type");
  EXPECT_EQ(other.header("Accept"), "application/dtmf-relay, application/dtmf");
  const Message packed = info(bench, up, 3, kDtmf, "5", "Content-Encoding: gzip\r\n");
  EXPECT_EQ(packed.start(), "SIP/2.0 415 Unsupported Media Type");
  const Message package = info(bench, up, 4, kDtmf, "5", "Info-Package: foo\r\n");
  EXPECT_EQ(package.start(), "SIP/2.0 469 Bad Info Package");
  EXPECT_TRUE(bench.events.empty());
}

TEST(Info, of_a_caller_that_waits_is_a_key) {
  Bench bench;
  Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::TellRinging{offered.call, {}});
  const Message ringing = bench.trunk.receive("SIP/2.0 180");
  invite.content_type = kDtmf;
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ringing, "INFO", 2, {}, "3"));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 200 OK");
  EXPECT_EQ(bench.next<call::KeyPressed>().key, '3');
}

}  // namespace
}  // namespace hotline::sip
