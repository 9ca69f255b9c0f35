#include "store/write_session.h"

#include <string_view>

#include <sqlite3.h>

#include "store/boot_id.h"
#include "store/database.h"
#include "store/record_row.h"

namespace hotline::store {
namespace {

using ports::Applied;

// "INSERT INTO TABLE(ALL COLUMNS) VALUES(?,?,…)"; `own`: the columns before the shared ones.
std::string insert_into(const std::string& table, const std::string& own, std::string_view shared,
                        const std::string& more = "") {
  const std::string columns = own + std::string(shared) + more;
  std::string parameters = "?";
  for (const char c : columns) {
    if (c == ',') parameters += ",?";
  }
  return "INSERT INTO " + table + "(" + columns + ") VALUES(" + parameters + ")";
}

SQLite::Database open_with_empty_wal(const std::filesystem::path& path) {
  SQLite::Database database = connect_writer(path);
  const int busy = database.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt();
  if (busy != 0) throw SQLite::Exception("somebody is reading the database", SQLITE_BUSY);
  return database;
}

}  // namespace

WriteSession::WriteSession(const std::filesystem::path& path)
    : database_(open_with_empty_wal(path)),
      boot_id_(boot_id()),
      begin_(database_, "BEGIN IMMEDIATE"),
      commit_(database_, "COMMIT"),
      insert_journal_(database_, insert_into("journal", "", kRecordColumns,
                                             ",tariff_per_min_li,first_s,next_s,caller_dialog")),
      update_answer_(database_,
                     "UPDATE journal SET answer_wall_ms = ?, answer_mono_ms = ?, paid_ms = ?,"
                     " answered_by = ?, phone_leg_id = ?, phone_dialog = ? WHERE id = ?"),
      update_paid_(database_, "UPDATE journal SET paid_ms = ? WHERE id = ?"),
      delete_journal_(database_, "DELETE FROM journal WHERE id = ?"),
      insert_journal_attempt_(database_, insert_into("journal_attempt", "id,", kAttemptColumns)),
      delete_journal_attempts_(database_, "DELETE FROM journal_attempt WHERE id = ?"),
      insert_cdr_(database_,
                  insert_into("cdr", "", kRecordColumns) + " ON CONFLICT(id) DO NOTHING"),
      insert_attempt_(database_, insert_into("attempt", "cdr_seq,", kAttemptColumns)),
      select_entry_(database_, "SELECT kind, account, amount_li FROM ledger WHERE id = ?"),
      update_balance_(database_,
                      "UPDATE account SET balance_li = balance_li + ? WHERE name = ?"
                      " RETURNING balance_li"),
      insert_entry_(database_, insert_into("ledger", "", kLedgerColumns)),
      insert_account_(database_,
                      "INSERT INTO account(name, opened_ms, balance_li) VALUES(?, ?, 0)"
                      " ON CONFLICT(name) DO NOTHING"),
      update_heartbeat_(database_,
                        "REPLACE INTO heartbeat(only_row, wall_ms, mono_ms, boot_id)"
                        " VALUES(1, ?, ?, ?)") {}

void WriteSession::begin() { Run(begin_).exec(); }

void WriteSession::commit() { Run(commit_).exec(); }

// After some failures SQLite has rolled back by itself; then this has nothing to do.
void WriteSession::rollback() noexcept { database_.tryExec("ROLLBACK"); }

void WriteSession::admit(const call::JournalAdmission& admission) {
  Run run(insert_journal_);
  put_record(run, admission.draft);
  run.money(admission.tariff.price_per_min)
      .duration(admission.tariff.first)
      .duration(admission.tariff.next)
      .blob(admission.caller_dialog)
      .exec();
  journal_attempts(admission.draft.id.to_string(), admission.draft.attempts);
}

bool WriteSession::answer(const call::JournalAnswer& answer) {
  const std::string id = answer.id.to_string();
  const int rows = Run(update_answer_)
                       .time(answer.answered.wall)
                       .time(answer.answered.mono)
                       .duration(answer.paid)
                       .text(answer.answered_by)
                       .text(answer.phone_leg_id)
                       .blob(answer.phone_dialog)
                       .text(id)
                       .exec();
  if (rows == 0) return false;
  Run(delete_journal_attempts_).text(id).exec();
  journal_attempts(id, answer.attempts);
  return true;
}

void WriteSession::journal_attempts(const std::string& id,
                                    const std::vector<cdr::Attempt>& attempts) {
  int n = 0;
  for (const cdr::Attempt& attempt : attempts) {
    Run run(insert_journal_attempt_);
    put_attempt(run.text(id), ++n, attempt);
    run.exec();
  }
}

void WriteSession::extend(const call::JournalPaid& paid) {
  Run(update_paid_).duration(paid.paid).word(paid.id.to_string()).exec();
}

bool WriteSession::file(const cdr::Record& record) {
  leave_journal(record.id.to_string());
  Run run(insert_cdr_);
  put_record(run, record);
  if (run.exec() == 0) return false;
  const std::int64_t seq = database_.getLastInsertRowid();  // the largest so far and one: gapless
  int n = 0;
  for (const cdr::Attempt& attempt : record.attempts) {
    Run row(insert_attempt_);
    put_attempt(row.number(seq), ++n, attempt);
    row.exec();
  }
  return true;
}

void WriteSession::leave_journal(const std::string& id) {
  if (Run(delete_journal_).text(id).exec() == 0) return;
  Run(delete_journal_attempts_).text(id).exec();
}

std::optional<Applied> WriteSession::booked_before(const billing::LedgerEntry& entry) {
  Run run(select_entry_);
  if (!run.text(entry.id).step()) return std::nullopt;
  Row row(select_entry_);
  const bool same = row.text() == to_string(entry.kind) && row.text() == entry.account &&
                    row.money() == entry.amount;
  return same ? Applied::before : Applied::conflict;
}

Applied WriteSession::book(const billing::LedgerEntry& entry) {
  if (const auto before = booked_before(entry)) return *before;
  Money balance;
  {
    Run run(update_balance_);
    if (!run.money(entry.amount).text(entry.account).step()) return Applied::failed;
    balance = Row(update_balance_).money();
  }
  Run run(insert_entry_);
  put_entry(run, entry, balance);
  run.exec();
  return Applied::now;
}

Applied WriteSession::open_account(const std::string& name, WallTime at) {
  return Run(insert_account_).text(name).time(at).exec() == 1 ? Applied::now : Applied::before;
}

void WriteSession::beat(Now now) {
  Run(update_heartbeat_).time(now.wall).time(now.mono).text(boot_id_).exec();
}

}  // namespace hotline::store
