#include "store/chain.h"

#include <algorithm>
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/audit.h"
#include "store/database.h"
#include "store/schema.h"
#include "store/write_session.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

Audited audited(const std::filesystem::path& database) {
  const auto result = audit(database, {});
  EXPECT_TRUE(result) << result.error();
  return result.value_or(Audited());
}

bool says_changed(const Audited& audited, const std::string& table, std::int64_t seq) {
  return std::any_of(audited.findings.begin(), audited.findings.end(), [&](const Finding& one) {
    return one.table == table && one.seq == seq &&
           one.should_be.find("as when it was filed") != std::string::npos;
  });
}

void drop_keepers(SQLite::Database& database) {
  for (const std::string table : kAppendOnly) {
    database.exec("DROP TRIGGER " + table + "_keeps; DROP TRIGGER " + table + "_stays");
  }
}

// Three records, and a note about the second.
struct Chained : Rig {
  Chained() {
    open_account("acme");
    for (int n = 1; n <= 3; ++n) writer->close_call(close_of(n), charge_of(n));
    std::optional<ports::Applied> noted;
    writer->add_note(sample_record(2).id,
                     {clock.read().wall, cdr::NoteKind::called_back, "at ten", "wang"},
                     [&noted](ports::Applied applied) { noted = applied; });
    EXPECT_TRUE(thread.run_until([&] { return noted.has_value(); }));
    EXPECT_EQ(noted, ports::Applied::now);
    stop_writer();
  }
};

struct ColumnInfo {
  std::string table;
  std::string name;
  std::string type;
  std::string absent;  // its default, as SQL
};

std::vector<ColumnInfo> columns_of(SQLite::Database& database, const std::string& table) {
  SQLite::Statement select(database,
                           "SELECT name, type, coalesce(dflt_value, 'NULL')"
                           " FROM pragma_table_info('" +
                               table + "')");
  std::vector<ColumnInfo> columns;
  while (select.executeStep()) {
    Row row(select);
    ColumnInfo& column = columns.emplace_back();
    column.table = table;
    column.name = row.text();
    column.type = row.text();
    column.absent = row.text();
  }
  return columns;
}

// Once a hash is in the field, its bytes may never be made in another way. To make it anew by hand,
// see docs/cdr.md.
TEST(Chain, a_hash_of_today_stays_for_ever) {
  Chained rig;
  SQLite::Database database = connect_reader(rig.opened->database);
  EXPECT_EQ(to_hex(Chain::of_records(database).link_of(1).value()),
            "1e57b70d67e6c6cd6d7dc9b4459851e7309110d9328b042cdcf015a675b9d12f");
}

TEST(Chain, every_column_is_hashed) {
  Chained rig;
  SQLite::Database database = connect_writer(rig.opened->database);
  drop_keepers(database);
  const std::array<std::string, 3> tables = {"cdr", "attempt", "cdr_note"};
  for (const std::string& table : tables) {
    const std::string row = table == "cdr"       ? "seq = 2"
                            : table == "attempt" ? "cdr_seq = 2 AND n = 1"
                                                 : "seq = 1";
    for (const ColumnInfo& column : columns_of(database, table)) {
      if (column.name == "seq" || column.name == "cdr_seq") continue;  // a gap: see the audit
      const std::string changed = column.type == "INTEGER" ? "coalesce(" + column.name + " + 7, 0)"
                                                           : column.name + " || 'x'";
      database.exec("CREATE TEMP TABLE was AS SELECT " + column.name + " AS old FROM " + table +
                    " WHERE " + row);
      database.exec("UPDATE " + table + " SET " + column.name + " = " + changed + " WHERE " + row);
      const std::string now = column.name == "n" ? "cdr_seq = 2 AND n = 8" : row;
      EXPECT_TRUE(says_changed(audited(rig.opened->database), table == "attempt" ? "cdr" : table,
                               table == "cdr_note" ? 1 : 2))
          << table << "." << column.name;
      database.exec("UPDATE " + table + " SET " + column.name + " = (SELECT old FROM was) WHERE " +
                    now + "; DROP TABLE was");
    }
  }
}

// NULL is not 0: a call that was not answered was not answered in 1970.
TEST(Chain, nothing_is_not_zero) {
  Rig rig;
  call::CloseCall close = close_of(1);
  close.record.answered.reset();
  rig.writer->close_call(close, {});
  rig.stop_writer();
  SQLite::Database database = connect_writer(rig.opened->database);
  drop_keepers(database);
  database.exec("UPDATE cdr SET answered_ms = 0");
  EXPECT_TRUE(says_changed(audited(rig.opened->database), "cdr", 1));
}

// What lets a later schema add columns, see the head of schema.cpp.
TEST(Chain, columns_are_absent_where_rows_of_before_have_none) {
  Chained rig;
  SQLite::Database database = connect_writer(rig.opened->database);
  for (const std::string table : {"cdr", "attempt", "cdr_note"}) {
    for (const ColumnInfo& column : columns_of(database, table)) {
      EXPECT_THAT(column.absent, testing::AnyOf("NULL", "''", "0")) << table << "." << column.name;
    }
  }
}

TEST(Chain, a_column_of_a_later_schema_changes_no_hash_until_something_is_in_it) {
  Chained rig;
  SQLite::Database database = connect_writer(rig.opened->database);
  database.exec(
      "ALTER TABLE cdr ADD COLUMN later TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE cdr ADD COLUMN later_li INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE attempt ADD COLUMN later_ms INTEGER");
  EXPECT_EQ(audited(rig.opened->database).found, 0U);
  drop_keepers(database);
  database.exec("UPDATE cdr SET later_li = 1 WHERE seq = 3");
  EXPECT_TRUE(says_changed(audited(rig.opened->database), "cdr", 3));
}

TEST(Chain, goes_on_behind_what_was_committed) {
  Rig rig;
  rig.stop_writer();
  WriteSession session(rig.opened->database);
  session.begin();
  session.file(sample_record(1));
  session.commit();
  session.begin();
  session.file(sample_record(2));
  session.rollback();
  session.begin();
  session.file(sample_record(3));
  session.commit();
  SQLite::Database database = connect_reader(rig.opened->database);
  Chain chain = Chain::of_records(database);
  EXPECT_EQ(chain.last_linked(), 2);
  EXPECT_EQ(chain.link_of(2), chain.hash_of(2, chain.link_of(1).value()));
}

TEST(Chain, a_note_is_kept_once_and_only_about_what_there_is) {
  Rig rig;
  rig.writer->close_call(close_of(1), {});
  const auto add = [&](int n, const std::string& text) {
    std::optional<ports::Applied> result;
    rig.writer->add_note(sample_record(n).id, {WallTime{}, cdr::NoteKind::remark, text, "wang"},
                         [&result](ports::Applied applied) { result = applied; });
    EXPECT_TRUE(rig.thread.run_until([&] { return result.has_value(); }));
    return *result;
  };
  EXPECT_EQ(add(1, "a"), ports::Applied::now);
  EXPECT_EQ(add(1, "a"), ports::Applied::before);
  EXPECT_EQ(add(1, "b"), ports::Applied::now);
  EXPECT_EQ(add(2, "a"), ports::Applied::conflict);
}

TEST(Chain, hashes_are_read_as_they_are_written) {
  EXPECT_EQ(hash_from_hex(to_hex(first_hash())), first_hash());
  EXPECT_FALSE(hash_from_hex(""));
  EXPECT_FALSE(hash_from_hex(std::string(63, '0')));
  EXPECT_FALSE(hash_from_hex(std::string(64, 'A')));
}

// A database of schema 2 with 300 records, as its hotlined wrote it.
std::filesystem::path older(const TempDir& dir) {
  const std::filesystem::path path = dir.path() / "hotline.db";
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  migrate(database, 0, 2);
  database.exec(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
      " INSERT INTO cdr(id, trunk, caller_leg_id, phone_leg_id, account, hotline, caller_raw,"
      " caller_e164, province, city, area_code, carrier, presented, received_ms, ended_ms, ring_ms,"
      " talk_ms, billable_ms, billed_s, price_per_min_li, charge_li, released_by, cause, status,"
      " q850, evidence, answered_by, trace, calls)"
      " SELECT printf('01900000-0001-7000-8000-%012d', i), 'unicom', '', '', '', '4001234567', '',"
      " '', '', '', '', '', '', i, i, 0, 0, 0, 0, 0, 0, 'server', 'closed', 480, 31, 'none', '',"
      " '', 1 FROM n;"
      "INSERT INTO attempt VALUES(7, 1, 'desk', 1, 2, 'busy', 486)");
  return path;
}

TEST(Chain, records_of_before_are_hashed_at_the_migration) {
  TempDir dir;
  const auto path = older(dir);
  {
    const auto opened = open(dir.path());
    ASSERT_TRUE(opened) << opened.error();
  }
  const Audited whole = audited(path);
  EXPECT_EQ(whole.found, 0U) << whole.findings[0].is;
  EXPECT_EQ(whole.records, 300U);
  EXPECT_EQ(whole.attempts, 1U);
  Rig rig(dir.path());  // and the chain goes on
  rig.writer->close_call(close_of(1), {});
  rig.stop_writer();
  EXPECT_EQ(audited(path).heads.records, 301);
}

}  // namespace
}  // namespace hotline::store
