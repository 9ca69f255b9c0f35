// A database as an older hotlined left it, opened by this one.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "hotline/call/after_crash.h"

#include "store/audit.h"
#include "store/database.h"
#include "store/reader.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

constexpr WallTime kReceived{Milliseconds{1'772'416'800'000}};

// Runs tests/unit/store/NAME into a new database and opens that.
tl::expected<Opened, std::string> open_old(const TempDir& dir, const std::string& name) {
  std::ostringstream sql;
  sql << std::ifstream(HOTLINE_SOURCE_DIR "/tests/unit/store/" + name).rdbuf();
  SQLite::Database(dir.path() / "hotline.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec(sql.str());
  return open(dir.path());
}

// The tariff was three columns of the journal. Now it is the record's text, and a call that died
// under the old version is billed by it.
TEST(Migration, a_crash_under_version_2_is_billed_by_its_tariff) {
  TempDir dir;
  const auto opened = open_old(dir, "version_2.sql");
  ASSERT_TRUE(opened) << opened.error();
  const auto start = load_start(opened->database, kReceived);
  ASSERT_TRUE(start) << start.error();
  ASSERT_EQ(start->unfinished.size(), 2U);

  const call::Unfinished& talking = start->unfinished[0];
  EXPECT_EQ(talking.draft.tariff, "0.310 60/6");
  EXPECT_EQ(talking.caller_dialog, "INVITE 2");
  ASSERT_TRUE(talking.answer);
  EXPECT_EQ(talking.answer->phone_dialog, "dialog 2");
  const cdr::Record record = call::close_after_crash(talking, start->heartbeat->at);
  EXPECT_EQ(record.billable, Milliseconds(67'000));
  EXPECT_EQ(record.billed, Seconds(72));
  EXPECT_EQ(record.charge, Money::from_li(310 + 2 * 31));
  EXPECT_EQ(record.caller_fee, Money());

  EXPECT_EQ(talking.draft.phone_province, "");

  const call::Unfinished& ringing = start->unfinished[1];
  EXPECT_EQ(ringing.draft.tariff, "1.005 60/60");
  EXPECT_FALSE(ringing.answer);
}

// Filed records never change: what they cost is their price and their billed time.
TEST(Migration, records_of_version_2_stay_as_they_are) {
  TempDir dir;
  const auto opened = open_old(dir, "version_2.sql");
  ASSERT_TRUE(opened) << opened.error();
  const auto records = all_records(opened->database);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].tariff, "");
  EXPECT_EQ(records[0].rate, "");
  EXPECT_EQ(records[0].phone_province, "") << "nobody knows it any more";
  EXPECT_EQ(records[0].price_per_min, Money::from_li(310));
  EXPECT_EQ(records[0].billed, Seconds(120));
  EXPECT_EQ(records[0].charge, Money::from_li(620));
}

// Their hashes are made of all that stands in them, and what they cost still follows from it.
TEST(Migration, records_of_before_are_chained_and_the_books_hold) {
  for (const char* version : {"version_1.sql", "version_2.sql"}) {
    TempDir dir;
    const auto opened = open_old(dir, version);
    ASSERT_TRUE(opened) << opened.error();
    const auto audited = audit(opened->database, {});
    ASSERT_TRUE(audited) << audited.error();
    EXPECT_EQ(audited->found, 0U) << audited->findings[0].is;
    EXPECT_EQ(audited->records, 1U);
    EXPECT_EQ(audited->heads.records, 1);
  }
}

// Who had an account before there were fees owes none of the time before.
TEST(Migration, accounts_of_version_2_are_active_and_their_clock_begins_at_the_next_start) {
  TempDir dir;
  const auto opened = open_old(dir, "version_2.sql");
  ASSERT_TRUE(opened) << opened.error();
  const WallTime now = begin_of(Day(std::chrono::days(20'782)));  // 2026-11-25
  auto start = load_start(opened->database, now);
  ASSERT_TRUE(start) << start.error();
  billing::Standing& standing = start->accounts.at(0).standing;
  EXPECT_EQ(standing.state, billing::AccountState::active);
  EXPECT_EQ(standing.activated, start->accounts[0].opened);
  billing::begin_clock(standing, now);
  EXPECT_EQ(standing.days_done, day_of(now));
  EXPECT_EQ(standing.months_done, 202611) << "the month of the upgrade is exempt";
  auto reader = Reader::open(opened->database);
  const auto events = reader->events("acme");
  EXPECT_TRUE(events->empty());
}

// Version 1 did not count months, nor keep anything between calls.
TEST(Migration, of_version_1_counts_the_months_usage) {
  TempDir dir;
  ASSERT_TRUE(open_old(dir, "version_1.sql"));
  const auto path = dir.path() / "hotline.db";
  const auto records = all_records(path);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].caller_kind, "");
  EXPECT_EQ(records[0].decided, "");
  EXPECT_EQ(records[0].trace, "trace 1");
  const auto start = load_start(path, *records[0].answered);
  ASSERT_EQ(start->usage.size(), 1U);
  EXPECT_EQ(start->usage[0].calls, 1U);
  EXPECT_EQ(start->usage[0].spent, records[0].charge);
}

}  // namespace
}  // namespace hotline::store
