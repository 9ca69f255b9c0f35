// The caller's leg, on the wire.
#include "bench.h"

namespace hotline::sip {
namespace {

// Offers a call and takes the 100 away.
CallRef offer_past_100(Bench& bench, const Invite& invite = {}) {
  const CallRef call = offer(bench, invite).call;
  bench.trunk.receive("SIP/2.0 100");
  return call;
}

TEST(InviteIn, what_is_wrong_with_a_request_is_said) {
  struct Row {
    const char* what;
    Invite invite;
    const char* status;
    const char* header;
    const char* value;
  };
  Invite base;
  std::vector<Row> rows;
  const auto add = [&](const char* what, const char* status, auto change, const char* header = "",
                       const char* value = "") {
    Invite invite = base;
    change(invite);
    rows.push_back({what, invite, status, header, value});
  };
  const char* bad = "SIP/2.0 400 Bad Request";
  add("no contact", bad, [](Invite& i) { i.contact_line = "Subject: none\r\n"; });
  add("contact tel", bad, [](Invite& i) { i.contact_line = "Contact: <tel:+86139>\r\n"; });
  add("contact star", bad, [](Invite& i) { i.contact_line = "Contact: *\r\n"; });
  add("contact mailto", bad, [](Invite& i) { i.contact_line = "Contact: <mailto:a@b>\r\n"; });
  add("two contacts", bad,
      [](Invite& i) { i.contact_line = "Contact: <sip:a@127.0.0.2>, <sip:b@127.0.0.2>\r\n"; });
  add("misleading contact", bad,
      [](Invite& i) { i.contact_line = "Contact: <sip:a@127.0.0.2;lrX>\r\n"; });
  add("misleading record-route", bad,
      [](Invite& i) { i.extra = "Record-Route: <sip:127.0.0.4;lrX>\r\n"; });
  add("record-route tel", bad, [](Invite& i) { i.extra = "Record-Route: <tel:1>\r\n"; });
  add("broken description", bad, [](Invite& i) { i.body = "v=0\r\nnonsense\r\n"; });
  add("the memory eater", bad,
      [](Invite& i) { i.body = std::string(kOffer) + "m=audio 49152 TCP/\xc3\x84/MSRP\r\n"; });
  add(
      "nothing to hear", "SIP/2.0 488 Not Acceptable Here",
      [](Invite& i) { i.body = "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\n"; }, "Reason",
      "Q.850;cause=65;text=\"Bearer capability not implemented\"");
  add(
      "a text", "SIP/2.0 415 Unsupported Media Type",
      [](Invite& i) { i.content_type = "text/plain"; }, "Accept", "application/sdp");
  add(
      "compressed", "SIP/2.0 415 Unsupported Media Type",
      [](Invite& i) { i.extra = "Content-Encoding: gzip\r\n"; }, "Accept", "application/sdp");
  add(
      "a caller that reads no description", "SIP/2.0 406 Not Acceptable",
      [](Invite& i) { i.extra = "Accept: text/plain, image/*\r\n"; }, "Accept", "application/sdp");
  add("too large", "SIP/2.0 413 Request Entity Too Large",
      [](Invite& i) { i.body = kOffer + std::string("a=") + std::string(17'000, 'x') + "\r\n"; });
  add(
      "extensions", "SIP/2.0 420 Bad Extension",
      [](Invite& i) { i.extra = "Require: 100rel, frobnication\r\n"; }, "Unsupported",
      "frobnication");
  add("in a dialog that is none", "SIP/2.0 481 Call/Transaction Does Not Exist",
      [](Invite& i) { i.to_tag = "unknown"; });

  Bench bench;
  int n = 0;
  for (Row& row : rows) {
    row.invite.branch += std::to_string(++n);
    row.invite.call_id += std::to_string(n);
    bench.trunk.send(row.invite.text(bench, bench.trunk));
    const Message answer = bench.trunk.receive();
    EXPECT_EQ(answer.start(), row.status) << row.what;
    if (*row.header != 0) {
      EXPECT_EQ(answer.header(row.header), row.value) << row.what;
    }
    EXPECT_NE(answer.tag_of("To"), "") << row.what;
  }
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_EQ(bench.signalling->counters().malformed, 15u);
}

TEST(InviteIn, privacy_we_cannot_give_is_refused_to_who_insists) {
  Bench bench;
  Invite invite;
  invite.extra = "Privacy: session;critical\r\n";
  bench.trunk.send(invite.text(bench, bench.trunk));
  const Message refusal = bench.trunk.receive();
  EXPECT_EQ(refusal.start(), "SIP/2.0 500 Server Internal Error");
  EXPECT_EQ(refusal.header("Warning"), "399 hotlined \"session privacy is not to be had here\"");
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteIn, each_refusal_has_its_status_line_and_reason) {
  struct Row {
    Cause cause;
    const char* status;
    const char* reason;
    const char* retry;
  };
  const Row rows[] = {
      {Cause::unknown_number, "404 Not Found", "Q.850;cause=1;text=\"Unallocated number\"", ""},
      {Cause::blacklisted, "603 Decline", "Q.850;cause=21;text=\"Call rejected\"", ""},
      {Cause::withheld, "433 Anonymity Disallowed", "Q.850;cause=21;text=\"Call rejected\"", ""},
      {Cause::no_credit, "402 Payment Required", "Q.850;cause=21;text=\"Call rejected\"", ""},
      {Cause::closed, "480 Temporarily Unavailable", "Q.850;cause=31;text=\"Normal, unspecified\"",
       ""},
      {Cause::all_busy, "486 Busy Here", "Q.850;cause=17;text=\"User busy\"", ""},
      {Cause::overload, "503 Service Unavailable",
       "Q.850;cause=42;text=\"Switching equipment congestion\"", "5"},
      {Cause::hop_limit, "483 Too Many Hops", "Q.850;cause=25;text=\"Exchange routing error\"", ""},
      {Cause::cancelled, "487 Request Terminated", "", ""},
  };
  Bench bench;
  int n = 0;
  for (const Row& row : rows) {
    Invite invite;
    invite.branch += std::to_string(++n);
    invite.call_id += std::to_string(n);
    const CallRef call = offer_past_100(bench, invite);
    bench.signalling->perform(call::RefuseCaller{call, row.cause});
    const Message answer = bench.trunk.receive();
    EXPECT_EQ(answer.start(), std::string("SIP/2.0 ") + row.status);
    EXPECT_EQ(answer.header("Reason"), row.reason) << row.status;
    EXPECT_EQ(answer.header("Retry-After"), row.retry) << row.status;
    EXPECT_EQ(answer.header("Contact"), "") << row.status;
    Invite ack = invite;
    ack.method = "ACK";
    ack.to_tag = answer.tag_of("To");
    ack.body.clear();
    bench.trunk.send(ack.text(bench, bench.trunk));
    bench.run_dry();
  }
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(InviteIn, tells_what_the_carrier_said) {
  Bench bench;
  Invite invite;
  invite.dialled = "+864001234567;npdi";
  invite.extra =
      "P-Asserted-Identity: \"Li \\\"\\\" <sip:x>\" <sip:+8613912345678@carrier>\r\n"
      "Privacy: none\r\n";
  std::string text = invite.text(bench, bench.trunk);
  text.replace(text.find("Max-Forwards: 70"), 16, "Max-Forwards: 0");
  bench.trunk.send(text);
  const auto offered = bench.next<call::CallOffered>();
  EXPECT_EQ(offered.dialled, "+864001234567");
  EXPECT_EQ(offered.caller.raw, "+8613912345678");
  EXPECT_EQ(offered.caller_name, "Li \"\" <sip:x>");
  EXPECT_EQ(offered.hops_left, 0);
}

// A proxy behind a phone's address that sends our own INVITE back to us.
TEST(InviteIn, our_own_call_come_back_is_known) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  const Message out = bench.phone.receive("INVITE");
  Invite back;
  back.call_id = out.header("Call-ID");
  back.from_tag = out.tag_of("From");
  const auto offered = offer(bench, back);
  EXPECT_TRUE(offered.looped);
  bench.signalling->perform(call::RefuseCaller{offered.call, Cause::loop});
  const Message refusal = bench.trunk.receive("SIP/2.0 482");
  EXPECT_EQ(refusal.start(), "SIP/2.0 482 Loop Detected");
  EXPECT_EQ(refusal.header("Reason"), "Q.850;cause=25;text=\"Exchange routing error\"");
  Invite other;
  other.call_id = out.header("Call-ID") + "x";
  EXPECT_FALSE(offer(bench, other).looped);
}

TEST(InviteIn, said_twice_is_one_call) {
  Bench bench;
  const Invite invite;
  offer_past_100(bench, invite);
  bench.trunk.send(invite.text(bench, bench.trunk));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 100 Trying");
  EXPECT_TRUE(bench.events.empty());

  Invite merged = invite;  // the same request by another way
  merged.branch += "-other";
  bench.trunk.send(merged.text(bench, bench.trunk));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 482 Request merged");
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->counters().calls, 1u);
}

TEST(InviteIn, ringing_is_repeated_each_minute) {
  Bench bench;
  const CallRef call = offer_past_100(bench);
  bench.signalling->perform(call::TellRinging{call, {}});
  bench.signalling->perform(call::TellRinging{call, {}});
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 180 Ringing");
  EXPECT_TRUE(bench.trunk.hears_nothing());
  Loop::skip(Seconds(61));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 180 Ringing");
}

TEST(InviteIn, an_answer_never_confirmed_is_repeated_and_then_hung_up) {
  Bench bench;
  const CallRef call = offer_past_100(bench);
  bench.signalling->perform(call::AnswerCaller{call, {"application/sdp", kAnswer}});
  const Message first = bench.trunk.receive("SIP/2.0 200");
  Loop::skip(Milliseconds(600));
  EXPECT_EQ(bench.trunk.receive().text, first.text);
  Loop::skip(Seconds(9));
  EXPECT_EQ(bench.next<call::CallerLost>().call, call);
  const Message bye = bench.trunk.receive("BYE");
  EXPECT_EQ(bye.start(), "BYE sip:caller@" + bench.trunk.at() + " SIP/2.0");
  EXPECT_EQ(bye.header("Reason"), "Q.850;cause=102;text=\"Recovery on timer expiry\"");
  bench.trunk.send(answer_to(bye, bench.trunk, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteIn, an_answer_repeated_is_confirmed_once) {
  Bench bench;
  const Invite invite;
  const CallRef call = offer_past_100(bench, invite);
  bench.signalling->perform(call::AnswerCaller{call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(invite.text(bench, bench.trunk));  // our 200 was lost, it believes
  EXPECT_EQ(bench.trunk.receive().text, ok.text);
  for (int i = 0; i < 2; ++i) {
    bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  }
  bench.next<call::CallerConfirmed>();
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteIn, record_routes_come_back_and_are_followed) {
  Bench bench;
  Peer proxy(bench, "127.0.0.4");
  Invite invite;
  invite.extra =
      "Record-Route: <sip:" + proxy.at() + ";lr>\r\n" + "Record-Route: <sip:far.example;lr>\r\n";
  const CallRef call = offer_past_100(bench, invite);
  bench.signalling->perform(call::AnswerCaller{call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(ok.headers("Record-Route").size(), 2u);
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  bench.signalling->perform(call::HangUp{LegId::caller(call), Cause::credit_ended});
  const Message bye = proxy.receive("BYE");
  EXPECT_EQ(bye.start(), "BYE sip:caller@" + bench.trunk.at() + " SIP/2.0");
  EXPECT_EQ(bye.headers("Route"),
            (std::vector<std::string>{"<sip:" + proxy.at() + ";lr>", "<sip:far.example;lr>"}));
  // The proxy is a peer now, for as long as it takes part.
  proxy.send(answer_to(bye, proxy, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(InviteIn, a_contact_with_a_name_is_reached_where_it_came_from) {
  Bench bench;
  Invite invite;
  invite.contact_line = "Contact: <sip:caller@pbx.example.com;transport=tcp>\r\n";
  const CallRef call = offer_past_100(bench, invite);
  bench.signalling->perform(call::AnswerCaller{call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  bench.signalling->perform(call::HangUp{LegId::caller(call), Cause::hung_up});
  EXPECT_EQ(bench.trunk.receive("BYE").start(),
            "BYE sip:caller@pbx.example.com;transport=tcp SIP/2.0");
}

TEST(InviteIn, listening_everywhere_we_are_somewhere) {
  for (const char* everywhere : {"0.0.0.0", "::1"}) {
    Bench bench;
    bench.signalling.reset();
    Settings settings;
    settings.listen = {{routing::Transport::udp, everywhere, bench.port}};
    auto opened = Signalling::open(*bench.loop, settings, [&bench](const call::Event& event) {
      bench.events.push_back(event);
    });
    ASSERT_TRUE(opened.has_value()) << opened.error();
    if (everywhere == std::string_view("::1")) continue;
    bench.signalling = std::move(*opened);
    bench.signalling->use(bench.snapshot());
    const CallRef call = offer_past_100(bench);
    bench.signalling->perform(call::TellRinging{call, {}});
    const std::string contact = bench.trunk.receive("SIP/2.0 180").header("Contact");
    EXPECT_TRUE(contact.starts_with("<sip:")) << contact;
    EXPECT_EQ(contact.find("0.0.0.0"), std::string::npos) << contact;
    EXPECT_TRUE(contact.ends_with(":" + std::to_string(bench.port) + ">")) << contact;
  }
}

TEST(InviteIn, an_address_that_is_taken_is_one_sentence) {
  Bench bench;
  const auto loop = std::move(bench.loop);
  Settings settings;
  settings.listen = {{routing::Transport::udp, "127.0.0.2", bench.trunk.port()}};
  bench.signalling.reset();
  const auto opened = Signalling::open(*loop, settings, [](const call::Event&) {});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error(),
            "cannot listen on udp:" + bench.trunk.at() + ": Address already in use");
}

}  // namespace
}  // namespace hotline::sip
