// INVITE and re-INVITE without an offer: the answering side describes its media first, and the
// answers travel in the ACKs.
#include "bench.h"

namespace hotline::sip {
namespace {

const call::Media kPhonesOffer{"application/sdp", kAnswer};
const call::Media kCallersAnswer{"application/sdp", kOffer};

Invite without_offer() {
  Invite invite;
  invite.body.clear();
  return invite;
}

// The phone's INVITE without an offer, answered with one.
Message offering_phone(Bench& bench, CallRef call) {
  call::RingPhone wish = ring_phone(bench, call);
  wish.offer = {};
  bench.signalling->perform(wish);
  Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "desk-tag", kAnswer));
  return out;
}

TEST(DelayedOffer, travels_in_the_200s_and_its_answer_in_the_acks) {
  Bench bench;
  const Invite invite = without_offer();
  const auto offered = offer(bench, invite);
  EXPECT_TRUE(offered.offer.empty());
  const Message out = offering_phone(bench, offered.call);
  EXPECT_EQ(out.body(), "");
  EXPECT_EQ(out.header("Content-Type"), "");
  EXPECT_EQ(out.header("Supported"), "timer");  // no 100rel: its answer would have to be an offer
  const auto answered = bench.next<call::PhoneAnswered>();
  EXPECT_EQ(answered.answer, kPhonesOffer);

  bench.signalling->perform(call::AnswerCaller{offered.call, answered.answer});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(ok.body(), kAnswer);
  EXPECT_TRUE(bench.phone.hears_nothing());  // its answer waits for the caller's
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1, {}, kOffer));
  const auto confirmed = bench.next<call::CallerConfirmed>();
  EXPECT_EQ(confirmed.answer, kCallersAnswer);
  bench.signalling->perform(call::ConfirmPhone{answered.leg, confirmed.answer});
  const Message ack = bench.phone.receive("ACK");
  EXPECT_EQ(ack.header("CSeq"), "1 ACK");
  EXPECT_EQ(ack.header("Content-Type"), "application/sdp");
  EXPECT_EQ(ack.body(), kOffer);
  EXPECT_TRUE(bench.events.empty());
}

TEST(DelayedOffer, never_answered_loses_the_caller) {
  for (const char* body : {"", "v=0\r\nnonsense\r\n"}) {
    Bench bench;
    const Invite invite = without_offer();
    const auto offered = offer(bench, invite);
    bench.signalling->perform(call::AnswerCaller{offered.call, kPhonesOffer});
    const Message ok = bench.trunk.receive("SIP/2.0 200");
    bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1, {}, body));
    EXPECT_EQ(bench.next<call::CallerLost>().call, offered.call);
    EXPECT_TRUE(bench.trunk.receive("BYE"));
    EXPECT_TRUE(bench.events.empty());
  }
}

// "m=" lines of the offer, each with port 0.
void expect_rejection(const Message& ack) {
  EXPECT_TRUE(ack.body().ends_with("m=audio 0 RTP/AVP 8\r\n")) << ack.text;
}

TEST(DelayedOffer, of_a_phone_that_lost_is_rejected_stream_by_stream) {
  Bench bench;
  offering_phone(bench, CallRef{7});
  const auto answered = bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::CancelPhone{answered.leg, true});
  expect_rejection(bench.phone.receive("ACK"));
  EXPECT_TRUE(bench.phone.receive("BYE"));
}

TEST(DelayedOffer, of_a_phone_hung_up_before_the_callers_answer_is_rejected) {
  Bench bench;
  offering_phone(bench, CallRef{7});
  const auto answered = bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::HangUp{answered.leg, Cause::caller_lost});
  expect_rejection(bench.phone.receive("ACK"));
  EXPECT_TRUE(bench.phone.receive("BYE"));
}

TEST(DelayedOffer, that_the_phone_does_not_make_is_a_failure) {
  Bench bench;
  call::RingPhone wish = ring_phone(bench, CallRef{7});
  wish.offer = {};
  bench.signalling->perform(wish);
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t"));
  EXPECT_EQ(bench.next<call::PhoneFailed>().status, 200);
  EXPECT_EQ(bench.phone.receive("ACK").body(), "");
  EXPECT_TRUE(bench.phone.receive("BYE"));
}

// --- inside a call -----------------------------------------------------------------------------

TEST(DelayedOffer, of_a_change_goes_round_through_all_four) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "INVITE", 2));
  const auto wanted = bench.next<call::MediaOffered>();
  EXPECT_TRUE(wanted.offer.empty());
  bench.signalling->perform(call::OfferMedia{up.phone, {}});
  const Message out = bench.phone.receive("INVITE");
  EXPECT_EQ(out.body(), "");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kAnswer));
  const auto offered = bench.next<call::MediaAccepted>();
  EXPECT_EQ(offered.answer, kPhonesOffer);
  EXPECT_TRUE(bench.phone.hears_nothing());  // no ACK yet

  bench.signalling->perform(call::AcceptMedia{LegId::caller(up.call), offered.answer});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(ok.body(), kAnswer);
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "ACK", 2, {}, kOffer));
  const auto confirmed = bench.next<call::MediaConfirmed>();
  EXPECT_TRUE(confirmed.leg.is_caller());
  EXPECT_EQ(confirmed.answer, kCallersAnswer);
  bench.signalling->perform(call::ConfirmMedia{up.phone, confirmed.answer});
  const Message ack = bench.phone.receive("ACK");
  EXPECT_EQ(ack.header("CSeq"), "2 ACK");
  EXPECT_EQ(ack.body(), kOffer);
  EXPECT_TRUE(bench.events.empty());
}

TEST(DelayedOffer, of_a_change_that_the_asker_leaves_unanswered_ends_the_call) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "INVITE", 2));
  bench.next<call::MediaOffered>();
  bench.signalling->perform(call::OfferMedia{up.phone, {}});
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kAnswer));
  bench.next<call::MediaAccepted>();
  bench.signalling->perform(call::AcceptMedia{LegId::caller(up.call), kPhonesOffer});
  bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "ACK", 2));
  EXPECT_TRUE(bench.next<call::HungUp>().leg.is_caller());
  EXPECT_TRUE(bench.trunk.receive("BYE"));
  bench.signalling->perform(call::HangUp{up.phone, Cause::hung_up});
  expect_rejection(bench.phone.receive("ACK"));
  EXPECT_TRUE(bench.phone.receive("BYE"));
}

}  // namespace
}  // namespace hotline::sip
