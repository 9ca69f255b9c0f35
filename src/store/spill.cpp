#include "store/spill.h"

#include <string>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/record_row.h"
#include "store/statement.h"
#include "store/write_session.h"

namespace hotline::store {
namespace {

void make_tables(SQLite::Database& database) {
  const auto table = [&](const std::string& name, const std::string& columns) {
    database.exec("CREATE TABLE " + name + "(" + columns + ")");
  };
  table("cdr", std::string(kRecordColumns));
  table("attempt", "call," + std::string(kAttemptColumns));
  table("ledger", "call," + std::string(kLedgerColumns));
}

// A megabyte, enough for some six hundred calls, and as much for the rollback journal of what
// writes them: both files keep the room that they have had.
void take_room(SQLite::Database& database) {
  database.exec(
      "CREATE TABLE room AS WITH RECURSIVE count(n) AS"
      " (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 1024)"
      " SELECT zeroblob(1000) AS bytes FROM count");
  database.exec("UPDATE room SET bytes = randomblob(1000)");
  database.exec("DROP TABLE room");
}

std::unique_ptr<SQLite::Database> open_spill(const std::filesystem::path& path) {
  auto database = std::make_unique<SQLite::Database>(
      path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX);
  database->exec("PRAGMA journal_mode = PERSIST");
  database->exec("PRAGMA synchronous = FULL");
  if (!database->tableExists("cdr")) {
    SQLite::Transaction transaction(*database);
    make_tables(*database);
    transaction.commit();
    take_room(*database);
  }
  return database;
}

std::string marks(std::string_view columns) {
  std::string text = "?";
  for (const char c : columns) text += c == ',' ? ",?" : "";
  return text;
}

std::string insert_into(const char* table, std::string_view columns, bool of_call) {
  return std::string("INSERT INTO ") + table + " VALUES(" + (of_call ? "?," : "") + marks(columns) +
         ")";
}

}  // namespace

std::filesystem::path spill_beside(const std::filesystem::path& database) {
  return database.parent_path() / "hotline.spill";
}

Spill::Spill(const std::filesystem::path& path) {
  try {
    database_ = open_spill(path);
  } catch (const SQLite::Exception&) {
    database_.reset();  // the database's own trouble is told; this is only for that
  }
}

Spill::~Spill() = default;

bool Spill::keep(const std::vector<const Close*>& closes) noexcept {
  if (!database_) return false;
  try {
    SQLite::Transaction transaction(*database_);
    SQLite::Statement cdr(*database_, insert_into("cdr", kRecordColumns, false));
    SQLite::Statement attempt(*database_, insert_into("attempt", kAttemptColumns, true));
    SQLite::Statement ledger(*database_, insert_into("ledger", kLedgerColumns, true));
    for (const Close* close : closes) {
      const std::string call = close->record.id.to_string();
      Run row(cdr);
      put_record(row, close->record);
      row.exec();
      int n = 0;
      for (const cdr::Attempt& one : close->record.attempts) {
        Run of_call(attempt);
        put_attempt(of_call.text(call), ++n, one);
        of_call.exec();
      }
      for (const billing::LedgerEntry& entry : close->charge) {
        Run of_call(ledger);
        put_entry(of_call.text(call), entry);
        of_call.exec();
      }
    }
    transaction.commit();
    return true;
  } catch (const SQLite::Exception&) {
    return false;
  }
}

void Spill::clear() noexcept {
  if (!database_) return;
  database_->tryExec("DELETE FROM cdr; DELETE FROM attempt; DELETE FROM ledger");
}

std::vector<Close> Spill::all() const {
  std::vector<Close> closes;
  if (!database_) return closes;
  SQLite::Statement cdr(*database_, "SELECT " + std::string(kRecordColumns) + " FROM cdr");
  SQLite::Statement attempt(*database_, "SELECT " + std::string(kAttemptColumns) +
                                            " FROM attempt WHERE call = ? ORDER BY n");
  SQLite::Statement ledger(*database_,
                           "SELECT " + std::string(kLedgerColumns) + " FROM ledger WHERE call = ?");
  while (cdr.executeStep()) {
    Row row(cdr);
    Close& close = closes.emplace_back();
    close.record = read_record(row);
    const std::string call = close.record.id.to_string();  // outlives the runs
    Run attempts(attempt);
    attempts.text(call);
    while (attempts.step()) {
      Row of_call(attempt);
      close.record.attempts.push_back(read_attempt(of_call));
    }
    Run entries(ledger);
    entries.text(call);
    while (entries.step()) {
      Row of_call(ledger);
      billing::Booked booked;
      read_entry(of_call, booked);
      close.charge.push_back(std::move(booked.entry));
    }
  }
  return closes;
}

std::size_t file_spilled(const std::filesystem::path& database) {
  const std::filesystem::path path = spill_beside(database);
  if (!std::filesystem::exists(path)) return 0;
  Spill spill(path);
  const std::vector<Close> closes = spill.all();
  if (closes.empty()) return 0;
  WriteSession session(database);
  std::size_t filed = 0;
  session.begin();
  for (const Close& close : closes) filed += session.close(close) ? 1u : 0u;
  session.commit();
  spill.clear();
  return filed;
}

}  // namespace hotline::store
