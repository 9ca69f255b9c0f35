#include "bench.h"

namespace hotline::sip {
namespace {

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
  EXPECT_EQ(answer.header("Allow"), "INVITE, ACK, CANCEL, BYE, OPTIONS");
  EXPECT_EQ(answer.header("Accept"), "application/sdp");
  EXPECT_EQ(answer.header("Server"), "hotlined");
  bench.phone.send(plain("OPTIONS").text(bench, bench.phone));
  EXPECT_EQ(bench.phone.receive().start(), "SIP/2.0 200 OK");
}

TEST(Options, and_other_methods_inside_a_call) {
  struct Row {
    const char* method;
    const char* status;
  };
  const Row rows[] = {
      {"OPTIONS", "SIP/2.0 200 OK"},
      {"INFO", "SIP/2.0 405 Method Not Allowed"},
      {"UPDATE", "SIP/2.0 405 Method Not Allowed"},
      {"REFER", "SIP/2.0 405 Method Not Allowed"},
      {"MESSAGE", "SIP/2.0 405 Method Not Allowed"},
      {"FROBNICATE", "SIP/2.0 501 Not Implemented"},
  };
  Bench bench;
  const UpCall up = make_call(bench);
  int cseq = 2;
  for (const Row& row : rows) {
    bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, row.method, cseq++));
    EXPECT_EQ(bench.trunk.receive().start(), row.status) << row.method;
  }
  EXPECT_TRUE(bench.events.empty());
}

TEST(Methods, outside_of_calls) {
  struct Row {
    const char* method;
    const char* status;
    const char* allow;
  };
  const Row rows[] = {
      {"REGISTER", "SIP/2.0 405 Method Not Allowed", "INVITE, ACK, CANCEL, BYE, OPTIONS"},
      {"SUBSCRIBE", "SIP/2.0 405 Method Not Allowed", "INVITE, ACK, CANCEL, BYE, OPTIONS"},
      {"BYE", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
      {"CANCEL", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
      {"PRACK", "SIP/2.0 481 Call/Transaction Does Not Exist", ""},
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

}  // namespace
}  // namespace hotline::sip
