// Changes of media inside a call: hold, resume, glare.
#include "bench.h"

namespace hotline::sip {
namespace {

const std::string kHold = std::string(kOffer) + "a=sendonly\r\n";
const std::string kHeld = std::string(kAnswer) + "a=recvonly\r\n";

Message reinvite(Bench& bench, const UpCall& up, int cseq = 2) {
  bench.trunk.send(
      in_dialog(bench, bench.trunk, up.invite, up.caller_200, "INVITE", cseq, {}, kHold));
  return bench.trunk.receive();
}

TEST(Reinvite, passes_from_the_caller_to_the_phone_and_back) {
  Bench bench;
  const UpCall up = make_call(bench);
  EXPECT_EQ(reinvite(bench, up).start(), "SIP/2.0 100 Trying");
  const auto offered = bench.next<call::MediaOffered>();
  EXPECT_TRUE(offered.leg.is_caller());
  EXPECT_EQ(offered.offer.body, kHold);

  bench.signalling->perform(call::OfferMedia{up.phone, offered.offer});
  const Message out = bench.phone.receive("INVITE");
  EXPECT_EQ(out.start(), "INVITE sip:desk@" + bench.phone.at() + " SIP/2.0");
  EXPECT_EQ(out.header("CSeq"), "2 INVITE");
  EXPECT_EQ(out.tag_of("To"), "desk-tag");
  EXPECT_EQ(out.body(), kHold);
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kHeld));
  EXPECT_EQ(bench.phone.receive("ACK").header("CSeq"), "2 ACK");
  const auto accepted = bench.next<call::MediaAccepted>();
  EXPECT_EQ(accepted.leg, up.phone);
  EXPECT_EQ(accepted.answer.body, kHeld);

  bench.signalling->perform(call::AcceptMedia{LegId::caller(up.call), accepted.answer});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(ok.body(), kHeld);
  EXPECT_EQ(ok.header("CSeq"), "2 INVITE");
  EXPECT_EQ(ok.header("Contact"), "<sip:" + bench.at() + ">");
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "ACK", 2));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());

  // And again, from the phone: the resume.
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "INVITE", 1, {}, kAnswer));
  EXPECT_EQ(bench.next<call::MediaOffered>().leg, up.phone);
  bench.signalling->perform(call::RejectMedia{up.phone, 606});
  EXPECT_EQ(bench.phone.receive("SIP/2.0 606").start(), "SIP/2.0 606 Not Acceptable");
}

TEST(Reinvite, of_both_at_once_is_glare) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::OfferMedia{LegId::caller(up.call), {"application/sdp", kHold}});
  const Message ours = bench.trunk.receive("INVITE");
  EXPECT_EQ(reinvite(bench, up).start(), "SIP/2.0 491 Request Pending");
  EXPECT_TRUE(bench.events.empty());
  bench.trunk.send(answer_to(ours, bench.trunk, "491 Request Pending", "", {}, {}, false));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());  // it is tried again
}

// The caller made its dialog's Call-ID, so there we go first; with the phone it is the other way
// round (RFC 3261 §14.1).
TEST(Reinvite, after_glare_is_tried_again_by_the_rule) {
  for (const bool to_caller : {true, false}) {
    Bench bench;
    const UpCall up = make_call(bench);
    Peer& peer = to_caller ? bench.trunk : bench.phone;
    const LegId leg = to_caller ? LegId::caller(up.call) : up.phone;
    bench.signalling->perform(call::OfferMedia{leg, {"application/sdp", kHold}});
    const Message first = peer.receive("INVITE");
    peer.send(answer_to(first, peer, "491 Request Pending", "", {}, {}, false));
    peer.receive("ACK");
    if (to_caller) {
      Loop::skip(Milliseconds(2'000));
    } else {
      Loop::skip(Milliseconds(2'000));
      EXPECT_TRUE(peer.hears_nothing());
      Loop::skip(Milliseconds(2'000));
    }
    const Message again = peer.receive("INVITE");
    EXPECT_EQ(again.header("CSeq"), "3 INVITE");
    EXPECT_EQ(again.body(), kHold);
    peer.send(answer_to(again, peer, "200 OK", "", kHeld));
    EXPECT_EQ(bench.next<call::MediaAccepted>().answer.body, kHeld);
  }
}

TEST(Reinvite, glare_without_end_is_passed_on) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::OfferMedia{LegId::caller(up.call), {"application/sdp", kHold}});
  for (int i = 0; i < 4; ++i) {
    const Message out = bench.trunk.receive("INVITE");
    bench.trunk.send(answer_to(out, bench.trunk, "491 Request Pending", "", {}, {}, false));
    bench.trunk.receive("ACK");
    Loop::skip(Milliseconds(2'000));
  }
  EXPECT_EQ(bench.next<call::MediaRejected>().status, 491);
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

// The peer's own change comes first; ours then finds it there.
TEST(Reinvite, waiting_after_glare_gives_way) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::OfferMedia{up.phone, {"application/sdp", kHold}});
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "491 Request Pending", "", {}, {}, false));
  bench.phone.receive("ACK");
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "INVITE", 1, {}, kAnswer));
  EXPECT_EQ(bench.next<call::MediaOffered>().leg, up.phone);
  Loop::skip(Seconds(5));
  EXPECT_EQ(bench.next<call::MediaRejected>().status, 491);
}

TEST(Reinvite, crossed_by_a_bye_is_over) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::OfferMedia{up.phone, {"application/sdp", kHold}});
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "BYE", 1));
  EXPECT_EQ(bench.phone.receive().start(), "SIP/2.0 200 OK");
  EXPECT_EQ(bench.next<call::HungUp>().leg, up.phone);
  bench.phone.send(answer_to(out, bench.phone, "487 Request Terminated", "", {}, {}, false));
  EXPECT_EQ(bench.phone.receive("ACK").header("CSeq"), "2 ACK");
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 1u);  // the caller's
}

TEST(Reinvite, answered_after_a_bye_is_confirmed_all_the_same) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::OfferMedia{up.phone, {"application/sdp", kHold}});
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "BYE", 1));
  bench.phone.receive("SIP/2.0 200");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kHeld));
  EXPECT_EQ(bench.phone.receive("ACK").header("CSeq"), "2 ACK");
}

TEST(Reinvite, our_own_does_not_cross_the_peers) {
  Bench bench;
  const UpCall up = make_call(bench);
  reinvite(bench, up);
  bench.next<call::MediaOffered>();
  bench.signalling->perform(call::OfferMedia{LegId::caller(up.call), {"application/sdp", kHold}});
  EXPECT_EQ(bench.next<call::MediaRejected>().status, 491);
  EXPECT_EQ(reinvite(bench, up, 3).start(), "SIP/2.0 500 Server Internal Error");
  bench.signalling->perform(call::RejectMedia{LegId::caller(up.call), 503});
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 488 Not Acceptable Here");
  EXPECT_TRUE(bench.events.empty());
}

TEST(Reinvite, what_is_wrong_with_it_is_said) {
  struct Row {
    const char* what;
    const char* contact;
    const char* extra;
    std::string body;
    const char* status;
    const char* says = "";
    const char* type = "application/sdp";
  };
  const Row rows[] = {
      {"contact star", "Contact: *\r\n", "", kHold, "SIP/2.0 400 Bad Request"},
      {"misleading", "", "Record-Route: <sip:x;lrX>\r\n", kHold, "SIP/2.0 400 Bad Request"},
      {"too short a session", "", "Supported: timer\r\nSession-Expires: 60\r\n", kHold,
       "SIP/2.0 422 Session Interval Too Small"},
      {"broken", "", "", "v=0\r\n", "SIP/2.0 400 Bad Request"},
      {"extension", "", "Require: x\r\n", kHold, "SIP/2.0 420 Bad Extension", "Unsupported: x"},
      {"what is no SDP", "", "", "hello", "SIP/2.0 415 Unsupported Media Type",
       "Accept: application/sdp", "text/plain"},
  };
  Bench bench;
  const UpCall up = make_call(bench);
  int cseq = 1;
  for (const Row& row : rows) {
    Invite invite = up.invite;
    invite.contact_line = row.contact;
    invite.content_type = row.type;
    bench.trunk.send(in_dialog(bench, bench.trunk, invite, up.caller_200, "INVITE", ++cseq,
                               row.extra, row.body));
    const Message answer = bench.trunk.receive();
    EXPECT_EQ(answer.start(), row.status) << row.what;
    EXPECT_NE(answer.text.find(row.says), std::string::npos) << row.what;
  }
  EXPECT_TRUE(bench.events.empty());
}

// The caller's change, on its way to the phone; `body` empty: the phone shall offer.
Message begin_change(Bench& bench, const UpCall& up, int cseq, const std::string& body = kHold) {
  bench.trunk.send(
      in_dialog(bench, bench.trunk, up.invite, up.caller_200, "INVITE", cseq, {}, body));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 100 Trying");
  bench.signalling->perform(call::OfferMedia{up.phone, bench.next<call::MediaOffered>().offer});
  return bench.phone.receive("INVITE");
}

// The caller takes it back, and the other side hears so.
void withdraw(Bench& bench, const UpCall& up, int cseq) {
  Invite cancel = up.invite;
  cancel.method = "CANCEL";
  cancel.cseq = cseq;
  cancel.to_tag = up.caller_200.tag_of("To");
  cancel.branch = "z9hG4bK-INVITE" + std::to_string(cseq);
  cancel.body.clear();
  bench.trunk.send(cancel.text(bench, bench.trunk));
  EXPECT_EQ(bench.trunk.receive().header("CSeq"), std::to_string(cseq) + " CANCEL");
  EXPECT_TRUE(bench.next<call::MediaWithdrawn>().leg.is_caller());
  bench.signalling->perform(call::WithdrawMedia{up.phone});
}

TEST(Reinvite, taken_back_is_taken_back_on_the_other_side) {
  Bench bench;
  const UpCall up = make_call(bench);
  for (const int cseq : {2, 3}) {
    const Message out = begin_change(bench, up, cseq, cseq == 2 ? kHold : std::string());
    bench.phone.send(answer_to(out, bench.phone, "100 Trying", "", {}, {}, false));
    bench.run_dry();
    withdraw(bench, up, cseq);
    EXPECT_TRUE(bench.trunk.hears_nothing()) << "not before the phone has said what became of it";
    const Message cancel = bench.phone.receive("CANCEL");
    EXPECT_EQ(cancel.header("Via"), out.header("Via"));
    bench.phone.send(answer_to(cancel, bench.phone, "200 OK", ""));
    bench.phone.send(answer_to(out, bench.phone, "487 Request Terminated", "", {}, {}, false));
    EXPECT_EQ(bench.phone.receive("ACK").header("CSeq"), out.header("CSeq").substr(0, 2) + "ACK");
    EXPECT_EQ(bench.next<call::MediaRejected>().status, 487);
    bench.signalling->perform(call::RejectMedia{LegId::caller(up.call), 487});
    EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 487 Request Terminated");
    bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "ACK", cseq));
  }
  // Nothing is left in the way of the next one.
  const Message out = begin_change(bench, up, 4);
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kHeld));
  EXPECT_EQ(bench.next<call::MediaAccepted>().leg, up.phone);
}

TEST(Reinvite, taken_back_too_late_counts) {
  Bench bench;
  const UpCall up = make_call(bench);
  const Message out = begin_change(bench, up, 2);
  bench.phone.send(answer_to(out, bench.phone, "100 Trying", "", {}, {}, false));
  bench.run_dry();
  withdraw(bench, up, 2);
  bench.phone.receive("CANCEL");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kHeld));
  EXPECT_EQ(bench.phone.receive("ACK").header("CSeq"), "2 ACK");
  const auto accepted = bench.next<call::MediaAccepted>();
  bench.signalling->perform(call::WithdrawMedia{up.phone});  // comes to nothing
  bench.signalling->perform(call::AcceptMedia{LegId::caller(up.call), accepted.answer});
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 200").body(), kHeld);
  EXPECT_TRUE(bench.phone.hears_nothing());
}

TEST(Reinvite, of_the_peers_offer_taken_back_too_late_waits_for_the_answer) {
  Bench bench;
  const UpCall up = make_call(bench);
  const Message out = begin_change(bench, up, 2, {});
  bench.phone.send(answer_to(out, bench.phone, "100 Trying", "", {}, {}, false));
  bench.run_dry();
  withdraw(bench, up, 2);
  bench.phone.receive("CANCEL");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kAnswer));
  EXPECT_EQ(bench.next<call::MediaAccepted>().answer.body, kAnswer);
  Loop::skip(Seconds(10));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
  bench.signalling->perform(call::ConfirmMedia{up.phone, {"application/sdp", kHeld}});
  EXPECT_EQ(bench.phone.receive("ACK").body(), kHeld);
}

TEST(Reinvite, taken_back_from_a_silent_peer_ends_the_call) {
  Bench bench;
  const UpCall up = make_call(bench);
  begin_change(bench, up, 2);
  withdraw(bench, up, 2);
  bench.phone.drain();
  EXPECT_TRUE(bench.phone.hears_nothing()) << "no CANCEL before it has said a word";
  Loop::skip(Seconds(9));
  bench.next<call::MediaRejected>();
  bench.signalling->perform(call::RejectMedia{LegId::caller(up.call), 408});
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 487 Request Terminated");
  EXPECT_EQ(bench.next<call::HungUp>().leg, up.phone);
}

TEST(Reinvite, taken_back_while_it_waits_after_glare_is_not_tried_again) {
  Bench bench;
  const UpCall up = make_call(bench);
  const Message out = begin_change(bench, up, 2);
  bench.phone.send(answer_to(out, bench.phone, "491 Request Pending", "", {}, {}, false));
  bench.phone.receive("ACK");
  withdraw(bench, up, 2);
  EXPECT_EQ(bench.next<call::MediaRejected>().status, 487);
  Loop::skip(Seconds(5));
  EXPECT_TRUE(bench.phone.hears_nothing());
}

TEST(Reinvite, to_a_peer_that_lost_the_call_ends_it) {
  Bench bench;
  const UpCall up = make_call(bench);
  bench.signalling->perform(call::OfferMedia{up.phone, {"application/sdp", kHold}});
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(
      answer_to(out, bench.phone, "481 Call/Transaction Does Not Exist", "", {}, {}, false));
  bench.next<call::MediaRejected>();
  EXPECT_EQ(bench.next<call::HungUp>().leg, up.phone);
  EXPECT_TRUE(bench.phone.receive("BYE"));
}

TEST(Reinvite, never_confirmed_ends_the_call) {
  Bench bench;
  const UpCall up = make_call(bench);
  reinvite(bench, up);
  bench.next<call::MediaOffered>();
  bench.signalling->perform(call::AcceptMedia{LegId::caller(up.call), {"application/sdp", kHeld}});
  bench.trunk.receive("SIP/2.0 200");
  Loop::skip(Seconds(9));
  EXPECT_TRUE(bench.next<call::HungUp>().leg.is_caller());
  EXPECT_TRUE(bench.trunk.receive("BYE"));
}

TEST(Reinvite, left_open_by_a_hang_up_is_closed) {
  Bench bench;
  const UpCall up = make_call(bench);
  reinvite(bench, up);
  bench.next<call::MediaOffered>();
  bench.signalling->perform(call::OfferMedia{up.phone, {"application/sdp", kHold}});
  const Message out = bench.phone.receive("INVITE");
  bench.signalling->perform(call::HangUp{LegId::caller(up.call), Cause::hung_up});
  bench.signalling->perform(call::HangUp{up.phone, Cause::hung_up});
  bench.trunk.receive("SIP/2.0 487");
  const Message bye = bench.phone.receive("BYE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "", kHeld));  // too late
  bench.phone.send(answer_to(bye, bench.phone, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 1u);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Reinvite, follows_a_peer_that_moved) {
  Bench bench;
  const UpCall up = make_call(bench);
  Peer moved(bench, "127.0.0.2");
  Invite invite = up.invite;
  invite.contact_line = "Contact: <sip:caller@" + moved.at() + ">\r\n";
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, up.caller_200, "INVITE", 2, {}, kHold));
  const auto refreshed = bench.next<call::TargetRefreshed>();
  EXPECT_EQ(refreshed.leg, LegId::caller(up.call));
  EXPECT_EQ(refreshed.target, "target sip:caller@" + moved.at() + "\n");
  bench.next<call::MediaOffered>();
  bench.signalling->perform(call::AcceptMedia{LegId::caller(up.call), {"application/sdp", kHeld}});
  bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "ACK", 2));
  bench.run_dry();
  bench.signalling->perform(call::HangUp{LegId::caller(up.call), Cause::hung_up});
  EXPECT_EQ(moved.receive("BYE").start(), "BYE sip:caller@" + moved.at() + " SIP/2.0");
}

}  // namespace
}  // namespace hotline::sip
