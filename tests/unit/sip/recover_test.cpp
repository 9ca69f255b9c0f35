// What a restart says to the legs its predecessor left behind, to the byte.
#include "bench.h"
#include "sip/dialog.h"

namespace hotline::sip {
namespace {

TEST(Recover, a_caller_that_talked_gets_a_bye_through_its_route) {
  Bench bench;
  Peer proxy(bench, "127.0.0.4");
  Invite invite;
  invite.extra =
      "Record-Route: <sip:" + proxy.at() + ";lr>\r\nRecord-Route: <sip:b.example;lr>\r\n";
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  bench.restart();

  EXPECT_TRUE(bench.signalling->end_recovered(offered.dialog, Recovered::answered));
  const Message bye = proxy.receive("BYE");
  EXPECT_EQ(bye.start(), "BYE sip:caller@" + bench.trunk.at() + " SIP/2.0");
  EXPECT_EQ(bye.headers("Route"),
            (std::vector<std::string>{"<sip:" + proxy.at() + ";lr>", "<sip:b.example;lr>"}));
  EXPECT_EQ(bye.header("Call-ID"), invite.call_id);
  EXPECT_EQ(bye.tag_of("From"), ok.tag_of("To"));
  EXPECT_EQ(bye.tag_of("To"), invite.from_tag);
  EXPECT_EQ(bye.header("CSeq"), "10002 BYE");
  EXPECT_EQ(bye.header("Reason"), "Q.850;cause=41;text=\"Temporary failure\"");
  EXPECT_EQ(bench.signalling->legs(), 1u);
  proxy.send(answer_to(bye, proxy, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Recover, a_phone_that_talked_gets_a_bye_through_its_route) {
  Bench bench;
  Peer proxy(bench, "127.0.0.4");
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(
      out, bench.phone, "200 OK", "t", kAnswer,
      "Record-Route: <sip:b.example;lr>\r\nRecord-Route: <sip:" + proxy.at() + ";lr>\r\n"));
  const auto answered = bench.next<call::PhoneAnswered>();
  bench.restart();

  EXPECT_TRUE(bench.signalling->end_recovered(answered.dialog, Recovered::answered));
  const Message bye = proxy.receive("BYE");
  EXPECT_EQ(bye.start(), "BYE sip:desk@" + bench.phone.at() + " SIP/2.0");
  EXPECT_EQ(bye.headers("Route"),
            (std::vector<std::string>{"<sip:" + proxy.at() + ";lr>", "<sip:b.example;lr>"}));
  EXPECT_EQ(bye.header("Call-ID"), out.header("Call-ID"));
  EXPECT_EQ(bye.tag_of("From"), out.tag_of("From"));
  EXPECT_EQ(bye.tag_of("To"), "t");
  EXPECT_EQ(bye.header("CSeq"), "10002 BYE");
  // The phone hangs up in the same moment: no quarrel.
  bench.phone.send(from_phone(out, bench.phone, "t", "BYE", 9));
  EXPECT_EQ(bench.phone.receive().start(), "SIP/2.0 200 OK");
}

TEST(Recover, a_side_that_has_moved_is_found_where_it_went) {
  Bench bench;
  Peer moved(bench, "127.0.0.2");
  const Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  Invite elsewhere = invite;
  elsewhere.contact_line = "Contact: <sip:caller@" + moved.at() + ">\r\n";
  bench.trunk.send(in_dialog(bench, bench.trunk, elsewhere, ok, "UPDATE", 2));
  const auto refreshed = bench.next<call::TargetRefreshed>();
  bench.restart();

  EXPECT_TRUE(
      bench.signalling->end_recovered(refreshed.target + offered.dialog, Recovered::answered));
  EXPECT_EQ(moved.receive("BYE").start(), "BYE sip:caller@" + moved.at() + " SIP/2.0");
}

TEST(Recover, a_caller_that_was_ringing_gets_its_last_word) {
  Bench bench;
  Invite invite;
  invite.extra = "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK-before\r\n";
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::TellRinging{offered.call, {}});
  const Message ringing = bench.trunk.receive("SIP/2.0 180");
  bench.restart();
  bench.trunk.receive("SIP/2.0 503");  // the orderly end of the first; a crash says nothing

  EXPECT_TRUE(bench.signalling->end_recovered(offered.dialog, Recovered::ringing));
  const Message last = bench.trunk.receive();
  EXPECT_EQ(last.start(), "SIP/2.0 503 Service Unavailable");
  EXPECT_EQ(last.header("From"), ringing.header("From"));
  EXPECT_EQ(last.header("To"), ringing.header("To"));
  EXPECT_EQ(last.headers("Via"), ringing.headers("Via"));
  EXPECT_EQ(last.headers("Via").size(), 2u);
  EXPECT_EQ(last.header("CSeq"), "1 INVITE");
  Invite ack = invite;
  ack.method = "ACK";
  ack.to_tag = last.tag_of("To");
  ack.body.clear();
  bench.trunk.send(ack.text(bench, bench.trunk));
  bench.run_dry();
  Loop::skip(Milliseconds(600));
  EXPECT_TRUE(bench.trunk.hears_nothing());  // the ACK was understood
}

TEST(Recover, a_bye_proves_who_we_are_where_the_trunk_asks) {
  Bench bench;
  const auto use_credentials = [&bench] {
    auto snapshot = bench.snapshot();
    snapshot->trunks.front().credentials = {"acme", "secret"};
    bench.signalling->use(snapshot);
  };
  use_credentials();
  call::RingPhone wish = ring_phone(bench, CallRef{7});
  wish.address = routing::TrunkNumber{"unicom", "02161234567"};
  bench.signalling->perform(wish);
  const Message out = bench.trunk.receive("INVITE");
  bench.trunk.send(answer_to(out, bench.trunk, "200 OK", "t", kAnswer));
  const auto answered = bench.next<call::PhoneAnswered>();
  bench.restart();
  use_credentials();

  EXPECT_TRUE(bench.signalling->end_recovered(answered.dialog, Recovered::answered));
  const Message bye = bench.trunk.receive("BYE");
  bench.trunk.send(answer_to(bye, bench.trunk, "407 Proxy Authentication Required", "", {},
                             "Proxy-Authenticate: Digest realm=\"unicom\", nonce=\"n1\"\r\n",
                             false));
  const Message again = bench.trunk.receive("BYE");
  EXPECT_EQ(again.header("CSeq"), "10003 BYE");
  EXPECT_TRUE(again.header("Proxy-Authorization").starts_with("Digest username=\"acme\""));
  EXPECT_EQ(again.header("Reason"), bye.header("Reason"));
  bench.trunk.send(answer_to(again, bench.trunk, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

// Up, and then the server is another one.
struct OutlivedCall {
  explicit OutlivedCall(Bench& bench, bool is_confirmed = true) : offered(offer(bench, invite)) {
    bench.signalling->perform(ring_phone(bench, offered.call));
    out = bench.phone.receive("INVITE");
    bench.phone.send(answer_to(out, bench.phone, "200 OK", "t", kAnswer));
    answered = bench.next<call::PhoneAnswered>();
    bench.signalling->perform(call::ConfirmPhone{answered.leg, {}});
    bench.phone.receive("ACK");
    bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
    ok = bench.trunk.receive("SIP/2.0 200");
    if (is_confirmed) {
      bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
      bench.next<call::CallerConfirmed>();
    }
    bench.restart();
    call = bench.signalling->new_call();
    adopted = bench.signalling->adopt(
        call, {offered.dialog, answered.dialog, {"application/sdp", kAnswer}, {}, is_confirmed});
  }

  Invite invite;
  call::CallOffered offered;
  Message out, ok;
  call::PhoneAnswered answered;
  CallRef call;
  bool adopted = false;
};

TEST(Recover, both_sides_of_a_call_are_asked_whether_they_are_still_there) {
  Bench bench;
  const OutlivedCall outlived(bench);
  ASSERT_TRUE(outlived.adopted);
  const Message caller = bench.trunk.receive("OPTIONS");
  EXPECT_EQ(caller.header("Call-ID"), outlived.invite.call_id);
  EXPECT_EQ(caller.tag_of("From"), outlived.ok.tag_of("To"));
  EXPECT_EQ(caller.header("CSeq"), "10002 OPTIONS");
  bench.trunk.send(answer_to(caller, bench.trunk, "405 Method Not Allowed", ""));
  auto probed = bench.next<call::LegProbed>();
  EXPECT_EQ(probed.leg, LegId::caller(outlived.call));
  EXPECT_TRUE(probed.is_alive) << "it answered";
  const Message phone = bench.phone.receive("OPTIONS");
  bench.phone.send(answer_to(phone, bench.phone, "481 Call Does Not Exist", ""));
  probed = bench.next<call::LegProbed>();
  EXPECT_EQ(probed.leg, (LegId{outlived.call, 1}));
  EXPECT_FALSE(probed.is_alive);
}

TEST(Recover, a_call_that_goes_on_is_changed_and_ended_like_any_other) {
  Bench bench;
  const OutlivedCall outlived(bench);
  bench.trunk.receive("OPTIONS");
  bench.phone.receive("OPTIONS");
  bench.trunk.send(
      in_dialog(bench, bench.trunk, outlived.invite, outlived.ok, "INVITE", 2, {}, kOffer));
  EXPECT_EQ(bench.next<call::MediaOffered>().leg, LegId::caller(outlived.call));
  bench.signalling->perform(call::OfferMedia{LegId{outlived.call, 1}, {"application/sdp", kOffer}});
  const Message change = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(change, bench.phone, "200 OK", "", kAnswer));
  bench.next<call::MediaAccepted>();
  bench.phone.send(from_phone(outlived.out, bench.phone, "t", "BYE", 1));
  EXPECT_EQ(bench.next<call::HungUp>().leg, (LegId{outlived.call, 1}));
  bench.signalling->perform(call::HangUp{LegId::caller(outlived.call), Cause::hung_up});
  EXPECT_EQ(bench.trunk.receive("BYE").tag_of("From"), outlived.ok.tag_of("To"));
}

TEST(Recover, who_may_not_have_heard_the_answer_hears_it_once_more) {
  Bench bench;
  const OutlivedCall outlived(bench, false);
  ASSERT_TRUE(outlived.adopted);
  const Message again = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(again.header("To"), outlived.ok.header("To"));
  EXPECT_EQ(again.body(), outlived.ok.body());
  EXPECT_EQ(again.header("Session-Expires"), outlived.ok.header("Session-Expires"));
  bench.trunk.send(in_dialog(bench, bench.trunk, outlived.invite, again, "ACK", 1));
  EXPECT_EQ(bench.next<call::CallerConfirmed>().call, outlived.call);
}

// It was in a menu: no phone had answered.
TEST(Recover, a_caller_that_is_alone_is_asked_whether_it_is_still_there) {
  Bench bench;
  const Invite invite;
  const call::CallOffered offered = offer(bench, invite);
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  bench.restart();
  const CallRef call = bench.signalling->new_call();
  ASSERT_TRUE(
      bench.signalling->adopt(call, {offered.dialog, "", {"application/sdp", kAnswer}, {}, true}));
  EXPECT_EQ(bench.signalling->legs(), 1u);
  const Message probe = bench.trunk.receive("OPTIONS");
  EXPECT_EQ(probe.header("Call-ID"), invite.call_id);
  bench.trunk.send(answer_to(probe, bench.trunk, "200 OK", ""));
  const auto probed = bench.next<call::LegProbed>();
  EXPECT_EQ(probed.leg, LegId::caller(call));
  EXPECT_TRUE(probed.is_alive);
}

TEST(Recover, takes_up_nothing_that_is_no_dialog) {
  Bench bench;
  const auto adopt = [&](const std::string& caller, const std::string& phone) {
    return bench.signalling->adopt(bench.signalling->new_call(), {caller, phone, {}, {}, true});
  };
  Dialog broken;
  broken.call_id = "x";
  EXPECT_FALSE(adopt("", ""));
  EXPECT_FALSE(adopt("dialog 7\n", broken.to_text()));
  EXPECT_FALSE(adopt(broken.to_text(), broken.to_text()));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(Recover, refuses_what_is_no_dialog) {
  Bench bench;
  EXPECT_FALSE(bench.signalling->end_recovered("", Recovered::answered));
  EXPECT_FALSE(bench.signalling->end_recovered("dialog 7\n", Recovered::ringing));
  Dialog broken;
  broken.call_id = "x";
  for (const auto stage : {Recovered::answered, Recovered::ringing}) {
    bench.signalling->end_recovered(broken.to_text(), stage);
    broken.invite = "nonsense\r\n\r\n";
    broken.target = "tel:1";
    broken.local_uri = broken.remote_uri = "<>";
  }
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

}  // namespace
}  // namespace hotline::sip
