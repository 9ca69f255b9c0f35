#include <thread>

#include "bench.h"

namespace hotline::sip {
namespace {

TEST(Bye, of_the_phone_is_told_once_however_often_it_is_said) {
  Bench bench;
  const UpCall up = make_call(bench);
  const std::string bye = from_phone(up.phone_invite, bench.phone, "desk-tag", "BYE", 1,
                                     "Reason: SIP;cause=200, Q.850;cause=17\r\n");
  bench.phone.send(bye);
  const Message ok = bench.phone.receive();
  EXPECT_EQ(ok.start(), "SIP/2.0 200 OK");
  bench.phone.send(bye);
  EXPECT_EQ(bench.phone.receive().text, ok.text);
  const auto hung = bench.next<call::HungUp>();
  EXPECT_EQ(hung.leg, up.phone);
  EXPECT_EQ(hung.q850, 17);
  bench.signalling->perform(call::HangUp{up.phone, Cause::hung_up});  // crossed: ignored
  EXPECT_TRUE(bench.phone.hears_nothing());
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 1u);  // the caller's
}

TEST(Bye, that_waited_to_be_read_says_how_long) {
  for (const auto transport : {routing::Transport::udp, routing::Transport::tcp}) {
    const bool is_tcp = transport == routing::Transport::tcp;
    Bench bench(is_tcp, transport);
    const UpCall up = make_call(bench);
    bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "BYE", 2));
    std::this_thread::sleep_for(Milliseconds(60));
    const auto hung = bench.next<call::HungUp>();
    EXPECT_TRUE(hung.leg.is_caller());
    if (is_tcp) {
      EXPECT_EQ(hung.waited, Milliseconds(0)) << "a stream does not tell";
    } else {
      EXPECT_GE(hung.waited, Milliseconds(59));
    }
  }
}

TEST(Bye, of_both_at_once_ends_both) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::HangUp{LegId::caller(up.call), Cause::credit_ended});
  const Message ours = bench.trunk.receive("BYE");
  EXPECT_EQ(ours.header("CSeq"), "2 BYE");
  EXPECT_EQ(ours.header("Reason"), "Q.850;cause=16;text=\"Normal call clearing\"");
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "BYE", 2));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 200 OK");
  bench.trunk.send(answer_to(ours, bench.trunk, "481 Call/Transaction Does Not Exist", ""));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 1u);
}

TEST(Bye, never_answered_is_given_up) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::HangUp{up.phone, Cause::hung_up});
  bench.signalling->perform(call::HangUp{LegId::caller(up.call), Cause::hung_up});
  Loop::skip(Seconds(9));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Bye, of_a_caller_that_never_confirmed_is_a_hang_up) {
  Bench bench;
  const Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "BYE", 2));
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 200").header("CSeq"), "2 BYE");
  EXPECT_TRUE(bench.next<call::HungUp>().leg.is_caller());
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(Bye, does_not_overtake_the_callers_confirmation) {
  Bench bench;
  const Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.signalling->perform(call::HangUp{LegId::caller(offered.call), Cause::operator_ended});
  EXPECT_TRUE(bench.trunk.hears_nothing());
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  EXPECT_TRUE(bench.trunk.receive("BYE"));
  EXPECT_TRUE(bench.events.empty());
}

TEST(Bye, to_a_phone_not_yet_confirmed_follows_an_ack) {
  Bench bench;
  const CallRef call{7};
  bench.signalling->perform(ring_phone(bench, call));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t", kAnswer));
  bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::HangUp{{call, 1}, Cause::store_down});
  EXPECT_TRUE(bench.phone.receive().text.starts_with("ACK"));
  EXPECT_EQ(bench.phone.receive().header("Reason"), "Q.850;cause=41;text=\"Temporary failure\"");
}

TEST(Bye, of_nobodys_call_is_unknown) {
  Bench bench;
  const UpCall up = make_call(bench);
  Message wrong = up.caller_200;
  wrong.text.replace(wrong.text.find(wrong.tag_of("To")), 4, "0000");
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, wrong, "BYE", 2));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 481 Call/Transaction Does Not Exist");
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 2u);
}

}  // namespace
}  // namespace hotline::sip
