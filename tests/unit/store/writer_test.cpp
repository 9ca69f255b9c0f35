#include "store/writer.h"

#include <gtest/gtest.h>

#include "store/database.h"
#include "store/reader.h"
#include "store/write_session.h"
#include "unit/store/faulty_disk.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using ports::Applied;

billing::LedgerEntry payment(const std::string& account, std::int64_t li,
                             const std::string& reference) {
  return billing::recharge(account, Money::from_li(li), reference, WallTime(Milliseconds(5)));
}

TEST(Writer, tells_the_call_thread_and_only_there) {
  Rig rig;
  rig.writer->perform(admission_of(1));
  rig.settle();
  EXPECT_TRUE(rig.saw(call::AdmissionStored{CallRef{1}}));
  rig.writer->perform(answer_of(1));
  EXPECT_FALSE(rig.saw(call::AnswerStored{CallRef{1}}));  // nothing comes back from inside
  EXPECT_TRUE(rig.wait_for(call::AnswerStored{CallRef{1}}));
}

TEST(Writer, speaks_only_of_what_is_synced) {
  faulty_disk::install();
  TempDir dir;
  auto opened = open(dir.path());
  ASSERT_TRUE(opened) << opened.error();
  HandClock clock;
  CallThread thread;
  int stored = 0;
  {
    Writer writer(
        opened->database, [&] { return clock.read(); },
        [&](Writer::Works works) {
          EXPECT_EQ(faulty_disk::unsynced_writes(), 0);  // on the writer's thread, at the commit
          for (auto& work : works) thread.post(std::move(work));
        },
        [&](const call::Event&) { ++stored; });
    for (int n = 1; n <= 200; ++n) writer.perform(admission_of(n));
    EXPECT_TRUE(thread.run_until([&] { return stored == 200; }));
  }
  EXPECT_EQ(load(opened->database).unfinished.size(), 200U);
}

TEST(Writer, closes_a_call_exactly_once) {
  Rig rig;
  rig.open_account("acme");
  rig.writer->perform(admission_of(7));
  for (int times = 0; times < 3; ++times) rig.writer->close_call(close_of(7), charge_of(7));
  rig.settle();
  rig.writer->close_call(close_of(7), charge_of(7));
  EXPECT_EQ(rig.stop_writer(), 0U);

  const auto records = all_records(rig.opened->database);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(dump(records[0]), dump(sample_record(7)));
  const Start start = load(rig.opened->database);
  EXPECT_TRUE(start.unfinished.empty());
  EXPECT_EQ(start.accounts[0].balance, Money::from_li(-7));
}

TEST(Writer, an_answer_after_the_end_changes_nothing) {
  Rig rig;
  rig.open_account("acme");
  rig.writer->perform(admission_of(3));
  rig.writer->close_call(close_of(3), {});
  rig.writer->perform(answer_of(3));
  rig.writer->perform(call::JournalPaid{sample_record(3).id, Milliseconds(9)});
  EXPECT_TRUE(rig.wait_for(call::StoreFailed{CallRef{3}}));
  rig.stop_writer();
  EXPECT_TRUE(load(rig.opened->database).unfinished.empty());
}

TEST(Writer, applies_a_ledger_entry_at_most_once) {
  Rig rig;
  EXPECT_EQ(rig.open_account("acme"), Applied::now);
  EXPECT_EQ(rig.open_account("acme"), Applied::before);
  rig.open_account("other");
  const struct {
    const char* what;
    billing::LedgerEntry entry;
    Applied verdict;
  } rows[] = {
      {"the first", payment("acme", 100, "r1"), Applied::now},
      {"again", payment("acme", 100, "r1"), Applied::before},
      {"another amount", payment("acme", 101, "r1"), Applied::conflict},
      {"another account",
       {"recharge:acme:r1", billing::EntryKind::recharge, "other", "r1", Money::from_li(100), {}},
       Applied::conflict},
      {"another kind",
       {"recharge:acme:r1", billing::EntryKind::call_charge, "acme", "r1", Money::from_li(100), {}},
       Applied::conflict},
      {"another reference", payment("acme", 100, "r2"), Applied::now},
      {"no such account", payment("nobody", 100, "r1"), Applied::failed},
  };
  for (const auto& row : rows) EXPECT_EQ(rig.append(row.entry), row.verdict) << row.what;
  rig.stop_writer();

  const Start start = load(rig.opened->database);
  ASSERT_EQ(start.accounts.size(), 2U);
  EXPECT_EQ(start.accounts[0].balance, Money::from_li(200));
  EXPECT_EQ(start.accounts[1].balance, Money());
}

TEST(Writer, keeps_the_balance_after_each_entry) {
  Rig rig;
  rig.open_account("acme");
  rig.append(payment("acme", 1000, "r1"));
  rig.writer->close_call(close_of(300), charge_of(300));
  rig.append(payment("acme", 50, "r2"));
  auto reader = Reader::open(rig.opened->database);
  ASSERT_TRUE(reader) << reader.error();
  std::vector<std::int64_t> after;
  ASSERT_TRUE(reader->entries(
      {}, [&](const billing::Booked& booked) { after.push_back(booked.balance_after.li()); }));
  EXPECT_EQ(after, (std::vector<std::int64_t>{1000, 700, 750}));
}

TEST(Writer, numbers_records_without_gaps) {
  Rig rig;
  rig.open_account("acme");
  for (int n = 1; n <= 1500; ++n) {  // more refusals than one transaction takes
    rig.writer->perform(refusal_of(2 * n));
    if (n % 10 == 0) rig.writer->close_call(close_of(2 * n + 1), charge_of(2 * n + 1));
    if (n % 20 == 0) rig.writer->close_call(close_of(2 * n + 1), charge_of(2 * n + 1));
  }
  EXPECT_EQ(rig.stop_writer(), 0U);
  EXPECT_EQ(all_records(rig.opened->database).size(), 1650U);  // checks the numbers as it reads
}

TEST(Writer, what_is_filed_cannot_change) {
  Rig rig;
  rig.open_account("acme");
  rig.writer->close_call(close_of(1), charge_of(1));
  rig.stop_writer();
  SQLite::Database database = connect_writer(rig.opened->database);
  for (const char* sql :
       {"UPDATE cdr SET charge_li = 0", "DELETE FROM cdr", "UPDATE attempt SET rang_ms = 0",
        "DELETE FROM attempt", "UPDATE ledger SET amount_li = 0", "DELETE FROM ledger"}) {
    EXPECT_THROW(database.exec(sql), SQLite::Exception) << sql;
  }
}

// What another process left in the log may not be on the disk: nothing may be written behind it.
TEST(Writer, begins_with_an_empty_log) {
  Rig rig;
  rig.stop_writer();
  const auto log_size = [&] {
    return std::filesystem::file_size(rig.opened->database.string() + "-wal");
  };
  SQLite::Database other = connect_writer(rig.opened->database);
  other.exec("INSERT INTO account(name, opened_ms, balance_li) VALUES('left', 0, 0)");
  EXPECT_GT(log_size(), 0U);
  const WriteSession session(rig.opened->database);
  EXPECT_EQ(log_size(), 0U);
}

TEST(Writer, an_idle_one_beats) {
  Rig rig;
  rig.settle();
  rig.clock.advance(Milliseconds(77'777));
  auto beaten = [&] {
    SQLite::Database database = connect_reader(rig.opened->database);
    return database.execAndGet("SELECT mono_ms FROM heartbeat").getInt64() == 1'077'777;
  };
  bool seen = false;
  for (int tries = 0; tries < 300 && !seen; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    seen = beaten();
  }
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace hotline::store
