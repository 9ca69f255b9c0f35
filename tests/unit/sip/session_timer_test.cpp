// Session timers (RFC 4028): the terms, the refreshes of either side, and what happens without.
#include "sip/session_timer.h"

#include "bench.h"

namespace hotline::sip {
namespace {

TEST(SessionTerms, of_our_answer_are_never_longer_than_asked) {
  struct Row {
    const char* what;
    SessionWish wish;
    long interval_s;
    bool ours;
  };
  const Row rows[] = {
      {"says nothing of timers", {{}, Seconds(90), {}, false}, 1800, true},
      {"has timers, leaves all to us", {{}, Seconds(90), {}, true}, 1800, false},
      {"shorter", {Seconds(600), Seconds(90), {}, true}, 600, false},
      {"longer", {Seconds(7200), Seconds(90), {}, true}, 1800, false},
      {"longer, and no server on the way takes less",
       {Seconds(7200), Seconds(3600), {}, true},
       3600,
       false},
      {"refreshes itself", {Seconds(600), Seconds(90), true, true}, 600, false},
      {"wants us to", {Seconds(600), Seconds(90), false, true}, 600, true},
      {"a proxy asks, the caller knows no timers",
       {Seconds(600), Seconds(90), {}, false},
       600,
       true},
  };
  for (const Row& row : rows) {
    const SessionTerms terms = answer_to(row.wish, Seconds(1800));
    EXPECT_EQ(terms.interval.count(), row.interval_s) << row.what;
    EXPECT_EQ(terms.ours, row.ours) << row.what;
  }
}

TEST(SessionTerms, say_when_to_act) {
  EXPECT_EQ(due_after({Seconds(1800), true}), Seconds(900));
  EXPECT_EQ(due_after({Seconds(1800), false}), Seconds(1768));
  EXPECT_EQ(due_after({Seconds(90), false}), Seconds(60));
}

constexpr const char* kTimer = "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n";
constexpr const char* kOurs = "Supported: timer\r\nSession-Expires: 600;refresher=uas\r\n";
constexpr const char* kUpdate = "Allow: INVITE, ACK, BYE, UPDATE\r\n";

// A caller's leg that is up, of an INVITE with these headers. The answer to it.
Message up_caller(Bench& bench, Invite& invite, const std::string& extra) {
  invite.extra = extra;
  const auto offered = offer(bench, invite);
  bench.signalling->perform(call::AnswerCaller{offered.call, {"application/sdp", kAnswer}});
  Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  return ok;
}

class SessionTimer : public OverEach {};
INSTANTIATE_TEST_SUITE_P(Each, SessionTimer, testing::ValuesIn(kEach), name_of);

TEST_P(SessionTimer, is_agreed_with_the_caller) {
  Invite invite;
  const Message ok = up_caller(bench, invite, kTimer);
  EXPECT_EQ(ok.header("Session-Expires"), "600;refresher=uac");
  EXPECT_EQ(ok.header("Require"), "timer");
  EXPECT_EQ(ok.header("Supported"), "100rel, timer");
}

TEST_P(SessionTimer, too_small_is_422_with_what_would_do) {
  Invite invite;
  invite.extra = "Supported: timer\r\nSession-Expires: 60\r\n";
  bench.trunk.send(invite.text(bench, bench.trunk));
  const Message refusal = bench.trunk.receive();
  EXPECT_EQ(refusal.start(), "SIP/2.0 422 Session Interval Too Small");
  EXPECT_EQ(refusal.header("Min-SE"), "90");
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(SessionTimer, refreshed_by_the_caller_goes_on_and_otherwise_expires) {
  Invite invite;
  const Message ok = up_caller(bench, invite, kTimer);
  Loop::skip(Seconds(500));
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "UPDATE", 2, kTimer));
  const Message refreshed = bench.trunk.receive("SIP/2.0 200");
  EXPECT_EQ(refreshed.header("Session-Expires"), "600;refresher=uac");
  EXPECT_EQ(refreshed.header("Require"), "timer");
  Loop::skip(Seconds(500));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
  Loop::skip(Seconds(69));  // 568 + 1: what is left is for the BYE
  const auto expired = bench.next<call::SessionExpired>();
  EXPECT_TRUE(expired.leg.is_caller());
  EXPECT_TRUE(bench.trunk.hears_nothing());  // how it ends is the switchboard's business
  bench.signalling->perform(call::HangUp{expired.leg, Cause::session_expired});
  EXPECT_EQ(bench.trunk.receive("BYE").header("Reason"),
            "Q.850;cause=102;text=\"Recovery on timer expiry\"");
}

TEST_P(SessionTimer, ours_to_refresh_is_refreshed_with_update) {
  Invite invite;
  up_caller(bench, invite, std::string(kOurs) + kUpdate);
  for (int i = 2; i < 4; ++i) {
    Loop::skip(Seconds(301));
    const Message update = bench.trunk.receive("UPDATE");
    EXPECT_EQ(update.header("CSeq"), std::to_string(i) + " UPDATE");
    EXPECT_EQ(update.header("Session-Expires"), "600;refresher=uac");
    EXPECT_EQ(update.header("Supported"), "timer");
    EXPECT_EQ(update.header("Contact"), "<sip:" + bench.at() + bench.trunk.uri_end() + ">");
    EXPECT_EQ(update.body(), "");
    bench.trunk.send(answer_to(update, bench.trunk, "200 OK", "", {},
                               "Require: timer\r\nSession-Expires: 600;refresher=uac\r\n"));
    bench.run_dry();
  }
  EXPECT_TRUE(bench.events.empty());
}

TEST_P(SessionTimer, ours_to_refresh_is_refreshed_by_saying_the_same_again) {
  Invite invite;
  up_caller(bench, invite, "");
  Loop::skip(Seconds(901));
  const Message again = bench.trunk.receive("INVITE");
  EXPECT_EQ(again.body(), kAnswer);  // the same version: no change
  EXPECT_EQ(again.header("Session-Expires"), "1800;refresher=uac");
  bench.trunk.send(answer_to(again, bench.trunk, "200 OK", "", kOffer));
  EXPECT_EQ(bench.trunk.receive("ACK").header("CSeq"), "2 ACK");
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());  // nobody else's business
}

TEST_P(SessionTimer, a_refresh_nobody_answers_ends_the_session) {
  Invite invite;
  up_caller(bench, invite, std::string(kOurs) + kUpdate);
  Loop::skip(Seconds(301));
  EXPECT_TRUE(bench.trunk.receive("UPDATE"));
  Loop::skip(Seconds(9));
  EXPECT_TRUE(bench.next<call::SessionExpired>().leg.is_caller());
}

TEST_P(SessionTimer, a_refresh_refused_is_tried_again_until_the_time_is_over) {
  Invite invite;
  up_caller(bench, invite, std::string(kOurs) + kUpdate);
  Loop::skip(Seconds(301));
  for (int i = 0; i < 2; ++i) {
    const Message update = bench.trunk.receive("UPDATE");
    bench.trunk.send(
        answer_to(update, bench.trunk, "500 Server Internal Error", "", {}, {}, false));
    bench.run_dry();
    EXPECT_TRUE(bench.events.empty());
    Loop::skip(Seconds(140));
  }
  Loop::skip(Seconds(200));
  EXPECT_TRUE(bench.next<call::SessionExpired>().leg.is_caller());
}

// It takes no part in timers, but an answer of any kind says that it lives.
TEST_P(SessionTimer, a_peer_without_timers_is_only_asked_whether_it_lives) {
  Invite invite;
  up_caller(bench, invite, "");
  for (int i = 0; i < 4; ++i) {
    Loop::skip(Seconds(901));
    const Message again = bench.trunk.receive("INVITE");
    bench.trunk.send(answer_to(again, bench.trunk, "500 Server Internal Error", "", {}, {}, false));
    bench.trunk.receive("ACK");
    bench.run_dry();
    EXPECT_TRUE(bench.events.empty());
  }
  Loop::skip(Seconds(901));
  bench.trunk.receive("INVITE");
  Loop::skip(Seconds(9));
  EXPECT_TRUE(bench.next<call::SessionExpired>().leg.is_caller());
}

TEST(SessionTimer, with_a_phone_follows_what_it_answers) {
  for (const bool by_us : {true, false}) {
    Bench bench;
    bench.signalling->perform(ring_phone(bench, CallRef{7}));
    const Message out = bench.phone.receive("INVITE");
    EXPECT_EQ(out.header("Session-Expires"), "1800");
    EXPECT_EQ(out.header("Supported"), "100rel, timer");
    EXPECT_EQ(out.header("Min-SE"), "");
    const std::string terms =
        by_us ? "Session-Expires: 200;refresher=uac\r\n" : "Session-Expires: 200;refresher=uas\r\n";
    bench.phone.send(
        answer_to(out, bench.phone, "200 OK", "t", kAnswer, std::string(kUpdate) + terms));
    const auto answered = bench.next<call::PhoneAnswered>();
    bench.signalling->perform(call::ConfirmPhone{answered.leg, {}});
    bench.phone.receive("ACK");
    if (by_us) {
      Loop::skip(Seconds(101));
      EXPECT_TRUE(bench.phone.receive("UPDATE"));
    } else {
      Loop::skip(Seconds(169));
      EXPECT_EQ(bench.next<call::SessionExpired>().leg, answered.leg);
    }
  }
}

TEST_P(SessionTimer, a_phone_that_wants_longer_is_asked_again) {
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "422 Session Interval Too Small", "t", {},
                             "Min-SE: 3600\r\n", false));
  EXPECT_TRUE(bench.phone.receive("ACK"));
  const Message again = bench.phone.receive("INVITE");
  EXPECT_EQ(again.header("Call-ID"), out.header("Call-ID"));
  EXPECT_EQ(again.header("CSeq"), "2 INVITE");
  EXPECT_EQ(again.header("Session-Expires"), "3600");
  EXPECT_EQ(again.header("Min-SE"), "3600");
  EXPECT_EQ(again.body(), kOffer);
  bench.phone.send(answer_to(again, bench.phone, "180 Ringing", "t"));
  bench.next<call::PhoneRang>();
  Loop::skip(Seconds(5));
  // Saying so twice makes no sense, and no loop.
  bench.phone.send(answer_to(again, bench.phone, "422 Session Interval Too Small", "t", {},
                             "Min-SE: 3600\r\n", false));
  EXPECT_EQ(bench.next<call::PhoneFailed>().status, 422);
}

TEST_P(SessionTimer, a_refresh_too_short_is_sent_again_longer) {
  Invite invite;
  up_caller(bench, invite, std::string(kOurs) + kUpdate);
  Loop::skip(Seconds(301));
  const Message update = bench.trunk.receive("UPDATE");
  bench.trunk.send(answer_to(update, bench.trunk, "422 Session Interval Too Small", "", {},
                             "Min-SE: 2400\r\n", false));
  const Message again = bench.trunk.receive("UPDATE");
  EXPECT_EQ(again.header("Session-Expires"), "2400;refresher=uac");
  EXPECT_EQ(again.header("Min-SE"), "2400");
}

}  // namespace
}  // namespace hotline::sip
