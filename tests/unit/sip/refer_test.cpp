// REFER from a phone: what is passed on as a wish, what is told of it, and what is refused.
#include "bench.h"

namespace hotline::sip {
namespace {

constexpr const char* kWithRefer = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER";

// A REFER of the phone in that call, and the answer.
Message refer(Bench& bench, const UpCall& up, int cseq, const std::string& headers) {
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "REFER", cseq, headers));
  return bench.phone.receive("SIP/2.0");
}

std::string to(const std::string& uri) { return "Refer-To: " + uri + "\r\n"; }

// The next NOTIFY, answered.
Message told(Bench& bench, std::string_view status = "200 OK") {
  Message notify = bench.phone.receive("NOTIFY");
  bench.phone.send(answer_to(notify, bench.phone, status, ""));
  return notify;
}

class Refer : public OverEach {};
INSTANTIATE_TEST_SUITE_P(Each, Refer, testing::ValuesIn(kEach), name_of);

TEST_P(Refer, of_a_phone_is_a_wish_and_hears_what_comes_of_it) {
  const UpCall up = make_call(bench);
  const Message taken = refer(bench, up, 1, to("<sip:8001@pbx.example>"));
  EXPECT_EQ(taken.start(), "SIP/2.0 202 Accepted");
  EXPECT_EQ(taken.header("Contact"), "<sip:" + bench.at() + bench.phone.uri_end() + ">");
  EXPECT_EQ(taken.header("Refer-Sub"), "");
  const auto asked = bench.next<call::TransferAsked>();
  EXPECT_EQ(asked.leg, up.phone);
  EXPECT_EQ(asked.target, "8001");

  const Message trying = told(bench);
  EXPECT_EQ(trying.start(),
            "NOTIFY sip:desk@" + bench.phone.at() + bench.phone.uri_end() + " SIP/2.0");
  EXPECT_EQ(trying.header("Event"), "refer");
  EXPECT_EQ(trying.header("Subscription-State"), "active;expires=600");
  EXPECT_EQ(trying.header("Content-Type"), "message/sipfrag;version=2.0");
  EXPECT_EQ(trying.body(), "SIP/2.0 100 Trying\r\n");
  EXPECT_EQ(trying.tag_of("To"), "desk-tag");
  EXPECT_EQ(trying.header("Call-ID"), up.phone_invite.header("Call-ID"));
  EXPECT_NE(trying.header("Contact"), "");
  EXPECT_NE(trying.header("Max-Forwards"), "");

  bench.signalling->perform(call::TellTransfer{up.phone, 180});
  EXPECT_EQ(told(bench).body(), "SIP/2.0 180 Ringing\r\n");
  bench.signalling->perform(call::TellTransfer{up.phone, 200});
  const Message done = told(bench);
  EXPECT_EQ(done.body(), "SIP/2.0 200 OK\r\n");
  EXPECT_EQ(done.header("Subscription-State"), "terminated;reason=noresource");
  // Nobody subscribes any more.
  bench.signalling->perform(call::TellTransfer{up.phone, 486});
  EXPECT_TRUE(bench.phone.hears_nothing());
  bench.signalling->perform(call::HangUp{up.phone, Cause::hung_up});
  EXPECT_EQ(bench.phone.receive("BYE").tag_of("To"), "desk-tag");
}

TEST_P(Refer, is_one_at_a_time_and_the_next_has_a_number) {
  const UpCall up = make_call(bench);
  EXPECT_EQ(refer(bench, up, 7, to("<sip:8001@x>")).start(), "SIP/2.0 202 Accepted");
  told(bench);
  EXPECT_EQ(refer(bench, up, 8, to("<sip:8002@x>")).start(), "SIP/2.0 491 Request Pending");
  bench.next<call::TransferAsked>();
  EXPECT_TRUE(bench.events.empty());
  bench.signalling->perform(call::TellTransfer{up.phone, 486});
  EXPECT_EQ(told(bench).body(), "SIP/2.0 486 Busy Here\r\n");
  EXPECT_EQ(refer(bench, up, 9, to("<sip:8002@x>")).start(), "SIP/2.0 202 Accepted");
  EXPECT_EQ(told(bench).header("Event"), "refer;id=9");
  EXPECT_EQ(bench.next<call::TransferAsked>().target, "8002");
}

TEST_P(Refer, of_who_wants_no_news_is_silent) {
  const UpCall up = make_call(bench);
  const Message taken = refer(bench, up, 1, to("<sip:8001@x>") + "Refer-Sub: false\r\n");
  EXPECT_EQ(taken.start(), "SIP/2.0 202 Accepted");
  EXPECT_EQ(taken.header("Refer-Sub"), "false");
  bench.next<call::TransferAsked>();
  bench.signalling->perform(call::TellTransfer{up.phone, 200});
  EXPECT_TRUE(bench.phone.hears_nothing());
  EXPECT_EQ(refer(bench, up, 2, to("<sip:8002@x>") + "Refer-Sub: true\r\n").header("Refer-Sub"),
            "");
  EXPECT_EQ(told(bench).body(), "SIP/2.0 100 Trying\r\n");
}

TEST(Refers, name_whom_the_caller_shall_go_to) {
  struct Row {
    const char* refer_to;
    const char* status;
    const char* target;  // or why not
  };
  const Row rows[] = {
      {"<sip:8001@pbx.example>", "202", "8001"},
      {"sip:8001@pbx.example", "202", "8001"},
      {"\"Li\" <sips:li%20wei@pbx.example>;x=y", "202", "li wei"},
      {"<tel:+8613900000000;x=1>", "202", "+8613900000000"},
      {"<sip:8001;phone-context=x@pbx>", "202", "8001"},
      {"<sip:8001@pbx;method=INVITE>", "202", "8001"},
      {"<sip:8001@pbx?Subject=x>", "202", "8001"},
      {"<sip:8001@pbx?Replaces=a%40b%3Bto-tag%3Dc>", "501",
       "a call is not transferred to another call"},
      {"<sip:8001@pbx?Subject=x&replaces=a>", "501", "a call is not transferred to another call"},
      {"<sip:8001@pbx;method=BYE>", "501", "a transfer is a call"},
      {"<mailto:li@pbx.example>", "416", "calls go to sip, sips and tel alone"},
      {"<http://pbx.example/8001>", "416", "calls go to sip, sips and tel alone"},
      {"<sip:pbx.example>", "400", "Refer-To names no number, or a longer one than there is"},
      {"<sip:;x@pbx.example>", "400", "Refer-To names no number"},
      {"<sip:0123456789012345678901234567890123456789012345678901234567890123@x>", "202",
       "0123456789012345678901234567890123456789012345678901234567890123"},
      {"<sip:01234567890123456789012345678901234567890123456789012345678901234@x>", "400",
       "Refer-To names no number, or a longer one than there is"},
  };
  Bench bench;
  const UpCall up = make_call(bench);
  int cseq = 1;
  for (const Row& row : rows) {
    const Message answer = refer(bench, up, cseq++, to(row.refer_to));
    EXPECT_EQ(answer.start().substr(8, 3), row.status) << row.refer_to;
    if (row.status == std::string_view("202")) {
      told(bench);
      EXPECT_EQ(bench.next<call::TransferAsked>().target, row.target) << row.refer_to;
      bench.signalling->perform(call::TellTransfer{up.phone, 603});
      told(bench);
    } else {
      EXPECT_EQ(answer.header("Warning"), std::string("399 hotlined \"") + row.target + '"')
          << row.refer_to;
    }
  }
  EXPECT_TRUE(bench.events.empty());
}

TEST(Refers, that_name_nobody_or_several_are_refused) {
  Bench bench;
  const UpCall up = make_call(bench);
  EXPECT_EQ(refer(bench, up, 1, "").start(), "SIP/2.0 400 Bad Request");
  EXPECT_EQ(refer(bench, up, 2, to("<sip:1@x>") + to("<sip:2@x>")).start().substr(0, 11),
            "SIP/2.0 400");
  EXPECT_EQ(refer(bench, up, 3, to("<sip:1@x>, <sip:2@x>")).start().substr(0, 11), "SIP/2.0 400");
  EXPECT_EQ(refer(bench, up, 4, to("<sip:1@x>") + "Require: x\r\n").start(),
            "SIP/2.0 420 Bad Extension");
  EXPECT_TRUE(bench.events.empty());
}

TEST(Refers, of_a_caller_are_refused) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "REFER", 2,
                             to("<sip:13900000000@x>")));
  const Message refused = bench.trunk.receive();
  EXPECT_EQ(refused.start(), "SIP/2.0 403 Forbidden");
  EXPECT_EQ(refused.header("Warning"), "399 hotlined \"a caller does not transfer its call\"");
  EXPECT_EQ(up.caller_200.header("Allow").find("REFER"), std::string::npos);
  EXPECT_EQ(up.phone_invite.header("Allow"), kWithRefer);
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "OPTIONS", 1));
  EXPECT_EQ(bench.phone.receive("SIP/2.0 200").header("Allow"), kWithRefer);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Refers, are_not_taken_where_transfers_are_not) {
  Bench bench;
  bench.transfers = false;
  bench.restart();
  const UpCall up = make_call(bench);
  const Message refused = refer(bench, up, 1, to("<sip:8001@x>"));
  EXPECT_EQ(refused.start(), "SIP/2.0 405 Method Not Allowed");
  EXPECT_EQ(refused.header("Allow").find("REFER"), std::string::npos);
  EXPECT_EQ(up.phone_invite.header("Allow").find("REFER"), std::string::npos);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Refers, of_a_phone_that_rings_come_too_early) {
  Bench bench;
  const auto offered = offer(bench, Invite{});
  const Message invite = ring_desk(bench, offered.call);
  bench.phone.send(from_phone(invite, bench.phone, "t", "REFER", 1, to("<sip:8001@x>")));
  const Message early = bench.phone.receive("SIP/2.0");
  EXPECT_EQ(early.start(), "SIP/2.0 500 Server Internal Error");
  EXPECT_NE(early.header("Retry-After"), "");
  EXPECT_TRUE(bench.events.empty());
}

// Most phones leave as soon as they are told that it is taken.
TEST(Refers, outlive_neither_the_phone_nor_the_call) {
  Bench bench;
  const UpCall up = make_call(bench);
  refer(bench, up, 1, to("<sip:8001@x>"));
  bench.phone.receive("NOTIFY");  // not answered
  bench.next<call::TransferAsked>();
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "BYE", 2));
  bench.phone.receive("SIP/2.0 200");
  EXPECT_EQ(bench.next<call::HungUp>().leg, up.phone);
  bench.signalling->perform(call::TellTransfer{up.phone, 200});
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 1U);  // the caller's
  bench.phone.drain();
  Loop::skip(Seconds(1));
  EXPECT_EQ(bench.phone.receive("NOTIFY").body(), "SIP/2.0 100 Trying\r\n");  // as it was
}

TEST(Refers, are_answered_to_a_phone_that_has_forgotten_them) {
  Bench bench;
  const UpCall up = make_call(bench);
  refer(bench, up, 1, to("<sip:8001@x>"));
  told(bench, "481 Subscription Does Not Exist");
  bench.signalling->perform(call::TellTransfer{up.phone, 200});
  EXPECT_EQ(told(bench, "481 Subscription Does Not Exist").body(), "SIP/2.0 200 OK\r\n");
  bench.next<call::TransferAsked>();
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());  // the call goes on
}

}  // namespace
}  // namespace hotline::sip
