#include "store/start.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/database.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using testing::HasSubstr;

TEST(Start, a_new_database_is_empty) {
  TempDir dir;
  const auto opened = open(dir.path());
  ASSERT_TRUE(opened);
  const Start start = load(opened->database);
  EXPECT_TRUE(start.accounts.empty());
  EXPECT_TRUE(start.unfinished.empty());
  EXPECT_FALSE(start.heartbeat);
}

TEST(Start, finds_every_field_of_a_ringing_call) {
  Rig rig;
  const call::JournalAdmission admission = admission_of(4);
  rig.writer->perform(admission);
  rig.stop_writer();
  const Start start = load(rig.opened->database);
  ASSERT_EQ(start.unfinished.size(), 1U);
  const call::Unfinished& call = start.unfinished[0];
  EXPECT_EQ(dump(call.draft), dump(admission.draft));
  EXPECT_EQ(to_text(call.tariff), admission.draft.tariff);
  EXPECT_EQ(call.caller_dialog, admission.caller_dialog);
  EXPECT_FALSE(call.answer);
}

TEST(Start, finds_every_field_of_an_answered_call) {
  Rig rig;
  const call::JournalAdmission admission = admission_of(4);
  const call::JournalAnswer answer = answer_of(4);
  rig.writer->perform(admission_of(3));
  rig.writer->perform(admission);
  rig.writer->perform(answer);
  rig.writer->perform(call::JournalPaid{answer.id, Milliseconds(120'004)});
  rig.stop_writer();

  const Start start = load(rig.opened->database);
  ASSERT_EQ(start.unfinished.size(), 2U);
  const call::Unfinished& call = start.unfinished[1];
  cdr::Record draft = admission.draft;
  draft.answered_by = answer.answered_by;
  draft.phone_province = answer.phone_province;
  draft.phone_leg_id = answer.phone_leg_id;
  draft.attempts = answer.attempts;
  draft.recording = answer.recording;
  draft.bridged = answer.bridged;
  draft.menu = answer.menu;
  draft.waited = answer.waited;
  EXPECT_EQ(dump(call.draft), dump(draft));
  ASSERT_TRUE(call.answer);
  EXPECT_EQ(call.answer->at.wall, answer.answered.wall);
  EXPECT_EQ(call.answer->at.mono, answer.answered.mono);
  EXPECT_EQ(call.answer->paid, Milliseconds(120'004));
  EXPECT_EQ(call.answer->phone_dialog, answer.phone_dialog);
  EXPECT_EQ(call.answer->said, answer.said);
  EXPECT_EQ(call.answer->audio, answer.audio);
}

TEST(Start, finds_until_when_an_adopted_call_was_known_to_be_up) {
  Rig rig;
  const call::JournalAnswer answer = answer_of(4);
  rig.writer->perform(admission_of(4));
  rig.writer->perform(answer);
  const Now answered{Instant(Milliseconds(77)), answer.answered.wall};
  const Now proved{Instant(Milliseconds(88)), WallTime(Milliseconds(99))};
  rig.writer->perform(call::JournalAdopted{answer.id, answered, proved});
  rig.stop_writer();
  {
    const Start start = load(rig.opened->database);
    ASSERT_EQ(start.unfinished.size(), 1U);
    EXPECT_EQ(start.unfinished[0].answer->at.mono, answered.mono);
    EXPECT_EQ(start.unfinished[0].answer->at.wall, answered.wall);
    ASSERT_TRUE(start.unfinished[0].answer->proved);
    EXPECT_EQ(start.unfinished[0].answer->proved->mono, proved.mono);
    EXPECT_EQ(start.unfinished[0].answer->proved->wall, proved.wall);
  }
  rig.start_writer();
  rig.writer->perform(call::JournalAdopted{answer.id, answered});
  rig.stop_writer();
  EXPECT_FALSE(load(rig.opened->database).unfinished[0].answer->proved);
}

// What is said of answers counts from the next proof of life on, and never ahead of it.
TEST(Start, finds_which_answers_were_confirmed) {
  Rig rig;
  rig.settle();
  const auto confirmed_before = [&] {
    rig.stop_writer();
    const Instant found = load(rig.opened->database).heartbeat->confirmed_before;
    rig.start_writer();
    return found;
  };
  EXPECT_EQ(confirmed_before(), Instant()) << "nobody has said anything";
  rig.writer->confirmed_before(Instant(Milliseconds(42)));
  rig.writer->perform(admission_of(4));
  EXPECT_EQ(confirmed_before(), Instant(Milliseconds(42)));
  rig.writer->confirmed_before(Instant::max());
  rig.writer->perform(admission_of(5));
  EXPECT_EQ(confirmed_before(), rig.clock.read().mono + Milliseconds(1));
}

TEST(Start, finds_the_audio_as_it_was_last_agreed_on) {
  Rig rig;
  const call::JournalAnswer answer = answer_of(4);
  rig.writer->perform(admission_of(4));
  rig.writer->perform(answer);
  rig.writer->perform(call::JournalMedia{answer.call, answer.id, "on hold"});
  rig.writer->perform(call::JournalMedia{answer.call, answer_of(5).id, "of nobody"});
  rig.stop_writer();
  const Start start = load(rig.opened->database);
  ASSERT_EQ(start.unfinished.size(), 1U);
  EXPECT_EQ(start.unfinished[0].answer->audio, "on hold");
  EXPECT_EQ(start.unfinished[0].answer->said, answer.said);
}

TEST(Start, finds_where_the_sides_have_moved_to) {
  Rig rig;
  const call::JournalAdmission admission = admission_of(4);
  const call::JournalAnswer answer = answer_of(4);
  rig.writer->perform(admission);
  rig.writer->perform(answer);
  for (const char* target : {"there\n", "elsewhere\n"}) {
    rig.writer->perform(call::JournalTarget{answer.id, true, std::string("caller ") + target});
    rig.writer->perform(call::JournalTarget{answer.id, false, std::string("phone ") + target});
  }
  rig.stop_writer();
  Start start = load(rig.opened->database);
  ASSERT_EQ(start.unfinished.size(), 1U);
  EXPECT_EQ(start.unfinished[0].caller_dialog, "caller elsewhere\n" + admission.caller_dialog);
  EXPECT_EQ(start.unfinished[0].answer->phone_dialog, "phone elsewhere\n" + answer.phone_dialog);

  rig.start_writer();
  rig.writer->perform(answer);  // another phone's
  rig.stop_writer();
  start = load(rig.opened->database);
  EXPECT_EQ(start.unfinished[0].caller_dialog, "caller elsewhere\n" + admission.caller_dialog);
  EXPECT_EQ(start.unfinished[0].answer->phone_dialog, answer.phone_dialog);
}

TEST(Start, finds_the_accounts_and_the_last_proof_of_life) {
  Rig rig;
  const Now opened = rig.clock.read();
  rig.open_account("b");
  rig.open_account("a");
  rig.append(billing::recharge("a", Money::from_li(5), "r", WallTime()));
  rig.clock.advance(Milliseconds(321));
  rig.settle();
  rig.stop_writer();
  const Start start = load(rig.opened->database);
  ASSERT_EQ(start.accounts.size(), 3U);  // and "settle"
  EXPECT_EQ(start.accounts[0].name, "a");
  EXPECT_EQ(start.accounts[0].balance, Money::from_li(5));
  EXPECT_EQ(start.accounts[1].name, "b");
  EXPECT_EQ(start.accounts[1].opened, opened.wall);
  ASSERT_TRUE(start.heartbeat);
  EXPECT_EQ(start.heartbeat->at.mono, rig.clock.read().mono);
  EXPECT_EQ(start.heartbeat->at.wall, rig.clock.read().wall);
  EXPECT_TRUE(start.heartbeat->same_boot);
}

TEST(Start, knows_when_the_machine_was_started_again) {
  Rig rig;
  rig.stop_writer();
  connect_writer(rig.opened->database).exec("UPDATE heartbeat SET boot_id = 'another'");
  EXPECT_FALSE(load(rig.opened->database).heartbeat->same_boot);
}

TEST(Start, each_life_begins_after_the_last_one_whatever_the_clock_says) {
  Rig rig;
  const WallTime then = rig.clock.read().wall;
  rig.clock.set_ahead(Seconds(3600));
  rig.settle();
  rig.clock.set_ahead(Seconds(-3600));
  rig.settle();
  rig.stop_writer();
  const auto life = [&](WallTime now) { return load_start(rig.opened->database, now)->life; };
  EXPECT_EQ(life(then), then + Seconds(3601)) << "it was an hour ahead once";
  EXPECT_EQ(life(then), then + Seconds(3602)) << "one that died before its first heartbeat";
  EXPECT_EQ(life(then + Seconds(9999)), then + Seconds(9999));
}

TEST(Start, every_word_of_every_closed_set_comes_back) {
  Rig rig;
  std::vector<std::string> written;
  int n = 0;
  const auto write = [&](auto&& change) {
    call::CloseCall close = close_of(++n);
    change(close.record);
    written.push_back(dump(close.record));
    rig.writer->close_call(close, {});
  };
  for (int i = 0; i <= static_cast<int>(Cause::crash); ++i) {
    write([i](cdr::Record& record) { record.release.cause = static_cast<Cause>(i); });
  }
  for (int i = 0; i <= static_cast<int>(cdr::Party::operator_); ++i) {
    write([i](cdr::Record& record) { record.release.by = static_cast<cdr::Party>(i); });
  }
  for (int i = 0; i <= static_cast<int>(cdr::EndEvidence::crash); ++i) {
    write([i](cdr::Record& record) { record.evidence = static_cast<cdr::EndEvidence>(i); });
  }
  for (int i = 0; i <= static_cast<int>(cdr::AttemptResult::cancelled); ++i) {
    write([i](cdr::Record& record) {
      record.attempts[0].result = static_cast<cdr::AttemptResult>(i);
      record.answered.reset();
      record.first_ring.reset();
    });
  }
  rig.stop_writer();
  std::vector<std::string> read;
  for (const auto& record : all_records(rig.opened->database)) read.push_back(dump(record));
  EXPECT_EQ(read, written);
}

TEST(Start, refuses_books_that_do_not_add_up) {
  Rig rig;
  rig.open_account("acme");
  rig.stop_writer();
  connect_writer(rig.opened->database).exec("UPDATE account SET balance_li = 1 WHERE name='acme'");
  const auto start = load_start(rig.opened->database, WallTime{});
  ASSERT_FALSE(start);
  EXPECT_THAT(start.error(), HasSubstr("account acme is 0.001, but its ledger adds up to 0.000"));
}

TEST(Start, refuses_a_chain_that_was_cut_off) {
  Rig rig;
  rig.writer->close_call(close_of(1), {});
  rig.writer->close_call(close_of(2), {});
  rig.stop_writer();
  connect_writer(rig.opened->database)
      .exec("DROP TRIGGER cdr_stays; DELETE FROM cdr WHERE seq = 2");
  const auto start = load_start(rig.opened->database, WallTime{});
  ASSERT_FALSE(start);
  EXPECT_THAT(start.error(), HasSubstr("the last row of cdr is number 1, the last hash is of "
                                       "number 2: something was cut off"));
}

TEST(Start, refuses_words_that_mean_nothing) {
  Rig rig;
  rig.writer->perform(admission_of(1));
  rig.stop_writer();
  connect_writer(rig.opened->database).exec("UPDATE journal SET cause = 'weather'");
  const auto start = load_start(rig.opened->database, WallTime{});
  ASSERT_FALSE(start);
  EXPECT_THAT(start.error(), HasSubstr("weather"));
}

TEST(Start, refuses_tariffs_that_are_none) {
  Rig rig;
  rig.writer->perform(admission_of(1));
  rig.stop_writer();
  connect_writer(rig.opened->database).exec("UPDATE journal SET tariff = '0.301 1/1'");
  const auto start = load_start(rig.opened->database, WallTime{});
  ASSERT_FALSE(start);
  EXPECT_THAT(start.error(), HasSubstr("\"0.301 1/1\", which is no tariff"));
}

TEST(Start, refuses_attempts_that_are_none) {
  for (const std::string lines : {"1 2 answered desk", "1 2 answered 200", "1 2 sunny 200 desk"}) {
    Rig rig;
    rig.writer->perform(admission_of(1));
    rig.writer->perform(answer_of(1));
    rig.stop_writer();
    connect_writer(rig.opened->database)
        .exec("UPDATE journal_answer SET attempts = '" + lines + "'");
    const auto start = load_start(rig.opened->database, WallTime{});
    ASSERT_FALSE(start) << lines;
    EXPECT_THAT(start.error(), HasSubstr(lines == "1 2 sunny 200 desk" ? "sunny" : lines));
  }
}

TEST(Start, refuses_a_damaged_file) {
  Rig rig;
  rig.open_account("acme");
  for (int n = 1; n <= 500; ++n) rig.writer->close_call(close_of(n), charge_of(n));
  rig.stop_writer();
  {
    std::fstream file(rig.opened->database, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(rig.opened->database));
    for (std::streamoff page = 4096; page < size; page += 4096) {
      file.seekp(page);
      file << std::string(64, '\x7f');
    }
  }
  const auto start = load_start(rig.opened->database, WallTime{});
  ASSERT_FALSE(start);
  EXPECT_THAT(start.error(), HasSubstr("malformed"));
}

}  // namespace
}  // namespace hotline::store
