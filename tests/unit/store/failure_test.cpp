// The database out of reach: locked, full, failing. Nothing false is reported, nothing is lost,
// and service resumes by itself.
#include <atomic>
#include <fstream>
#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "store/database.h"
#include "store/page_check.h"
#include "store/reader.h"
#include "store/spill.h"
#include "unit/store/faulty_disk.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using ports::Applied;

billing::LedgerEntry payment(const std::string& reference) {
  return billing::recharge("acme", Money::from_li(5000), reference, WallTime(Milliseconds(5)));
}

// Another process in the middle of a transaction.
class Intruder {
 public:
  explicit Intruder(const std::filesystem::path& path) : database_(connect_writer(path)) {
    database_.exec("BEGIN IMMEDIATE");
  }
  void leave() { database_.exec("ROLLBACK"); }

 private:
  SQLite::Database database_;
};

bool wait_until(const std::function<bool()>& condition) {
  for (int tries = 0; tries < 3000 && !condition(); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return condition();
}

TEST(LockedDatabase, a_call_waits_while_there_is_time) {
  Rig rig;
  rig.settle();
  Intruder intruder(rig.opened->database);
  rig.writer->perform(admission_of(1));
  EXPECT_TRUE(wait_until([&] { return !rig.writer->takes_new_calls(); }));
  EXPECT_NE(rig.writer->trouble(), "");
  rig.clock.advance(Milliseconds(1999));
  intruder.leave();
  EXPECT_TRUE(rig.wait_for(call::AdmissionStored{CallRef{1}}));
  EXPECT_TRUE(wait_until([&] { return rig.writer->takes_new_calls(); }));
  EXPECT_EQ(rig.writer->trouble(), "");
  EXPECT_EQ(rig.reports, 2);
}

TEST(LockedDatabase, what_failed_is_not_written_later) {
  Rig rig;
  rig.open_account("acme");
  rig.writer->perform(admission_of(2));
  rig.settle();
  Intruder intruder(rig.opened->database);
  rig.writer->perform(admission_of(1));
  rig.writer->perform(answer_of(2));
  std::optional<Applied> paid;
  rig.writer->append({payment("r1")}, [&](Applied applied) { paid = applied; });
  rig.writer->close_call(close_of(3), charge_of(3));
  rig.clock.advance(Milliseconds(2000));
  EXPECT_TRUE(rig.wait_for(call::StoreFailed{CallRef{1}}));
  EXPECT_TRUE(rig.wait_for(call::StoreFailed{CallRef{2}}));
  EXPECT_TRUE(rig.thread.run_until([&] { return paid.has_value(); }));
  EXPECT_EQ(paid, Applied::failed);
  EXPECT_FALSE(rig.writer->takes_new_calls());

  intruder.leave();
  EXPECT_EQ(rig.stop_writer(), 0U);
  const Start start = load(rig.opened->database);
  ASSERT_EQ(start.unfinished.size(), 1U);
  EXPECT_FALSE(start.unfinished[0].answer);                  // call 2, unanswered
  EXPECT_EQ(start.accounts[0].balance, Money::from_li(-3));  // the call; not the payment
  EXPECT_EQ(all_records(rig.opened->database).size(), 1U);   // call 3
}

struct Fault {
  const char* name;
  void (*fail)(int code);
  int code;

  friend void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }
};

class FailingDisk : public testing::TestWithParam<Fault> {
 protected:
  void SetUp() override { faulty_disk::install(); }
  void TearDown() override { faulty_disk::install(); }
  void break_disk() { GetParam().fail(GetParam().code); }
  void mend_disk() { GetParam().fail(SQLITE_OK); }
};

TEST_P(FailingDisk, reports_no_failed_commit_and_loses_no_call) {
  Rig rig;
  rig.open_account("acme");
  for (int n = 1; n <= 5; ++n) rig.writer->perform(admission_of(n));
  rig.writer->close_call(close_of(1), charge_of(1));
  rig.settle();

  break_disk();
  for (int n = 2; n <= 5; ++n) rig.writer->close_call(close_of(n), charge_of(n));
  rig.writer->perform(refusal_of(50));
  rig.writer->perform(admission_of(6));
  EXPECT_TRUE(rig.wait_for(call::StoreFailed{CallRef{6}}));
  EXPECT_FALSE(rig.saw(call::AdmissionStored{CallRef{6}}));
  EXPECT_FALSE(rig.writer->takes_new_calls());
  EXPECT_EQ(rig.append(payment("r1")), Applied::failed);
  EXPECT_EQ(rig.open_account("late"), Applied::failed);
  rig.writer->close_call(close_of(6), {});  // the core refuses the call, and writes that down

  mend_disk();
  EXPECT_TRUE(wait_until([&] { return rig.writer->takes_new_calls(); }));
  // Asked again: the books take the money once, and say so exactly once.
  EXPECT_EQ(rig.append(payment("r1")), Applied::now);
  EXPECT_EQ(rig.append(payment("r1")), Applied::before);
  EXPECT_EQ(rig.open_account("late"), Applied::now);
  EXPECT_EQ(rig.open_account("late"), Applied::before);
  EXPECT_EQ(rig.stop_writer(), 0U);

  EXPECT_EQ(all_records(rig.opened->database).size(), 7U);  // and their numbers have no gap
  const Start start = load(rig.opened->database);
  EXPECT_TRUE(start.unfinished.empty());
  EXPECT_EQ(start.accounts[0].balance, Money::from_li(5000 - 1 - 2 - 3 - 4 - 5));
}

// A sync that fails may leave its transaction in the file: found there later, it was asked for and
// never reported.
TEST_P(FailingDisk, money_in_doubt_is_reported_once) {
  Rig rig;
  rig.open_account("acme");
  ASSERT_EQ(rig.append(payment("old")), Applied::now);
  const auto while_broken = [&](auto&& ask) {
    break_disk();
    EXPECT_EQ(ask(), Applied::failed);
    mend_disk();
    EXPECT_TRUE(wait_until([&] { return rig.writer->takes_new_calls(); }));
  };
  while_broken([&] { return rig.append(payment("new")); });
  while_broken([&] { return rig.append(payment("old")); });
  while_broken([&] { return rig.open_account("late"); });
  EXPECT_EQ(rig.append(payment("old")), Applied::before);
  EXPECT_EQ(rig.append(payment("new")), Applied::now);
  EXPECT_EQ(rig.append(payment("new")), Applied::before);
  EXPECT_EQ(rig.open_account("late"), Applied::now);
  EXPECT_EQ(rig.open_account("late"), Applied::before);
  rig.stop_writer();
  EXPECT_EQ(load(rig.opened->database).accounts[0].balance, Money::from_li(10'000));
}

TEST_P(FailingDisk, a_process_that_dies_meanwhile_leaves_true_books) {
  TempDir dir;
  {
    Rig rig(dir.path());
    rig.open_account("acme");
    rig.append(payment("r0"));
    for (int n = 1; n <= 3; ++n) rig.writer->perform(admission_of(n));
    rig.settle();
    break_disk();
    for (int n = 1; n <= 3; ++n) rig.writer->close_call(close_of(n), charge_of(n));
    EXPECT_GT(rig.stop_writer(), 0U);  // gives up: there is no other disk for the spilled ones
    mend_disk();
  }
  Rig rig(dir.path());
  rig.stop_writer();
  // Each call is closed or still in the journal, and the sums agree: load() checks them.
  const std::size_t closed = all_records(rig.opened->database).size();
  EXPECT_EQ(load(rig.opened->database).unfinished.size() + closed, 3U);
}

TEST(LockedDatabase, calls_that_end_or_are_refused_meanwhile_are_filed_by_the_next_process) {
  TempDir dir;
  {
    Rig rig(dir.path());
    rig.open_account("acme");
    rig.append(payment("r0"));
    for (int n = 1; n <= 3; ++n) rig.writer->perform(admission_of(n));
    rig.settle();
    const Intruder intruder(rig.opened->database);
    for (int n = 1; n <= 3; ++n) rig.writer->close_call(close_of(n), charge_of(n));
    for (int n = 1'001; n <= 1'700; ++n) {  // more than are written at once
      rig.writer->perform(call::RecordRefusal{CallRef{1}, sample_record(n)});
    }
    EXPECT_EQ(rig.stop_writer(), 0U) << "they are spilled";
  }
  Rig rig(dir.path());
  rig.stop_writer();
  EXPECT_EQ(all_records(rig.opened->database).size(), 703U);
  const Start start = load(rig.opened->database);
  EXPECT_TRUE(start.unfinished.empty());
  EXPECT_EQ(start.accounts[0].balance, Money::from_li(5000 - 1 - 2 - 3));
  EXPECT_EQ(file_spilled(rig.opened->database), 0U) << "once";
}

// A side may change its audio as often as it likes: what waits for the disk stays bounded.
TEST_P(FailingDisk, of_what_sides_agree_on_the_last_word_waits) {
  Rig rig;
  rig.writer->perform(admission_of(1));
  rig.writer->perform(answer_of(1));
  rig.settle();
  break_disk();
  for (int n = 1; n <= 100; ++n) {
    rig.writer->perform(call::JournalMedia{CallRef{1}, sample_record(1).id, std::to_string(n)});
  }
  EXPECT_TRUE(wait_until([&] { return rig.writer->waiting() <= 1; }));
  for (int n = 1; n <= 100; ++n) {
    rig.writer->perform(call::JournalTarget{sample_record(1).id, false, std::to_string(n)});
  }
  EXPECT_TRUE(wait_until([&] { return rig.writer->waiting() <= 2; })) << "one of each";
  mend_disk();
  EXPECT_TRUE(wait_until([&] { return rig.writer->takes_new_calls(); }));
  rig.stop_writer();
  const call::Unfinished call = load(rig.opened->database).unfinished.at(0);
  EXPECT_EQ(call.answer->audio, "100");
  EXPECT_EQ(call.answer->phone_dialog, "100" + answer_of(1).phone_dialog);
}

TEST_P(FailingDisk, paid_time_is_caught_up) {
  Rig rig;
  rig.writer->perform(admission_of(1));
  rig.writer->perform(answer_of(1));
  rig.settle();
  break_disk();
  for (int paid = 1; paid <= 100; ++paid) {
    rig.writer->perform(call::JournalPaid{sample_record(1).id, Milliseconds(paid)});
  }
  EXPECT_TRUE(wait_until([&] { return !rig.writer->takes_new_calls(); }));
  mend_disk();
  EXPECT_TRUE(wait_until([&] { return rig.writer->takes_new_calls(); }));
  rig.stop_writer();
  const Start start = load(rig.opened->database);
  ASSERT_TRUE(start.unfinished.at(0).answer);
  EXPECT_EQ(start.unfinished[0].answer->paid, Milliseconds(100));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FailingDisk,
    testing::Values(Fault{"full", faulty_disk::fail_writes, SQLITE_FULL},
                    Fault{"write_error", faulty_disk::fail_writes, SQLITE_IOERR_WRITE},
                    Fault{"sync_error", faulty_disk::fail_syncs, SQLITE_IOERR_FSYNC},
                    Fault{"read_only", faulty_disk::fail_writes, SQLITE_READONLY}),
    [](const auto& fault) { return std::string(fault.param.name); });

TEST(SlowDisk, takes_no_new_calls_while_a_sync_hangs_and_until_one_is_quick) {
  faulty_disk::install();
  Rig rig;
  rig.settle();
  faulty_disk::hang_syncs(true);
  rig.writer->perform(admission_of(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // it hangs
  rig.clock.advance(Milliseconds(1999));
  EXPECT_TRUE(rig.writer->takes_new_calls()) << "the call still waits for it";
  rig.clock.advance(Milliseconds(1));
  EXPECT_TRUE(wait_until([&] { return !rig.writer->takes_new_calls(); }));
  EXPECT_THAT(rig.writer->trouble(),
              testing::HasSubstr("hotline.db: a commit has taken more than"));
  faulty_disk::hang_syncs(false);
  EXPECT_TRUE(rig.wait_for(call::AdmissionStored{CallRef{1}})) << "late, but durable";
  EXPECT_TRUE(wait_until([&] { return rig.writer->takes_new_calls(); }));
  EXPECT_EQ(rig.writer->trouble(), "");
}

TEST(BrokenDatabase, is_found_by_looking_and_takes_no_new_calls_for_good) {
  Rig rig;
  rig.settle();
  const auto database = rig.opened->database;
  {
    const PageCheck whole(database, [](const std::string& what) { ADD_FAILURE() << what; });
  }
  rig.stop_writer();
  const auto root = connect_reader(database)
                        .execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'notice'")
                        .getInt();
  connect_writer(database).exec("PRAGMA wal_checkpoint(TRUNCATE)");
  {
    std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((root - 1) * 4096);
    file << std::string(32, 'x');
  }
  std::atomic<bool> found{false};
  std::string what;
  const PageCheck broken(database, [&](const std::string& said) {
    what = said;
    found = true;
  });
  EXPECT_TRUE(wait_until([&] { return found.load(); }));
  EXPECT_TRUE(what.starts_with(database.string() + ": ")) << what;
  Writer writer(
      database, [&] { return rig.clock.read(); }, [](Writer::Works) {}, [](call::Event) {});
  writer.condemn(what);
  EXPECT_FALSE(writer.takes_new_calls());
  EXPECT_TRUE(writer.trouble().starts_with(what)) << writer.trouble();
}

TEST(VanishedDatabase, is_not_made_anew) {
  faulty_disk::install();
  Rig rig;
  rig.settle();
  const auto away = rig.opened->database.string() + ".away";
  std::filesystem::rename(rig.opened->database, away);
  faulty_disk::fail_syncs(SQLITE_IOERR_FSYNC);  // makes the writer open it again
  EXPECT_TRUE(wait_until([&] { return !rig.writer->takes_new_calls(); }));
  faulty_disk::fail_syncs(SQLITE_OK);
  rig.writer->perform(admission_of(1));
  EXPECT_TRUE(rig.wait_for(call::StoreFailed{CallRef{1}}));
  EXPECT_FALSE(std::filesystem::exists(rig.opened->database));

  std::filesystem::rename(away, rig.opened->database);
  EXPECT_TRUE(wait_until([&] { return rig.writer->takes_new_calls(); }));
}

}  // namespace
}  // namespace hotline::store
