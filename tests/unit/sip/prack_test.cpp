// Reliable provisional answers (RFC 3262), hop by hop, and what a phone plays before it answers.
#include "bench.h"

namespace hotline::sip {
namespace {

constexpr CallRef kCall{7};
const call::Media kEarly{"application/sdp", kAnswer};
const std::string kOther =
    "v=0\r\no=- 8 8 IN IP4 192.0.2.8\r\ns=-\r\nc=IN IP4 192.0.2.8\r\n"
    "t=0 0\r\nm=audio 60000 RTP/AVP 8\r\n";
const call::Media kWinners{"application/sdp", kOther};

// --- towards the caller ------------------------------------------------------------------------

CallRef calling(Bench& bench, Invite& invite, const std::string& extra) {
  invite.extra = extra;
  const CallRef call = offer(bench, invite).call;
  bench.trunk.receive("SIP/2.0 100");
  return call;
}

std::string prack(const Bench& bench, const Invite& invite, const Message& provisional, int cseq,
                  std::string_view body = {}) {
  return in_dialog(bench, bench.trunk, invite, provisional, "PRACK", cseq,
                   "RAck: " + provisional.header("RSeq") + " 1 INVITE\r\n", body);
}

class Prack : public OverEach {};
INSTANTIATE_TEST_SUITE_P(Each, Prack, testing::ValuesIn(kEach), name_of);

TEST_P(Prack, is_asked_for_where_the_caller_requires_it) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Require: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, {}});
  const Message ringing = bench.trunk.receive();
  EXPECT_EQ(ringing.start(), "SIP/2.0 180 Ringing");
  EXPECT_EQ(ringing.header("Require"), "100rel");
  EXPECT_NE(ringing.header("RSeq"), "");
  Loop::skip(Milliseconds(600));
  EXPECT_EQ(bench.trunk.receive().text, ringing.text);  // until it is confirmed
  bench.trunk.send(prack(bench, invite, ringing, 2));
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(ok.header("CSeq"), "2 PRACK");
  Loop::skip(Seconds(5));
  EXPECT_TRUE(bench.trunk.hears_nothing());
  bench.trunk.send(prack(bench, invite, ringing, 3));  // of nothing that waits for it
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 481 No such response");

  bench.signalling->perform(call::AnswerCaller{call, kEarly});
  const Message answer = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(answer.body(), kAnswer);
  EXPECT_EQ(answer.tag_of("To"), ringing.tag_of("To"));
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, answer, "ACK", 1));
  bench.next<call::CallerConfirmed>();
}

TEST_P(Prack, ringing_confirmed_is_repeated_each_minute) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Require: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, {}});
  Message ringing = bench.trunk.receive("SIP/2.0 180");
  for (int i = 2; i < 4; ++i) {
    bench.trunk.send(prack(bench, invite, ringing, i));
    bench.trunk.receive("SIP/2.0 200");
    Loop::skip(Seconds(61));
    const Message again = bench.trunk.receive("SIP/2.0 180");
    EXPECT_EQ(std::stoul(again.header("RSeq")), std::stoul(ringing.header("RSeq")) + 1);
    ringing = again;
  }
}

TEST_P(Prack, is_no_business_of_a_caller_that_only_could) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Supported: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, {}});
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 180").header("RSeq"), "");
}

TEST_P(Prack, that_never_comes_ends_the_call) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Require: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, {}});
  bench.trunk.receive("SIP/2.0 180");
  Loop::skip(Seconds(9));
  EXPECT_EQ(bench.next<call::CallerLost>().call, call);
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 504").start(), "SIP/2.0 504 Server Time-out");
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(Prack, is_not_asked_for_without_an_offer_to_answer) {
  Invite invite;
  invite.body.clear();
  const CallRef call = calling(bench, invite, "Require: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

TEST_P(Prack, holds_back_the_answer) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Supported: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  const Message early = bench.trunk.receive();
  EXPECT_EQ(early.start(), "SIP/2.0 183 Session Progress");
  EXPECT_EQ(early.header("Require"), "100rel");
  EXPECT_EQ(early.body(), kAnswer);
  bench.signalling->perform(call::AnswerCaller{call, kEarly});
  EXPECT_TRUE(bench.trunk.hears_nothing());
  bench.trunk.send(prack(bench, invite, early, 2));
  EXPECT_EQ(bench.trunk.receive().header("CSeq"), "2 PRACK");
  const Message answer = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(answer.header("CSeq"), "1 INVITE");
  EXPECT_EQ(answer.body(), "");  // it has the description, and confirmed it
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, answer, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

TEST_P(Prack, a_caller_that_gives_up_while_the_answer_is_held_back_is_lost) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Supported: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  bench.trunk.receive("SIP/2.0 183");
  bench.signalling->perform(call::AnswerCaller{call, kEarly});
  Invite cancel = invite;
  cancel.method = "CANCEL";
  cancel.body.clear();
  bench.trunk.send(cancel.text(bench, bench.trunk));
  bench.trunk.receive("SIP/2.0 487");
  EXPECT_EQ(bench.next<call::CallerLost>().call, call);
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(Prack, with_an_offer_of_its_own_is_refused) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Supported: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  const Message early = bench.trunk.receive("SIP/2.0 183");
  bench.trunk.send(prack(bench, invite, early, 2, kOffer));
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 488 Not Acceptable Here");
}

TEST_P(Prack, one_provisional_answer_waits_for_the_other) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Require: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, {}});
  const Message ringing = bench.trunk.receive("SIP/2.0 180");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  EXPECT_TRUE(bench.trunk.hears_nothing());
  bench.trunk.send(prack(bench, invite, ringing, 2));
  bench.trunk.receive("SIP/2.0 200");
  const Message early = bench.trunk.receive("SIP/2.0 183");
  EXPECT_EQ(std::stoul(early.header("RSeq")), std::stoul(ringing.header("RSeq")) + 1);
  EXPECT_EQ(early.body(), kAnswer);
  bench.signalling->perform(call::RefuseCaller{call, Cause::no_answer});
  EXPECT_TRUE(bench.trunk.receive("SIP/2.0 480"));
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST_P(Prack, early_media_that_waited_for_its_turn_was_never_told) {
  Invite invite;
  const CallRef call = calling(bench, invite, "Require: 100rel\r\n");
  bench.signalling->perform(call::TellRinging{call, {}});
  const Message ringing = bench.trunk.receive("SIP/2.0 180");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  bench.signalling->perform(call::AnswerCaller{call, kWinners});
  bench.trunk.send(prack(bench, invite, ringing, 2));
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 200").header("CSeq"), "2 PRACK");
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 200").body(), kOther);
}

// --- early media -------------------------------------------------------------------------------

class EarlyMedia : public OverEach {};
INSTANTIATE_TEST_SUITE_P(Each, EarlyMedia, testing::ValuesIn(kEach), name_of);

TEST_P(EarlyMedia, unconfirmed_comes_again_with_the_answer) {
  Invite invite;
  const CallRef call = calling(bench, invite, "");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  const Message early = bench.trunk.receive("SIP/2.0 183");
  EXPECT_EQ(early.header("RSeq"), "");
  EXPECT_EQ(early.body(), kAnswer);
  bench.signalling->perform(call::AnswerCaller{call, kEarly});
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 200").body(), kAnswer);
}

// The caller keeps the first description it gets (RFC 3261 §13.2.1), so the phone that answers is
// made known as a change.
TEST_P(EarlyMedia, of_a_phone_that_did_not_answer_is_corrected_after_the_ack) {
  Invite invite;
  const CallRef call = calling(bench, invite, "");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  bench.trunk.receive("SIP/2.0 183");
  bench.signalling->perform(call::TellRinging{call, {}});  // another phone
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 180 Ringing");
  bench.signalling->perform(call::TellRinging{call, kWinners});  // nothing it could be told
  EXPECT_TRUE(bench.trunk.hears_nothing());

  bench.signalling->perform(call::AnswerCaller{call, kWinners});
  const Message answer = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(answer.body(), kAnswer);  // the same as before
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, answer, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  const Message change = bench.trunk.receive("INVITE");
  EXPECT_EQ(change.body(), kOther);
  bench.trunk.send(answer_to(change, bench.trunk, "200 OK", "", kOffer));
  EXPECT_EQ(bench.trunk.receive("ACK").header("CSeq"), "2 ACK");
  // What the caller says to it goes to the phone as any change of the caller's.
  const auto offered = bench.next<call::MediaOffered>();
  EXPECT_TRUE(offered.leg.is_caller());
  EXPECT_EQ(offered.offer.body, kOffer);
  bench.signalling->perform(call::AcceptMedia{LegId::caller(call), kWinners});  // asked by nobody
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

TEST_P(EarlyMedia, a_caller_that_takes_no_correction_is_hung_up) {
  Invite invite;
  const CallRef call = calling(bench, invite, "");
  bench.signalling->perform(call::TellRinging{call, kEarly});
  bench.signalling->perform(call::AnswerCaller{call, kWinners});
  const Message answer = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, answer, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  const Message change = bench.trunk.receive("INVITE");
  bench.trunk.send(answer_to(change, bench.trunk, "488 Not Acceptable Here", "", {}, {}, false));
  EXPECT_TRUE(bench.next<call::HungUp>().leg.is_caller());
  EXPECT_TRUE(bench.trunk.receive("BYE"));
}

// --- from a phone ------------------------------------------------------------------------------

std::string reliable(const Message& invite, const Peer& phone, const char* line, const char* tag,
                     int number, std::string_view body = {}) {
  return answer_to(invite, phone, line, tag, body,
                   "Require: 100rel\r\nRSeq: " + std::to_string(number) + "\r\n");
}

class PrackOut : public OverEach {};
INSTANTIATE_TEST_SUITE_P(Each, PrackOut, testing::ValuesIn(kEach), name_of);

TEST_P(PrackOut, confirms_in_order_and_once) {
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  EXPECT_EQ(out.header("Supported"), "100rel, timer");
  bench.phone.send(reliable(out, bench.phone, "180 Ringing", "t", 17));
  const Message first = bench.phone.receive("PRACK");
  EXPECT_EQ(first.start(),
            "PRACK sip:desk@" + bench.phone.at() + bench.phone.uri_end() + " SIP/2.0");
  EXPECT_EQ(first.header("RAck"), "17 1 INVITE");
  EXPECT_EQ(first.header("CSeq"), "2 PRACK");
  EXPECT_EQ(first.tag_of("To"), "t");
  bench.phone.send(answer_to(first, bench.phone, "200 OK", ""));
  EXPECT_TRUE(bench.next<call::PhoneRang>().early.empty());

  bench.phone.send(reliable(out, bench.phone, "180 Ringing", "t", 17));  // said again
  bench.phone.send(reliable(out, bench.phone, "183 Session Progress", "t", 19, kOther));  // a gap
  EXPECT_TRUE(bench.phone.hears_nothing());
  EXPECT_TRUE(bench.events.empty());
  bench.phone.send(reliable(out, bench.phone, "183 Session Progress", "t", 18, kAnswer));
  const Message second = bench.phone.receive("PRACK");
  EXPECT_EQ(second.header("RAck"), "18 1 INVITE");
  EXPECT_EQ(second.header("CSeq"), "3 PRACK");
  bench.phone.send(answer_to(second, bench.phone, "200 OK", ""));
  EXPECT_EQ(bench.next<call::PhoneRang>().early.body, kAnswer);

  // Its answer came with the 183, so the 200 has none; and our numbers go on rising.
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t"));
  const auto answered = bench.next<call::PhoneAnswered>();
  EXPECT_EQ(answered.answer.body, kAnswer);
  bench.signalling->perform(call::ConfirmPhone{answered.leg, {}});
  EXPECT_EQ(bench.phone.receive("ACK").header("CSeq"), "1 ACK");
  bench.signalling->perform(call::HangUp{answered.leg, Cause::hung_up});
  EXPECT_EQ(bench.phone.receive("BYE").header("CSeq"), "4 BYE");
}

TEST_P(PrackOut, keeps_forks_apart) {
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(reliable(out, bench.phone, "183 Session Progress", "one", 100, kAnswer));
  const Message one = bench.phone.receive("PRACK");
  bench.phone.send(answer_to(one, bench.phone, "200 OK", ""));
  bench.phone.send(reliable(out, bench.phone, "183 Session Progress", "two", 5, kOther));
  const Message two = bench.phone.receive("PRACK");
  EXPECT_EQ(two.tag_of("To"), "two");
  EXPECT_EQ(two.header("RAck"), "5 1 INVITE");
  EXPECT_EQ(two.header("CSeq"), "3 PRACK");
  EXPECT_EQ(two.tag_of("From"), one.tag_of("From"));
  bench.phone.send(answer_to(two, bench.phone, "200 OK", ""));
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "one"));
  bench.next<call::PhoneRang>();
  const auto answered = bench.next<call::PhoneAnswered>();
  EXPECT_EQ(answered.answer.body, kAnswer);
  bench.signalling->perform(call::ConfirmPhone{answered.leg, {}});
  EXPECT_EQ(bench.phone.receive("ACK").tag_of("To"), "one");
  bench.phone.send(from_phone(out, bench.phone, "one", "BYE", 1));
  EXPECT_EQ(bench.next<call::HungUp>().leg, answered.leg);
}

TEST_P(PrackOut, what_it_plays_is_told_once) {
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "183 Session Progress", "t", kAnswer));
  EXPECT_EQ(bench.next<call::PhoneRang>().early.body, kAnswer);
  bench.phone.send(answer_to(out, bench.phone, "180 Ringing", "t"));
  bench.phone.send(answer_to(out, bench.phone, "183 Session Progress", "t", kOther));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
}

}  // namespace
}  // namespace hotline::sip
