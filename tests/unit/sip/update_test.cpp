// UPDATE from a side (RFC 3311): refreshes, and changes of media without an ACK.
#include "bench.h"

namespace hotline::sip {
namespace {

const std::string kHold = std::string(kOffer) + "a=sendonly\r\n";
const std::string kHeld = std::string(kAnswer) + "a=recvonly\r\n";

Message update(Bench& bench, const UpCall& up, int cseq, const std::string& body = {},
               const std::string& extra = {}) {
  bench.trunk.send(
      in_dialog(bench, bench.trunk, up.invite, up.caller_200, "UPDATE", cseq, extra, body));
  return bench.trunk.receive();
}

class Update : public OverEach {};
INSTANTIATE_TEST_SUITE_P(Each, Update, testing::ValuesIn(kEach), name_of);

TEST_P(Update, without_an_offer_is_answered_here) {
  const UpCall up = make_call(bench);
  const Message ok = update(bench, up, 2);
  EXPECT_EQ(ok.start(), "SIP/2.0 200 OK");
  EXPECT_EQ(ok.header("Contact"), "<sip:" + bench.at() + bench.trunk.uri_end() + ">");
  EXPECT_NE(ok.header("Allow").find("UPDATE"), std::string::npos);
  EXPECT_EQ(ok.body(), "");
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(Update, moves_the_peer) {
  const UpCall up = make_call(bench);
  Peer moved(bench, "127.0.0.2");
  Invite invite = up.invite;
  invite.contact_line = "Contact: <sip:caller@" + moved.at() + ">\r\n";
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, up.caller_200, "UPDATE", 2));
  bench.trunk.receive("SIP/2.0 200");
  bench.signalling->perform(call::HangUp{LegId::caller(up.call), Cause::hung_up});
  EXPECT_TRUE(moved.receive("BYE"));
}

TEST_P(Update, with_an_offer_passes_to_the_other_side) {
  const UpCall up = make_call(bench);
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "UPDATE", 2, {}, kHold));
  const auto offered = bench.next<call::MediaOffered>();
  EXPECT_EQ(offered.offer.body, kHold);
  bench.signalling->perform(call::OfferMedia{up.phone, offered.offer});
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kHeld));
  bench.phone.receive("ACK");
  const auto accepted = bench.next<call::MediaAccepted>();
  bench.signalling->perform(call::AcceptMedia{LegId::caller(up.call), accepted.answer});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(ok.header("CSeq"), "2 UPDATE");
  EXPECT_EQ(ok.body(), kHeld);
  // It wants no ACK: the next may come at once.
  bench.trunk.send(
      in_dialog(bench, bench.trunk, up.invite, up.caller_200, "UPDATE", 3, {}, kOffer));
  EXPECT_EQ(bench.next<call::MediaOffered>().offer.body, kOffer);
  bench.signalling->perform(call::RejectMedia{LegId::caller(up.call), 488});
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 488 Not Acceptable Here");
}

TEST_P(Update, what_stands_against_it_is_said) {
  const UpCall up = make_call(bench);
  EXPECT_EQ(update(bench, up, 2, "v=0\r\n").start(), "SIP/2.0 400 Bad Request");
  const Message small = update(bench, up, 3, {}, "Supported: timer\r\nSession-Expires: 30\r\n");
  EXPECT_EQ(small.start(), "SIP/2.0 422 Session Interval Too Small");
  EXPECT_EQ(small.header("Min-SE"), "90");
  EXPECT_EQ(update(bench, up, 4, {}, "Require: x\r\n").start(), "SIP/2.0 420 Bad Extension");

  bench.signalling->perform(call::OfferMedia{LegId::caller(up.call), {"application/sdp", kHold}});
  bench.trunk.receive("INVITE");
  EXPECT_EQ(update(bench, up, 5, kHold).start(), "SIP/2.0 491 Request Pending");
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(Update, with_an_offer_before_the_answer_comes_too_early) {
  const Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::TellRinging{offered.call, {}});
  const Message ringing = bench.trunk.receive("SIP/2.0 180");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ringing, "UPDATE", 2, {}, kHold));
  const Message later = bench.trunk.receive();
  EXPECT_EQ(later.start(), "SIP/2.0 500 Server Internal Error");
  EXPECT_NE(later.header("Retry-After"), "");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ringing, "UPDATE", 3));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 200 OK");
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(Update, of_the_phone_is_as_good) {
  const UpCall up = make_call(bench);
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "UPDATE", 1, {}, kHeld));
  const auto offered = bench.next<call::MediaOffered>();
  EXPECT_EQ(offered.leg, up.phone);
  bench.signalling->perform(call::AcceptMedia{up.phone, {"application/sdp", kHold}});
  EXPECT_EQ(bench.phone.receive("SIP/2.0 200").body(), kHold);
}

}  // namespace
}  // namespace hotline::sip
