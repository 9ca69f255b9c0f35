#include "store/schema.h"

#include <iterator>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/chain.h"

namespace hotline::store {
namespace {

// A migration that has been released never changes: databases in the field have gone through it.
// A column that is added to cdr, attempt or cdr_note is empty, 0 or NULL in the rows of before, or
// their hashes would be wrong (store/chain.h).
// Units are in the names: _ms milliseconds (for a moment: UTC, since 1970), _s seconds, _li 厘,
// _day and days_done days since 1970, months as 202611.

std::string never_changes(const std::string& table) {
  const std::string refuse = " BEGIN SELECT raise(ABORT, '" + table + " is append-only'); END;";
  return "CREATE TRIGGER " + table + "_keeps BEFORE UPDATE ON " + table + refuse +
         "CREATE TRIGGER " + table + "_stays BEFORE DELETE ON " + table + refuse;
}

// The columns of a cdr::Record; the journal keeps one too, as a draft. The id comes first, and each
// table says for itself how unique it is. A journal row lives as long as its call: what comes at
// the answer is a row of its own, so that neither is written twice.
const char* const kRecord1 = R"(
      trunk TEXT NOT NULL,
      caller_leg_id TEXT NOT NULL,
      phone_leg_id TEXT NOT NULL,
      account TEXT NOT NULL,
      hotline TEXT NOT NULL,
      caller_raw TEXT NOT NULL,
      caller_e164 TEXT NOT NULL,
      province TEXT NOT NULL,
      city TEXT NOT NULL,
      area_code TEXT NOT NULL,
      carrier TEXT NOT NULL,
      presented TEXT NOT NULL,
      received_ms INTEGER NOT NULL,
      first_ring_ms INTEGER,
      answered_ms INTEGER,
      ended_ms INTEGER NOT NULL,
      ring_ms INTEGER NOT NULL,
      talk_ms INTEGER NOT NULL,
      billable_ms INTEGER NOT NULL,
      billed_s INTEGER NOT NULL,
      price_per_min_li INTEGER NOT NULL,
      charge_li INTEGER NOT NULL,
      released_by TEXT NOT NULL,
      cause TEXT NOT NULL,
      status INTEGER NOT NULL,
      q850 INTEGER NOT NULL,
      evidence TEXT NOT NULL,
      answered_by TEXT NOT NULL,
      trace TEXT NOT NULL,
      calls INTEGER NOT NULL)";

std::string version_1() {
  const std::string record = kRecord1;
  return R"(
    CREATE TABLE account(
      name TEXT NOT NULL PRIMARY KEY,
      opened_ms INTEGER NOT NULL,
      balance_li INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger(
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      account TEXT NOT NULL,
      reference TEXT NOT NULL,
      amount_li INTEGER NOT NULL,
      balance_after_li INTEGER NOT NULL,
      at_ms INTEGER NOT NULL) STRICT;
    CREATE INDEX ledger_of_account ON ledger(account, seq, amount_li);
    CREATE TABLE cdr(
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,)" +
         record + R"() STRICT;
    CREATE INDEX cdr_received ON cdr(received_ms);
    CREATE TABLE attempt(
      cdr_seq INTEGER NOT NULL,
      n INTEGER NOT NULL,
      phone TEXT NOT NULL,
      started_ms INTEGER NOT NULL,
      rang_ms INTEGER NOT NULL,
      result TEXT NOT NULL,
      status INTEGER NOT NULL,
      PRIMARY KEY(cdr_seq, n)) STRICT, WITHOUT ROWID;
    CREATE TABLE journal(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL,)" +
         record + R"(,
      tariff_per_min_li INTEGER NOT NULL,
      first_s INTEGER NOT NULL,
      next_s INTEGER NOT NULL,
      caller_dialog BLOB NOT NULL) STRICT;
    CREATE TABLE journal_answer(
      key INTEGER PRIMARY KEY,
      wall_ms INTEGER NOT NULL,
      mono_ms INTEGER NOT NULL,
      paid_ms INTEGER NOT NULL,
      phone TEXT NOT NULL,
      answer_leg_id TEXT NOT NULL,
      phone_dialog BLOB NOT NULL,
      attempts TEXT NOT NULL) STRICT;
    CREATE TABLE heartbeat(
      only_row INTEGER PRIMARY KEY CHECK(only_row = 1),
      wall_ms INTEGER NOT NULL,
      mono_ms INTEGER NOT NULL,
      boot_id TEXT NOT NULL) STRICT;)" +
         never_changes("ledger") + never_changes("cdr") + never_changes("attempt");
}

// Why a call went where it went, in a form that can be asked again; what is remembered between
// calls; what each month has brought.
std::string version_2() {
  std::string sql;
  for (const char* table : {"cdr", "journal"}) {
    for (const char* column : {"caller_kind", "decided", "asked"}) {
      sql += std::string("ALTER TABLE ") + table + " ADD COLUMN " + column +
             " TEXT NOT NULL DEFAULT '';";
    }
  }
  return sql + R"(
    CREATE TABLE note(
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      until_ms INTEGER NOT NULL,
      PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;
    CREATE TABLE month_usage(
      month INTEGER NOT NULL,
      hotline TEXT NOT NULL,
      account TEXT NOT NULL,
      calls INTEGER NOT NULL,
      spent_li INTEGER NOT NULL,
      PRIMARY KEY(month, hotline, account)) STRICT, WITHOUT ROWID;
    INSERT INTO month_usage
      SELECT CAST(strftime('%Y%m', answered_ms / 1000 + 28800, 'unixepoch') AS INTEGER) AS month,
        hotline, account, count(*), sum(charge_li)
      FROM cdr WHERE answered_ms IS NOT NULL GROUP BY month, hotline, account;)";
}

// Accounts have a life, fees have been seen to until some day and month. Where there were accounts
// before, the clock begins to run at the next start: 0 says so.
std::string version_3() {
  return R"(
    ALTER TABLE account ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
    ALTER TABLE account ADD COLUMN since_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE account ADD COLUMN activated_ms INTEGER;
    ALTER TABLE account ADD COLUMN days_done INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE account ADD COLUMN months_done INTEGER NOT NULL DEFAULT 0;
    UPDATE account SET since_ms = opened_ms, activated_ms = opened_ms;
    ALTER TABLE ledger ADD COLUMN by_whom TEXT NOT NULL DEFAULT '';
    ALTER TABLE ledger ADD COLUMN why TEXT NOT NULL DEFAULT '';
    CREATE TABLE account_event(
      seq INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      state TEXT NOT NULL,
      cause TEXT NOT NULL,
      by_whom TEXT NOT NULL,
      why TEXT NOT NULL) STRICT;
    CREATE INDEX event_of_account ON account_event(account, seq);
    CREATE TABLE line_year(
      account TEXT NOT NULL,
      hotline TEXT NOT NULL,
      line INTEGER NOT NULL,
      until_day INTEGER NOT NULL,
      PRIMARY KEY(account, hotline, line)) STRICT, WITHOUT ROWID;)" +
         never_changes("account_event");
}

// Where the phone that answered belongs, for settlements by province. Nobody knows it of older
// calls.
std::string version_4() {
  return R"(
    ALTER TABLE cdr ADD COLUMN phone_province TEXT NOT NULL DEFAULT '';
    ALTER TABLE journal ADD COLUMN phone_province TEXT NOT NULL DEFAULT '';
    ALTER TABLE journal_answer ADD COLUMN answer_province TEXT NOT NULL DEFAULT '';)";
}

// What a call costs stands in its record as a whole; the journal, which had parts of it, too. Old
// records cannot be written to: theirs stays empty.
std::string version_5() {
  std::string sql;
  for (const char* table : {"cdr", "journal"}) {
    const std::string add = std::string("ALTER TABLE ") + table + " ADD COLUMN ";
    for (const char* column : {"tariff TEXT NOT NULL DEFAULT '';", "rate TEXT NOT NULL DEFAULT '';",
                               "caller_fee_li INTEGER NOT NULL DEFAULT 0;"}) {
      sql.append(add).append(column);
    }
  }
  return sql + R"(
    UPDATE journal SET tariff = printf('%d.%03d %d/%d', tariff_per_min_li / 1000,
      tariff_per_min_li % 1000, first_s, next_s);
    ALTER TABLE journal DROP COLUMN tariff_per_min_li;
    ALTER TABLE journal DROP COLUMN first_s;
    ALTER TABLE journal DROP COLUMN next_s;)";
}

// Each record has a hash that follows from the one before; later facts about a record are notes,
// chained too. Records of before are hashed as they stand.
std::string version_6() {
  return R"(
    CREATE TABLE cdr_link(
      seq INTEGER PRIMARY KEY,
      hash BLOB NOT NULL) STRICT;
    CREATE TABLE cdr_note(
      seq INTEGER PRIMARY KEY,
      cdr_seq INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      by_whom TEXT NOT NULL) STRICT;
    CREATE INDEX note_of_cdr ON cdr_note(cdr_seq);
    CREATE TABLE cdr_note_link(
      seq INTEGER PRIMARY KEY,
      hash BLOB NOT NULL) STRICT;)" +
         never_changes("cdr_link") + never_changes("cdr_note") + never_changes("cdr_note_link");
}

// What accounts' owners have to be told, and how far that has got: those columns change. Without a
// next_ms it is not to be delivered (again).
std::string version_7() {
  return R"(
    CREATE TABLE notice(
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at_ms INTEGER NOT NULL,
      kind TEXT NOT NULL,
      account TEXT NOT NULL,
      body TEXT NOT NULL,
      sent_ms INTEGER,
      next_ms INTEGER,
      tries INTEGER NOT NULL DEFAULT 0,
      error TEXT NOT NULL DEFAULT '') STRICT;
    CREATE INDEX notice_waits ON notice(next_ms, seq) WHERE next_ms IS NOT NULL;)";
}

// What the media plane counted of either side. Nobody did so of older calls.
std::string version_8() {
  std::string sql;
  for (const char* table : {"cdr", "journal"}) {
    for (const char* column : {"caller_audio", "phone_audio"}) {
      sql += std::string("ALTER TABLE ") + table + " ADD COLUMN " + column +
             " TEXT NOT NULL DEFAULT '';";
    }
  }
  return sql;
}

// Of calls that menus and queues answer, and callers who say how it was. No older call had any.
std::string version_9() {
  std::string sql;
  for (const char* table : {"cdr", "journal"}) {
    for (const char* column :
         {"bridged_ms INTEGER", "menu TEXT NOT NULL DEFAULT ''",
          "waited_ms INTEGER NOT NULL DEFAULT 0", "survey INTEGER NOT NULL DEFAULT 0"}) {
      sql += std::string("ALTER TABLE ") + table + " ADD COLUMN " + column + ";";
    }
  }
  return sql;
}

// Where a call's recording is. No older call was recorded.
std::string version_10() {
  std::string sql;
  for (const char* table : {"cdr", "journal", "journal_answer"}) {
    const bool is_answer = std::string_view(table) == "journal_answer";
    sql += std::string("ALTER TABLE ") + table + " ADD COLUMN " +
           (is_answer ? "answer_recording" : "recording") + " TEXT NOT NULL DEFAULT '';";
  }
  return sql;
}

// What a call needs to go on in another process, and what its record would have been told of it. A
// call of before has nothing there: it cannot go on.
std::string version_11() {
  std::string sql;
  for (const char* column : {"said TEXT NOT NULL DEFAULT ''", "audio TEXT NOT NULL DEFAULT ''",
                             "answer_bridged_ms INTEGER", "answer_menu TEXT NOT NULL DEFAULT ''",
                             "answer_waited_ms INTEGER NOT NULL DEFAULT 0",
                             "proved_wall_ms INTEGER", "proved_mono_ms INTEGER"}) {
    sql += std::string("ALTER TABLE journal_answer ADD COLUMN ") + column + ";";
  }
  return sql;
}

// The latest that the wall clock has shown, which may be set back.
std::string version_12() {
  return "ALTER TABLE heartbeat ADD COLUMN latest_ms INTEGER NOT NULL DEFAULT 0;"
         "UPDATE heartbeat SET latest_ms = wall_ms;";
}

// Answers journalled before that were confirmed by their callers (monotonic, as journal_answer's).
std::string version_13() {
  return "ALTER TABLE heartbeat ADD COLUMN confirmed_before_ms INTEGER NOT NULL DEFAULT 0;";
}

// Where a side has gone to since its dialog was written down: to be read before that.
std::string version_14() {
  return "ALTER TABLE journal ADD COLUMN caller_target BLOB NOT NULL DEFAULT x'';"
         "ALTER TABLE journal_answer ADD COLUMN phone_target BLOB NOT NULL DEFAULT x'';";
}

void hash_records(SQLite::Database& database) { Chain::of_records(database).link_all(); }

struct Migration {
  std::string (*sql)();
  void (*then)(SQLite::Database&) = nullptr;
};

// Number n takes a database from version n to n + 1.
constexpr Migration kMigrations[] = {{&version_1},  {&version_2},  {&version_3},
                                     {&version_4},  {&version_5},  {&version_6, &hash_records},
                                     {&version_7},  {&version_8},  {&version_9},
                                     {&version_10}, {&version_11}, {&version_12},
                                     {&version_13}, {&version_14}};

}  // namespace

int schema_version() { return static_cast<int>(std::size(kMigrations)); }

void migrate(SQLite::Database& database, int from_version, int to_version) {
  for (int version = from_version; version < to_version; ++version) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const Migration& migration = kMigrations[version];
    database.exec(migration.sql());
    if (migration.then != nullptr) migration.then(database);
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.exec("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
  }
}

}  // namespace hotline::store
