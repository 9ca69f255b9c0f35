// A whole call on real sockets: what each side hears, to the byte where it matters.
#include "bench.h"

namespace hotline::sip {
namespace {

TEST(Call, is_offered_rung_answered_and_hung_up_by_the_caller) {
  Bench bench;
  const Invite invite;
  bench.trunk.send(invite.text(bench, bench.trunk));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 100 Trying");
  const auto offered = bench.next<call::CallOffered>();
  EXPECT_EQ(offered.call.value, 41u);
  EXPECT_EQ(offered.trunk, "unicom");
  EXPECT_EQ(offered.dialled, "4001234567");
  EXPECT_EQ(offered.caller.raw, "13900000000");
  EXPECT_EQ(offered.caller.kind, number::Kind::unknown);
  EXPECT_EQ(offered.offer, (call::Media{"application/sdp", kOffer}));
  EXPECT_EQ(offered.hops_left, 70);
  EXPECT_EQ(offered.leg_id, "call-1@caller");

  bench.signalling->perform(ring_phone(bench, offered.call));
  const Message out = bench.phone.receive();
  EXPECT_EQ(out.start(), "INVITE sip:desk@" + bench.phone.at() + " SIP/2.0");
  bench.phone.send(answer_to(out, bench.phone, "180 Ringing", "desk-tag"));
  EXPECT_EQ(bench.next<call::PhoneRang>().leg, (LegId{offered.call, 1}));
  bench.signalling->perform(call::TellRinging{offered.call, {}});
  const Message ringing = bench.trunk.receive();
  EXPECT_EQ(ringing.start(), "SIP/2.0 180 Ringing");
  EXPECT_EQ(ringing.body(), "");

  bench.phone.send(answer_to(out, bench.phone, "200 OK", "desk-tag", kAnswer));
  const auto answered = bench.next<call::PhoneAnswered>();
  EXPECT_EQ(answered.answer.body, kAnswer);
  EXPECT_EQ(answered.leg_id, out.header("Call-ID"));
  bench.signalling->perform(call::ConfirmPhone{answered.leg, {}});
  const Message ack = bench.phone.receive();
  EXPECT_EQ(ack.start(), "ACK sip:desk@" + bench.phone.at() + " SIP/2.0");
  EXPECT_EQ(ack.header("CSeq"), "1 ACK");

  bench.signalling->perform(call::AnswerCaller{offered.call, answered.answer});
  const Message ok = bench.trunk.receive();
  EXPECT_EQ(ok.start(), "SIP/2.0 200 OK");
  EXPECT_EQ(ok.body(), kAnswer);
  EXPECT_EQ(ok.header("Contact"), "<sip:" + bench.at() + ">");
  EXPECT_EQ(ok.tag_of("To"), ringing.tag_of("To"));
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  EXPECT_EQ(bench.next<call::CallerConfirmed>().call, offered.call);

  bench.trunk.send(
      in_dialog(bench, bench.trunk, invite, ok, "BYE", 2, "Reason: Q.850;cause=31\r\n"));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 200 OK");
  const auto hung = bench.next<call::HungUp>();
  EXPECT_TRUE(hung.leg.is_caller());
  EXPECT_EQ(hung.q850, 31);
  bench.signalling->perform(call::HangUp{answered.leg, Cause::hung_up});
  const Message bye = bench.phone.receive();
  EXPECT_EQ(bye.start(), "BYE sip:desk@" + bench.phone.at() + " SIP/2.0");
  EXPECT_EQ(bye.header("CSeq"), "2 BYE");
  EXPECT_EQ(bye.header("Reason"), "Q.850;cause=16;text=\"Normal call clearing\"");
  bench.phone.send(answer_to(bye, bench.phone, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

}  // namespace
}  // namespace hotline::sip
