#include "store/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/chain.h"
#include "store/database.h"
#include "store/schema.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using testing::HasSubstr;

constexpr int kCalls = 20;

// Two accounts, calls with and without a charge, refusals, notes, an open call.
struct Books : Rig {
  Books() {
    open_account("acme");
    open_account("beta");
    append(billing::recharge("acme", Money::from_li(10'000), "bank 1", clock.read().wall));
    for (int n = 1; n <= kCalls; ++n) {
      writer->perform(admission_of(n));
      writer->close_call(close_of(n), charge_of(n));
    }
    settle();  // record n is call n, entry n + 1 is its charge
    for (int n = 1; n <= 5; ++n) writer->perform(refusal_of(1000 + n));
    append(billing::recharge("beta", Money::from_li(500), "bank 2", clock.read().wall));
    append(
        billing::adjustment("beta", Money::from_li(-20), "fix", "wang", "why", clock.read().wall));
    writer->perform(admission_of(500));
    writer->perform(answer_of(500));
    writer->add_note(sample_record(3).id, {clock.read().wall, cdr::NoteKind::remark, "a", "w"},
                     [](ports::Applied) {});
    writer->add_note(sample_record(3).id, {clock.read().wall, cdr::NoteKind::survey, "5", "w"},
                     [](ports::Applied) {});
    settle();
    stop_writer();
  }
  std::filesystem::path database() const { return opened->database; }
  std::filesystem::path anchors() const { return anchors_of(database().parent_path()); }
};

Audited audited(const std::filesystem::path& database, AuditWish wish = {}) {
  const auto result = audit(database, wish);
  EXPECT_TRUE(result) << result.error();
  return result.value_or(Audited());
}

std::string dump(const Audited& audited) {
  std::string text;
  for (const Finding& one : audited.findings) {
    text += one.table + " " + std::to_string(one.seq) + " " + one.id + ": there is " + one.is +
            "; there should be " + one.should_be + "\n";
  }
  return text;
}

// What somebody does who may write the file; the triggers come back afterwards.
void damage(const std::filesystem::path& path, const std::string& sql) {
  SQLite::Database database = connect_writer(path);
  std::vector<std::string> triggers;
  {
    SQLite::Statement select(database, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
    while (select.executeStep()) triggers.push_back(select.getColumn(0).getString());
  }
  for (const std::string table : kAppendOnly) {
    database.exec("DROP TRIGGER " + table + "_keeps; DROP TRIGGER " + table + "_stays");
  }
  database.exec(sql);
  for (const std::string& trigger : triggers) database.exec(trigger);
}

TEST(Audit, clean_books_are_clean) {
  const Books books;
  const Audited whole = audited(books.database());
  EXPECT_EQ(whole.found, 0U) << dump(whole);
  EXPECT_EQ(whole.records, 25U);
  EXPECT_EQ(whole.attempts, 40U);
  EXPECT_EQ(whole.charged, 20U);
  EXPECT_EQ(whole.charges, Money::from_li(210));
  EXPECT_EQ(whole.entries, 23U);
  EXPECT_EQ(whole.notes, 2U);
  EXPECT_EQ(whole.open_calls, 1U);
  ASSERT_EQ(whole.accounts.size(), 3U);
  EXPECT_EQ(whole.accounts[0].account, "acme");
  EXPECT_EQ(whole.accounts[0].in, Money::from_li(10'000));
  EXPECT_EQ(whole.accounts[0].out, Money::from_li(210));
  EXPECT_EQ(whole.accounts[1].closing(), Money::from_li(480));
}

TEST(Audit, an_empty_database_is_clean) {
  Rig rig;
  rig.stop_writer();
  EXPECT_EQ(audited(rig.opened->database).found, 0U);
}

constexpr struct {
  const char* what;
  const char* sql;
  const char* says;  // of one finding
} kDamages[] = {
    {"a charge", "UPDATE cdr SET charge_li = 8 WHERE seq = 9",
     "cdr 9 %s: there is a charge of 0.008 for 30 s; there should be 0.0"},
    {"a text", "UPDATE cdr SET city = '北京' WHERE seq = 9", "cdr 9 0"},
    {"an attempt", "UPDATE attempt SET status = 487 WHERE cdr_seq = 9 AND n = 1", "cdr 9 0"},
    {"an attempt less", "DELETE FROM attempt WHERE cdr_seq = 9 AND n = 2", "cdr 9 0"},
    {"an attempt more", "INSERT INTO attempt VALUES(9, 3, 'x', 1, 1, 'busy', 486)", "cdr 9 0"},
    {"a hash", "UPDATE cdr_link SET hash = zeroblob(32) WHERE seq = 9", "cdr 9 0"},
    {"no hash", "DELETE FROM cdr_link WHERE seq = 9", "cdr 9 : there is a row without a hash"},
    {"a record less", "DELETE FROM cdr WHERE seq = 9; DELETE FROM attempt WHERE cdr_seq = 9",
     "cdr 9 : there is no row 9; there should be one: numbers have no gap"},
    {"records less", "DELETE FROM cdr WHERE seq IN (9, 10)", "there is no row 9 to 10;"},
    {"attempts without record", "DELETE FROM cdr WHERE seq = 9",
     "attempt 9 1: there is an attempt at first"},
    {"the last records cut off", "DELETE FROM cdr WHERE seq > 20",
     "cdr 21 : there is no row behind number 20; there should be rows to 25"},
    {"the last attempts alone",
     "DELETE FROM cdr WHERE seq > 24; DELETE FROM cdr_link WHERE"
     " seq > 24; INSERT INTO attempt VALUES(99,1,'x',1,1,'busy',1)",
     "attempt 99 : there is an attempt of that record"},
    {"a record put in",
     "CREATE TEMP TABLE new AS SELECT * FROM cdr WHERE seq = 9;"
     "UPDATE new SET seq = 26, id = 'x' || id; INSERT INTO cdr SELECT * FROM new",
     "cdr 26 : there is a row without a hash"},
    {"a doubled id",
     "CREATE TABLE other AS SELECT * FROM cdr; DROP TABLE cdr;"
     "CREATE TABLE cdr AS SELECT * FROM other;"
     "UPDATE cdr SET id = (SELECT id FROM cdr WHERE seq = 9) WHERE seq = 10",
     "there is an id that row 9 has, too"},
    {"an amount", "UPDATE ledger SET amount_li = -4 WHERE seq = 4", "ledger 4 call:0"},
    {"a balance after", "UPDATE ledger SET balance_after_li = 1 WHERE seq = 4",
     "there is a balance of 0.001 after -0.003; there should be 9.994: before it were 9.997"},
    {"an entry less", "DELETE FROM ledger WHERE seq = 4", "ledger 4 : there is no entry"},
    {"its record misses it", "DELETE FROM ledger WHERE seq = 4",
     "there is a charge of 0.003 yuan of acme that is not in the ledger"},
    {"an account's balance", "UPDATE account SET balance_li = 481 WHERE name = 'beta'",
     "account 0 beta: there is a balance of 0.481; there should be 0.480"},
    {"an account less", "DELETE FROM account WHERE name = 'beta'",
     "account 0 beta: there is no account"},
    {"a charge twice",
     "CREATE TEMP TABLE new AS SELECT * FROM ledger WHERE seq = 4;"
     "UPDATE new SET seq = 24, id = id || 'x'; INSERT INTO ledger SELECT * FROM new",
     "there is another charge of this call, 0.003 yuan of acme; there should be one charge"},
    {"a charge of nothing",
     "INSERT INTO ledger(id, kind, account, reference, amount_li, balance_after_li, at_ms)"
     " VALUES('call:x', 'call_charge', 'acme', 'x', -1, 9789, 1)",
     "ledger 24 x: there is 0.001 yuan of acme; there should be none: the call has no record"},
    {"a charge of another account", "UPDATE ledger SET account = 'beta' WHERE seq = 4",
     "there is 0.003 yuan of beta; there should be 0.003 yuan of acme, as record 3 says"},
    {"an absurd amount", "UPDATE ledger SET amount_li = 9223372036854775807 WHERE seq = 1",
     "there should be amounts that can be added up"},
    {"an absurd price",
     "UPDATE cdr SET tariff = '', price_per_min_li = -9223372036854775807 WHERE seq = 9",
     "there should be 0.000 for 0 s, rated again"},
    {"billed beyond the talk", "UPDATE cdr SET billable_ms = talk_ms + 1 WHERE seq = 9",
     "ms that are billed; there should be at most the"},
    {"a month", "UPDATE month_usage SET spent_li = spent_li + 1 WHERE hotline = '4001000003'",
     "month_usage 0 202311 4001000003 acme: there is 1 calls, 0.004 yuan; there should be 1 calls"
     ", 0.003 yuan, by the records"},
    {"a month less", "DELETE FROM month_usage WHERE hotline = '4001000003'",
     "there is 0 calls, 0.000 yuan; there should be 1 calls"},
    {"a month of nothing", "INSERT INTO month_usage VALUES(202001, 'h', 'a', 1, 0)",
     "month_usage 0 202001 h a: there is 1 calls, 0.000 yuan; there should be nothing"},
    {"a note", "UPDATE cdr_note SET text = '4' WHERE seq = 2", "cdr_note 2 : there is a row whose"},
    {"a note less", "DELETE FROM cdr_note WHERE seq = 1", "cdr_note 1 : there is no row 1;"},
    {"the last note cut off", "DELETE FROM cdr_note WHERE seq = 2",
     "cdr_note 2 : there is no row behind number 1"},
    {"a note about nothing", "UPDATE cdr_note SET cdr_seq = 99 WHERE seq = 1",
     "cdr_note 1 : there is a note about record 99"},
    {"a reservation that stays", "UPDATE journal SET id = (SELECT id FROM cdr WHERE seq = 9)",
     "there is an open call with money reserved; there should be none: it has ended, record 9"},
    {"an answer that stays", "DELETE FROM journal", "there is an answer of no open call"},
};

TEST(Audit, names_every_kind_of_damage_by_its_row) {
  for (const auto& row : kDamages) {
    const Books books;
    damage(books.database(), row.sql);
    AuditWish wish;
    wish.most = 1000;
    const Audited whole = audited(books.database(), wish);
    EXPECT_GT(whole.found, 0U) << row.what;
    EXPECT_EQ(whole.found, whole.findings.size()) << row.what;
    std::string says = row.says;
    if (const auto id = says.find("%s"); id != std::string::npos) {
      const auto all = all_records(books.database());
      says.replace(id, 2, all.at(8).id.to_string());
    }
    EXPECT_THAT(dump(whole), HasSubstr(says)) << row.what;
  }
}

TEST(Audit, one_edit_is_one_finding) {
  const Books books;
  damage(books.database(), "UPDATE cdr SET city = '北京' WHERE seq = 9");
  EXPECT_EQ(audited(books.database()).found, 1U);
}

TEST(Audit, tables_that_can_be_changed_are_a_finding) {
  const Books books;
  connect_writer(books.database()).exec("DROP TRIGGER ledger_keeps");
  EXPECT_THAT(dump(audited(books.database())),
              HasSubstr("ledger 0 : there is a table whose rows can be changed and deleted"));
}

TEST(Audit, keeps_the_first_findings_and_counts_all) {
  const Books books;
  damage(books.database(), "UPDATE cdr SET city = '北京'");
  AuditWish wish;
  wish.most = 3;
  const Audited whole = audited(books.database(), wish);
  EXPECT_EQ(whole.found, 25U);
  EXPECT_EQ(whole.findings.size(), 3U);
}

TEST(Audit, says_how_far_it_is) {
  const Books books;
  AuditWish wish;
  std::size_t last = 0;
  wish.progress = [&last](std::size_t done, std::size_t whole) {
    EXPECT_GE(done, last);
    EXPECT_EQ(whole, 48U);
    last = done;
  };
  audited(books.database(), wish);
  EXPECT_EQ(last, 48U);
}

// --- periods -------------------------------------------------------------------------------------

AuditWish received_between(int first, int behind) {
  AuditWish wish;
  wish.from = sample_record(first).received;
  wish.to = sample_record(behind).received;
  return wish;
}

TEST(Audit, a_period_is_audited_by_itself) {
  const Books books;
  const Audited part = audited(books.database(), received_between(5, 9));
  EXPECT_EQ(part.found, 0U) << dump(part);
  EXPECT_EQ(part.records, 4U);
  EXPECT_EQ(part.entries, 4U);
  EXPECT_EQ(part.accounts[0].opening, Money::from_li(10'000 - 10));
  EXPECT_EQ(part.accounts[0].closing(), Money::from_li(10'000 - 36));
}

TEST(Audit, damage_outside_the_period_is_not_looked_at) {
  const Books books;
  damage(books.database(),
         "UPDATE cdr SET city = '北京' WHERE id = '" + sample_record(2).id.to_string() + "'");
  EXPECT_EQ(audited(books.database(), received_between(5, 9)).found, 0U);
  EXPECT_EQ(audited(books.database(), received_between(1, 9)).found, 1U);
}

TEST(Audit, a_period_without_anything_has_balances) {
  const Books books;
  AuditWish wish;
  wish.from = sample_record(400).received;
  wish.to = sample_record(450).received;
  const Audited part = audited(books.database(), wish);
  EXPECT_EQ(part.found, 0U) << dump(part);
  EXPECT_EQ(part.records, 0U);
  EXPECT_EQ(part.accounts[0].opening, Money::from_li(10'000 - 210));
}

// A charge dated in the next period belongs to this one's record.
TEST(Audit, a_charge_on_the_other_side_of_the_edge_is_found) {
  const Books books;
  AuditWish wish = received_between(5, 9);
  wish.to = sample_record(8).received + Milliseconds(1);  // the entry is dated to its end
  const Audited part = audited(books.database(), wish);
  EXPECT_EQ(part.found, 0U) << dump(part);
  EXPECT_EQ(part.records, 4U);
  EXPECT_EQ(part.entries, 3U);
}

// --- anchors -------------------------------------------------------------------------------------

AuditWish with_anchor(const Anchor& anchor) {
  AuditWish wish;
  wish.anchors = {{"anchors/2026-11-25", anchor}};
  return wish;
}

Anchor heads_of(const std::filesystem::path& path) {
  SQLite::Database database = connect_reader(path);
  return read_heads(database);
}

TEST(Audit, anchors_agree_with_the_books_they_were_taken_from) {
  Books books;
  const AuditWish wish = with_anchor(heads_of(books.database()));
  EXPECT_EQ(wish.anchors[0].anchor.records, 25);
  EXPECT_EQ(wish.anchors[0].anchor.ledger, 23);
  EXPECT_EQ(wish.anchors[0].anchor.balances, Money::from_li(10'000 - 210 + 480));
  books.start_writer();
  books.append(billing::recharge("acme", Money::from_li(7), "more", books.clock.read().wall));
  books.writer->close_call(close_of(77), charge_of(77));
  books.stop_writer();
  const Audited whole = audited(books.database(), wish);
  EXPECT_EQ(whole.found, 0U) << dump(whole);
  EXPECT_EQ(whole.anchors, 1U);
}

TEST(Audit, anchors_say_that_an_old_database_was_put_back) {
  Books books;
  const std::filesystem::path copy = books.database().parent_path() / "copy.db";
  connect_writer(books.database()).exec("VACUUM INTO '" + copy.string() + "'");
  books.start_writer();
  books.writer->close_call(close_of(77), charge_of(77));
  books.stop_writer();
  const Audited whole = audited(copy, with_anchor(heads_of(books.database())));
  EXPECT_THAT(dump(whole), HasSubstr("it says there are 26 call records, the database's chain ends "
                                     "with number 25"));
  EXPECT_THAT(dump(whole), HasSubstr("it says there are 24 ledger entries, the database has 23"));
}

TEST(Audit, anchors_say_that_the_whole_chain_was_made_anew) {
  const Books books;
  const AuditWish wish = with_anchor(heads_of(books.database()));
  damage(books.database(),
         "UPDATE cdr SET city = '北京' WHERE seq = 9; DELETE FROM cdr_link;"
         "UPDATE ledger SET amount_li = 10001 WHERE seq = 1; "
         "UPDATE ledger SET balance_after_li = balance_after_li + 1 WHERE account = 'acme';"
         "UPDATE account SET balance_li = balance_li + 1 WHERE name = 'acme'");
  {
    SQLite::Database database = connect_writer(books.database());
    SQLite::Transaction transaction(database);
    Chain::of_records(database).link_all();
    transaction.commit();
  }
  EXPECT_EQ(audited(books.database()).found, 0U);  // without an anchor nothing is to be seen
  const Audited whole = audited(books.database(), wish);
  EXPECT_EQ(whole.found, 2U);
  EXPECT_THAT(dump(whole), HasSubstr("the hash of number 25 of the call records is "));
  EXPECT_THAT(dump(whole), HasSubstr("there is balances of 10.270 after ledger entry 23; there "
                                     "should be 10.271, as the entries until there add up"));
}

TEST(Anchor, is_read_as_it_is_written) {
  const Books books;
  Anchor anchor = heads_of(books.database());
  anchor.day = Day(std::chrono::days(20782));
  EXPECT_THAT(to_text(anchor), HasSubstr("hotline400 anchor 1\nday 2026-11-25\nrecords 25\n"));
  ASSERT_TRUE(write_anchor(books.anchors(), "2026-11-25", anchor));
  ASSERT_TRUE(write_anchor(books.anchors(), "2026-11-25", anchor));  // again: in its place
  const auto found = read_anchors(books.anchors());
  ASSERT_TRUE(found) << found.error();
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ((*found)[0].anchor, anchor);
}

TEST(Anchor, half_of_one_is_none) {
  const std::string text = to_text(Anchor{});
  EXPECT_TRUE(anchor_from_text(text));
  for (std::size_t size = 0; size < text.size() - 1; ++size) {
    EXPECT_FALSE(anchor_from_text(text.substr(0, size))) << size;
  }
  EXPECT_FALSE(anchor_from_text(text + "more\n"));
  EXPECT_FALSE(anchor_from_text(text + text));
}

TEST(Anchor, no_directory_is_no_anchor_and_no_error) {
  TempDir dir;
  EXPECT_TRUE(read_anchors(dir.path() / "none")->empty());
}

TEST(CheckLastLinks, sees_as_far_back_as_it_looks) {
  const Books books;
  EXPECT_TRUE(check_last_links(books.database(), 10)->empty());
  damage(books.database(), "UPDATE cdr SET city = '北京' WHERE seq = 12");
  EXPECT_TRUE(check_last_links(books.database(), 10)->empty());
  EXPECT_THAT(check_last_links(books.database(), 14)->at(0), HasSubstr("cdr 12: there is a row"));
}

}  // namespace
}  // namespace hotline::store
