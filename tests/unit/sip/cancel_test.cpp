// CANCEL from the caller, CANCEL to phones, and answers that cross it.
#include "bench.h"

namespace hotline::sip {
namespace {

constexpr CallRef kCall{7};
constexpr LegId kLeg{kCall, 1};

std::string cancel_of(const Bench& bench, const Invite& invite) {
  Invite cancel = invite;
  cancel.method = "CANCEL";
  cancel.body.clear();
  return cancel.text(bench, bench.trunk);
}

TEST(Cancel, of_the_caller_ends_the_call) {
  Bench bench;
  const Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::TellRinging{offered.call, {}});
  const Message ringing = bench.trunk.receive("SIP/2.0 180");
  bench.trunk.send(cancel_of(bench, invite));
  const Message ok = bench.trunk.receive();
  EXPECT_EQ(ok.start(), "SIP/2.0 200 OK");
  EXPECT_EQ(ok.header("CSeq"), "1 CANCEL");
  EXPECT_EQ(ok.tag_of("To"), ringing.tag_of("To"));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 487 Request Terminated");
  EXPECT_EQ(bench.next<call::CallerCancelled>().call, offered.call);
  // Too late, whatever the switchboard wished meanwhile.
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  bench.signalling->perform(call::RefuseCaller{offered.call, Cause::all_busy});
  EXPECT_TRUE(bench.trunk.hears_nothing());
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Cancel, too_late_is_answered_and_changes_nothing) {
  Bench bench;
  const Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(cancel_of(bench, invite));
  EXPECT_EQ(bench.trunk.receive().header("CSeq"), "1 CANCEL");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
}

TEST(Cancel, a_bye_before_the_answer_is_one) {
  Bench bench;
  const Invite invite;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::TellRinging{offered.call, {}});
  const Message ringing = bench.trunk.receive("SIP/2.0 180");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ringing, "BYE", 2));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 487 Request Terminated");
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 200 OK");
  bench.next<call::CallerCancelled>();
}

TEST(Cancel, to_a_ringing_phone_says_why) {
  for (const bool elsewhere : {true, false}) {
    Bench bench;
    const Message out = ring_desk(bench, kCall);
    bench.signalling->perform(call::CancelPhone{kLeg, elsewhere});
    const Message cancel = bench.phone.receive();
    EXPECT_EQ(cancel.start(), "CANCEL sip:desk@" + bench.phone.at() + " SIP/2.0");
    EXPECT_EQ(cancel.header("Via"), out.header("Via"));
    EXPECT_EQ(cancel.header("Reason"),
              elsewhere ? "SIP;cause=200;text=\"Call completed elsewhere\"" : "");
    bench.phone.send(answer_to(cancel, bench.phone, "200 OK", "t"));
    bench.phone.send(answer_to(out, bench.phone, "487 Request Terminated", "t", {}, {}, false));
    EXPECT_TRUE(bench.phone.receive("ACK"));
    const auto failed = bench.next<call::PhoneFailed>();
    EXPECT_EQ(failed.how, call::Failure::cancelled);
    EXPECT_EQ(failed.status, 487);
    EXPECT_EQ(bench.signalling->legs(), 0u);
  }
}

TEST(Cancel, waits_until_the_phone_has_said_something) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  bench.signalling->perform(call::CancelPhone{kLeg, true});
  EXPECT_TRUE(bench.phone.hears_nothing());
  bench.phone.send(answer_to(out, bench.phone, "100 Trying", ""));
  EXPECT_TRUE(bench.phone.receive("CANCEL"));
  EXPECT_TRUE(bench.events.empty());
}

TEST(Cancel, of_a_phone_that_says_nothing_ends_in_bounded_time) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, kCall));
  bench.phone.receive("INVITE");
  bench.signalling->perform(call::CancelPhone{kLeg, true});
  Loop::skip(Milliseconds(4'100));
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::cancelled);
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(Cancel, that_nobody_heeds_ends_in_bounded_time) {
  Bench bench;
  const Message out = ring_desk(bench, kCall);
  bench.signalling->perform(call::CancelPhone{kLeg, true});
  bench.phone.receive("CANCEL");
  Loop::skip(Milliseconds(4'100));
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::cancelled);
  EXPECT_EQ(bench.signalling->legs(), 0u);
  // It answers after all that: confirmed and hung up.
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t", kAnswer));
  EXPECT_TRUE(bench.phone.receive("ACK"));
  EXPECT_TRUE(bench.phone.receive("BYE"));
  EXPECT_TRUE(bench.events.empty());
}

TEST(Cancel, crossed_by_an_answer_is_confirmed_and_hung_up) {
  Bench bench;
  const Message out = ring_desk(bench, kCall);
  bench.signalling->perform(call::CancelPhone{kLeg, true});
  bench.phone.receive("CANCEL");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t", kAnswer));
  EXPECT_TRUE(bench.phone.receive("ACK"));
  const Message bye = bench.phone.receive("BYE");
  EXPECT_EQ(bye.tag_of("To"), "t");
  const auto failed = bench.next<call::PhoneFailed>();
  EXPECT_EQ(failed.how, call::Failure::cancelled);
  EXPECT_EQ(failed.status, 200);
  bench.phone.send(answer_to(bye, bench.phone, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

// Two phones answer in the same instant; the switchboard hears of the first and cancels the second
// before its answer was told.
TEST(Cancel, takes_back_an_answer_not_yet_told) {
  Bench bench;
  bench.react = [&](const call::Event& event) {
    if (const auto* first = std::get_if<call::PhoneAnswered>(&event)) {
      const std::uint32_t other = first->leg.number == 1 ? 2 : 1;
      bench.signalling->perform(call::CancelPhone{{kCall, other}, true});
      bench.signalling->perform(call::ConfirmPhone{first->leg, {}});
    }
  };
  bench.signalling->perform(ring_phone(bench, kCall, 1));
  const Message one = bench.phone.receive("INVITE");
  bench.signalling->perform(ring_phone(bench, kCall, 2));
  const Message two = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(one, bench.phone, "200 OK", "t1", kAnswer));
  bench.phone.send(answer_to(two, bench.phone, "200 OK", "t2", kAnswer));
  const auto answered = bench.next<call::PhoneAnswered>();
  const auto failed = bench.next<call::PhoneFailed>();
  EXPECT_NE(answered.leg, failed.leg);
  EXPECT_EQ(failed.how, call::Failure::cancelled);
  const std::string loser = answered.leg.number == 1 ? "t2" : "t1";
  EXPECT_EQ(bench.phone.receive("BYE").tag_of("To"), loser);
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
}

TEST(Cancel, by_the_switchboard_from_inside_the_sink_is_safe) {
  Bench bench;
  bench.react = [&](const call::Event& event) {
    if (const auto* offered = std::get_if<call::CallOffered>(&event)) {
      bench.signalling->perform(ring_phone(bench, offered->call));
    } else if (const auto* rang = std::get_if<call::PhoneRang>(&event)) {
      bench.signalling->perform(call::CancelPhone{rang->leg, false});
      bench.signalling->perform(call::RefuseCaller{rang->leg.call, Cause::no_answer});
    }
  };
  bench.trunk.send(Invite{}.text(bench, bench.trunk));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "180 Ringing", "t"));
  bench.phone.receive("CANCEL");
  bench.trunk.receive("SIP/2.0 480");
  bench.phone.send(answer_to(out, bench.phone, "487 Request Terminated", "t", {}, {}, false));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

}  // namespace
}  // namespace hotline::sip
