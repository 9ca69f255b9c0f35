// Calls that go on in another process: which ones do, from when they are billed, and how those end
// whose sides are gone.
#include <gtest/gtest.h>

#include "hotline/call/after_crash.h"

namespace hotline::call {
namespace {

constexpr WallTime kReceived{Milliseconds{1'772'416'800'000}};

// By the dead process's clocks; the monotonic one began anew with the machine.
Now then(std::int64_t ms) { return {Instant(Milliseconds(ms)), kReceived + Milliseconds(ms)}; }

std::shared_ptr<const routing::Snapshot> snapshot(const std::string& account = "acme") {
  auto package = std::make_shared<billing::Package>();
  package->call_max = Seconds(3'600);
  auto hotline = std::make_shared<routing::Hotline>();
  hotline->number = "4001234567";
  hotline->account = account;
  hotline->package = package;
  auto desk = std::make_unique<routing::Phone>();
  desk->name = "desk";
  desk->key = "4001234567/desk";
  desk->line_key = "sip:desk";
  hotline->phones.push_back(std::move(desk));
  auto made = std::make_shared<routing::Snapshot>();
  made->hotlines.add(hotline->number, hotline);
  return made;
}

Unfinished talking() {
  Unfinished row;
  row.draft.received = kReceived;
  row.draft.hotline = "4001234567";
  row.draft.account = "acme";
  row.draft.answered_by = "desk";
  row.tariff = billing::Tariff{Money::from_li(300), Seconds(60), Seconds(60)};
  row.answer = Unfinished::Answer{then(1'000), Milliseconds(120'000), "dialog"};
  return row;
}

// Its caller is answered, and no phone is.
Unfinished in_a_menu() {
  Unfinished row = talking();
  row.draft.answered_by.clear();
  row.draft.trunk = "unicom";
  row.draft.caller_kind = "mobile";
  row.draft.caller_e164 = "+8613900000000";
  row.draft.caller_raw = "13900000000";
  row.answer->phone_dialog.clear();
  return row;
}

TEST(Adopting, goes_on_where_a_phone_talks_and_the_hotline_is_the_same) {
  const LastProof last{then(50'000)};
  EXPECT_TRUE(adopt_from(talking(), snapshot(), last, then(52'000)));
  EXPECT_FALSE(adopt_from(talking(), snapshot("another"), last, then(52'000)));
  Unfinished elsewhere = talking();
  elsewhere.draft.hotline = "4007654321";
  EXPECT_FALSE(adopt_from(elsewhere, snapshot(), last, then(52'000)));
  Unfinished leaves_message = in_a_menu();
  leaves_message.draft.recording = "x.wav";
  EXPECT_FALSE(adopt_from(leaves_message, snapshot(), last, then(52'000)));
  Unfinished ringing = talking();
  ringing.answer.reset();
  EXPECT_FALSE(adopt_from(ringing, snapshot(), last, then(52'000)));
}

TEST(Adopting, is_billed_from_the_answer_but_for_a_stores_patience) {
  struct Row {
    bool is_same_boot;
    std::int64_t heartbeat_ms;
    Now now;
    std::int64_t talked_ms;  // until now
    std::int64_t proved_ms;  // of it
    bool is_confirmed;
  };
  const Now another_boot{Instant(Milliseconds(300'000)), then(52'000).wall};
  const Now set_back{Instant(Milliseconds(300'000)), then(-9'000).wall};
  const Row rows[] = {
      {true, 50'000, then(52'000), 49'000, 47'000, true},
      {true, 10'999, then(12'000), 0, -1'001, false},  // perhaps the caller has not confirmed
      {true, 11'000, then(12'000), 9'000, 8'000, true},
      {true, 1'500, then(2'000), 0, -500, false},  // perhaps it has not heard the answer
      {false, 50'000, another_boot, 49'000, 47'000, true},
      {false, 50'000, set_back, 47'000, 47'000, true},  // how long nobody was there is not known
  };
  for (const Row& row : rows) {
    const auto adopted =
        adopt_from(talking(), snapshot(), {then(row.heartbeat_ms), row.is_same_boot}, row.now);
    ASSERT_TRUE(adopted);
    EXPECT_EQ((row.now.mono - adopted->answered).count(), row.talked_ms) << row.heartbeat_ms;
    EXPECT_EQ((adopted->proved.mono - adopted->answered).count(), row.proved_ms)
        << row.heartbeat_ms;
    EXPECT_EQ(adopted->is_confirmed, row.is_confirmed) << row.heartbeat_ms;
  }
}

// Answered three seconds before the server died, and it is known that the caller had confirmed.
TEST(Adopting, who_is_known_to_have_confirmed_is_told_nothing_again) {
  const Now now = then(5'000);
  for (const std::int64_t before : {0, 1'000, 1'001}) {
    const LastProof last{then(4'000), true, then(before).mono};
    const auto adopted = adopt_from(talking(), snapshot(), last, now);
    ASSERT_TRUE(adopted);
    EXPECT_EQ(adopted->is_confirmed, before == 1'001) << before;
    EXPECT_EQ((now.mono - adopted->answered).count(), before == 1'001 ? 2'000 : 0) << before;
  }
}

// It was set an hour ahead in the midst of the talk; then the machine started anew.
TEST(Adopting, a_wall_clock_that_was_set_makes_no_talk) {
  Now heartbeat = then(50'000);
  heartbeat.wall += std::chrono::hours(1);
  const Now now{Instant(Milliseconds(300'000)), heartbeat.wall + Seconds(2)};
  const auto adopted = adopt_from(talking(), snapshot(), {heartbeat, false}, now);
  ASSERT_TRUE(adopted);
  EXPECT_EQ(adopted->proved.mono - adopted->answered, Milliseconds(47'000));
  EXPECT_EQ(now.mono - adopted->answered, Milliseconds(49'000));
}

class AdoptedCallTest : public testing::Test {
 protected:
  static Adopted adopted(const Unfinished& row = talking(), Now heartbeat = then(50'000)) {
    auto adopted = adopt_from(row, snapshot(), {heartbeat}, then(52'000));
    adopted->call = CallRef{7};
    return *adopted;
  }
  template <class Action>
  static const Action* find(const Actions& actions) {
    for (const auto& action : actions) {
      if (const auto* one = std::get_if<Action>(&action)) return one;
    }
    return nullptr;
  }
};

TEST_F(AdoptedCallTest, has_reserved_what_it_had) {
  const Call call(adopted(), then(52'000));
  EXPECT_EQ(call.reserved(), Money::from_li(600));
  ASSERT_NE(call.talking_phone(), nullptr);
  EXPECT_EQ(call.talking_phone()->line_key, "sip:desk");
  EXPECT_TRUE(call.is_adopted());
  // Three seconds and two minutes after the journal's answer the money ends: it asks before.
  EXPECT_EQ(call.wake_at(), then(1'000 + 2'000 + 120'000 - 5'000).mono);
}

TEST_F(AdoptedCallTest, talks_with_who_answered_last) {
  Unfinished row = talking();
  row.draft.attempts = {{"desk", {}, {}, cdr::AttemptResult::answered, 200},
                        {"number:unicom/021", {}, {}, cdr::AttemptResult::answered, 200},
                        {"desk", {}, {}, cdr::AttemptResult::busy, 486}};
  const Call call(adopted(row), then(52'000));
  EXPECT_EQ(call.talking_phone()->name, "number:unicom/021");
  EXPECT_EQ(call.record().answered_by, "desk");
}

TEST_F(AdoptedCallTest, goes_on_as_if_nothing_had_happened) {
  Call call(adopted(), then(52'000));
  EXPECT_TRUE(call.on(LegProbed{LegId{CallRef{7}, 1}, true}, then(52'100)).empty());
  const Actions proved = call.on(LegProbed{LegId::caller(CallRef{7}), true}, then(52'100));
  const auto* journal = find<JournalAdopted>(proved);
  ASSERT_NE(journal, nullptr);
  EXPECT_FALSE(journal->proved);
  EXPECT_EQ(journal->answered.mono, then(1'000).mono);
  const Actions actions = call.on(HungUp{LegId::caller(CallRef{7}), 16}, then(70'000));
  const auto* close = find<CloseCall>(actions);
  ASSERT_NE(close, nullptr);
  EXPECT_EQ(close->record.talk, Milliseconds(67'000));
  EXPECT_EQ(close->record.charge, Money::from_li(600));
  EXPECT_EQ(close->record.evidence, cdr::EndEvidence::bye);
  EXPECT_EQ(close->record.answered, then(1'000).wall);
}

TEST_F(AdoptedCallTest, ends_at_the_last_proof_where_a_side_is_gone) {
  for (const std::uint32_t leg : {0U, 1U}) {
    Call call(adopted(), then(52'000));
    const Actions actions = call.on(LegProbed{LegId{CallRef{7}, leg}, false}, then(60'000));
    const auto* close = find<CloseCall>(actions);
    ASSERT_NE(close, nullptr);
    EXPECT_EQ(close->record.talk, Milliseconds(47'000));
    EXPECT_EQ(close->record.charge, Money::from_li(300));
    EXPECT_EQ(close->reserved, Money::from_li(600));
    EXPECT_EQ(close->record.evidence, cdr::EndEvidence::crash);
    EXPECT_EQ(close->record.release.cause, Cause::crash);
    EXPECT_NE(find<HangUp>(actions), nullptr);
    EXPECT_TRUE(call.is_over());
  }
}

// Whoever hangs up shows that it was there; the other side has not.
TEST_F(AdoptedCallTest, is_billed_to_the_last_proof_where_the_other_side_said_nothing) {
  Call call(adopted(), then(52'000));
  const Actions actions = call.on(HungUp{LegId{CallRef{7}, 1}, 16}, then(59'000));
  EXPECT_EQ(find<CloseCall>(actions)->record.talk, Milliseconds(47'000));
}

// It passes its caller on, and is gone before it has said that it is there.
TEST_F(AdoptedCallTest, a_phone_that_passes_its_caller_on_has_shown_that_it_lives) {
  Call call(adopted(), then(52'000));
  call.on(LegProbed{LegId::caller(CallRef{7}), true}, then(52'100));
  call.on(TransferAsked{LegId{CallRef{7}, 1}, "nobody"}, then(53'000));
  const Actions actions = call.on(HungUp{LegId::caller(CallRef{7}), 16}, then(70'000));
  EXPECT_EQ(find<CloseCall>(actions)->record.talk, Milliseconds(67'000));
}

TEST_F(AdoptedCallTest, a_second_crash_proves_no_more_than_the_first) {
  Unfinished row = talking();
  row.answer->proved = then(50'000);
  const auto again = adopt_from(row, snapshot(), {then(58'000)}, then(60'000));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->proved.mono, then(50'000).mono);
  EXPECT_EQ(close_after_crash(row, then(58'000)).talk, Milliseconds(47'000));
}

// The answer was journalled at 1.0 s, and the server died before it could say it.
TEST_F(AdoptedCallTest, is_billed_from_its_confirmation_where_the_caller_may_not_have_heard) {
  Call call(adopted(talking(), then(1'100)), then(52'000));
  call.on(CallerConfirmed{CallRef{7}, {}}, then(52'100));
  call.on(LegProbed{LegId{CallRef{7}, 1}, true}, then(52'200));
  const Actions actions = call.on(HungUp{LegId::caller(CallRef{7}), 16}, then(70'000));
  EXPECT_EQ(find<CloseCall>(actions)->record.talk, Milliseconds(17'900));
}

TEST_F(AdoptedCallTest, costs_nothing_where_the_caller_never_confirms) {
  Call call(adopted(talking(), then(1'100)), then(52'000));
  const Actions actions = call.on(CallerLost{CallRef{7}}, then(60'000));
  EXPECT_EQ(find<CloseCall>(actions)->record.charge, Money());
  EXPECT_EQ(find<CloseCall>(actions)->record.talk, Milliseconds(0)) << "nobody talked";
}

TEST_F(AdoptedCallTest, a_caller_without_a_phone_is_decided_about_anew_once_it_is_there) {
  Adopted alone = adopted(in_a_menu());
  ASSERT_TRUE(alone.alone);
  EXPECT_EQ(alone.alone->caller.e164, "+8613900000000");
  EXPECT_EQ(alone.alone->caller.kind, number::Kind::mobile);
  alone.is_played_to = true;
  alone.alone->offer = {"application/sdp", "offer"};
  Call call(std::move(alone), then(52'000));
  EXPECT_EQ(call.talking_phone(), nullptr);
  EXPECT_EQ(call.offered().call, CallRef{7});
  EXPECT_EQ(call.wake_at(), then(112'000).mono) << "no call without a timer";
  const Actions actions = call.on(LegProbed{LegId::caller(CallRef{7}), true}, then(52'100));
  EXPECT_NE(find<JournalAdopted>(actions), nullptr);
  const auto* seek = find<SeekFurther>(actions);
  ASSERT_NE(seek, nullptr);
  EXPECT_TRUE(std::holds_alternative<SeekFurther::Restarted>(seek->from));
  auto decision = std::make_shared<routing::Decision>();
  decision->verdict = Cause::closed;
  const Actions closed = call.on(PlanMade{CallRef{7}, decision}, then(52'100));
  const auto* close = find<CloseCall>(closed);
  ASSERT_NE(close, nullptr);
  EXPECT_EQ(close->record.talk, Milliseconds(49'100));
  EXPECT_EQ(close->record.answered, then(1'000).wall);
}

TEST_F(AdoptedCallTest, a_caller_without_a_phone_that_is_gone_pays_for_what_was_proved) {
  for (const bool says_nothing : {false, true}) {
    Call call(adopted(in_a_menu()), then(52'000));
    const Actions actions =
        says_nothing ? call.on(TimePassed{CallRef{7}}, then(112'000))
                     : call.on(LegProbed{LegId::caller(CallRef{7}), false}, then(60'000));
    const auto* close = find<CloseCall>(actions);
    ASSERT_NE(close, nullptr);
    EXPECT_EQ(close->record.talk, Milliseconds(47'000));
    EXPECT_EQ(close->record.release.cause, Cause::crash);
  }
}

// Two sides agree on something else: a restart goes on with that.
TEST_F(AdoptedCallTest, what_the_sides_agree_on_is_written_down) {
  Call call(adopted(), then(52'000));
  const LegId phone{CallRef{7}, 1};
  call.on(MediaOffered{LegId::caller(CallRef{7}), {}}, then(53'000));
  EXPECT_TRUE(
      std::holds_alternative<JournalMedia>(call.on(MediaAccepted{phone, {}}, then(53'100)).back()));
  EXPECT_TRUE(std::holds_alternative<JournalMedia>(
      call.on(MediaRejected{phone, 488}, then(53'200)).back()));
}

TEST_F(AdoptedCallTest, where_a_side_has_moved_is_written_down) {
  Call call(adopted(), then(52'000));
  for (const LegId leg : {LegId::caller(CallRef{7}), LegId{CallRef{7}, 1}}) {
    const Actions actions = call.on(TargetRefreshed{leg, "there"}, then(53'000));
    const auto* target = find<JournalTarget>(actions);
    ASSERT_NE(target, nullptr);
    EXPECT_EQ(target->id, call.record().id);
    EXPECT_EQ(target->of_caller, leg.is_caller());
    EXPECT_EQ(target->target, "there");
  }
  EXPECT_TRUE(call.on(TargetRefreshed{LegId{CallRef{7}, 2}, "there"}, then(53'000)).empty())
      << "a phone that it does not talk to";
}

}  // namespace
}  // namespace hotline::call
