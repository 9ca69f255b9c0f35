#include "bench.h"

namespace hotline::sip {
namespace {

constexpr std::string_view kNotAllowed = "SIP/2.0 405 Method Not Allowed";

constexpr std::string_view kForbidden = "SIP/2.0 403 Forbidden";

Invite plain(std::string method) {
  Invite request;
  request.method = std::move(method);
  request.body.clear();
  return request;
}

TEST(Options, of_known_sources_is_answered) {
  Bench bench;
  bench.trunk.send(plain("OPTIONS").text(bench, bench.trunk));
  const Message answer = bench.trunk.receive();
  EXPECT_EQ(answer.start(), "SIP/2.0 200 OK");
  EXPECT_EQ(answer.header("Allow"), "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO");
  EXPECT_EQ(answer.header("Supported"), "100rel, timer");
  EXPECT_EQ(answer.header("Accept"), "application/sdp");
  EXPECT_EQ(answer.header("Server"), "hotlined");
  Invite elsewhere = plain("OPTIONS");
  elsewhere.branch += "2";
  elsewhere.call_id += "2";
  std::string text = elsewhere.text(bench, bench.trunk);
  text.replace(text.find(" sip:"), 5, " soap.beep:");
  bench.trunk.send(text);
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 416 Unsupported URI Scheme");
  bench.phone.send(plain("OPTIONS").text(bench, bench.phone));
  EXPECT_EQ(bench.phone.receive().start(), "SIP/2.0 200 OK");
}

TEST(Options, and_other_methods_inside_a_call) {
  struct Row {
    const char* method;
    std::string_view status;
  };
  const Row rows[] = {
      {"OPTIONS", "SIP/2.0 200 OK"}, {"INFO", "SIP/2.0 200 OK"},
      {"UPDATE", "SIP/2.0 200 OK"},  {"PRACK", "SIP/2.0 481 No such response"},
      {"REFER", kForbidden},         {"MESSAGE", kNotAllowed},
      {"SUBSCRIBE", kNotAllowed},    {"NOTIFY", kNotAllowed},
      {"REGISTER", kNotAllowed},     {"FROBNICATE", "SIP/2.0 501 Not Implemented"},
  };
  Bench bench;
  const UpCall up = make_call(bench);
  int cseq = 2;
  for (const Row& row : rows) {
    bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, row.method, cseq++));
    const Message answer = bench.trunk.receive();
    EXPECT_EQ(answer.start(), row.status) << row.method;
    if (row.status == kNotAllowed) {
      EXPECT_EQ(answer.header("Allow"), kAllow) << row.method;
    }
  }
  EXPECT_TRUE(bench.events.empty());
}

TEST(Info, of_what_nobody_asked_for_is_refused_by_the_book) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.trunk.send(
      in_dialog(bench, bench.trunk, up.invite, up.caller_200, "INFO", 2, "Info-Package: foo\r\n"));
  const Message package = bench.trunk.receive();
  EXPECT_EQ(package.start(), "SIP/2.0 469 Bad Info Package");
  EXPECT_NE(package.text.find("\r\nRecv-Info:"), std::string::npos);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Methods, outside_of_calls) {
  struct Row {
    const char* method;
    const char* status;
    const char* allow;
  };
  const Row rows[] = {
      {"REGISTER", "SIP/2.0 405 Method Not Allowed", kAllow},
      {"SUBSCRIBE", "SIP/2.0 405 Method Not Allowed", kAllow},
      {"BYE", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
      {"CANCEL", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
      {"PRACK", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
      {"UPDATE", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
      {"INFO", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
      {"FROBNICATE", "SIP/2.0 501 Not Implemented", ""},
  };
  Bench bench;
  int n = 0;
  for (const Row& row : rows) {
    Invite request = plain(row.method);
    request.branch += std::to_string(++n);
    bench.trunk.send(request.text(bench, bench.trunk));
    const Message answer = bench.trunk.receive();
    EXPECT_EQ(answer.start(), row.status) << row.method;
    EXPECT_EQ(answer.header("Allow"), row.allow) << row.method;
  }
  bench.trunk.send(plain("ACK").text(bench, bench.trunk));
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

TEST(Methods, inside_a_call_that_nobody_has) {
  Bench bench;
  int n = 0;
  for (const char* method : {"INVITE", "BYE", "OPTIONS", "UPDATE", "INFO", "MESSAGE", "REFER"}) {
    Invite request = plain(method);
    request.to_tag = "nobodys";
    request.branch += std::to_string(++n);
    bench.trunk.send(request.text(bench, bench.trunk));
    EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 481 Call/Transaction Does Not Exist")
        << method;
  }
  EXPECT_EQ(bench.signalling->legs(), 0U);
}

}  // namespace
}  // namespace hotline::sip
