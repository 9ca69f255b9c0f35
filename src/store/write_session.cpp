#include "store/write_session.h"

#include <optional>
#include <string_view>

#include <sqlite3.h>

#include "hotline/base/contract.h"
#include "hotline/call/logbook.h"

#include "store/attempt_lines.h"
#include "store/boot_id.h"
#include "store/database.h"
#include "store/notice_row.h"
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

// A call's row in the journal: the half of its id that says when it came, so that rows are written
// behind one another and need no index. One server never gives it twice; what a former one left,
// and goes on, came before.
std::int64_t key_of(const CallId& id) {
  std::int64_t key = 0;
  for (std::size_t i = 0; i < sizeof key; ++i) key = key << 8 | id.bytes[i];
  return key;
}

// An instant stands in its column as a number, like any time.
std::optional<WallTime> mono_of(const std::optional<Now>& when) {
  if (!when) return std::nullopt;
  return WallTime(when->mono.time_since_epoch());
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
      insert_journal_(database_, insert_into("journal", "key,", kRecordColumns, ",caller_dialog")),
      insert_journal_answer_(database_,
                             "REPLACE INTO journal_answer"
                             " SELECT key,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,x'' FROM"
                             " journal WHERE key = ?"),
      update_paid_(database_, "UPDATE journal_answer SET paid_ms = ? WHERE key = ?"),
      update_adopted_(database_,
                      "UPDATE journal_answer SET mono_ms = ?, proved_wall_ms = ?,"
                      " proved_mono_ms = ? WHERE key = ?"),
      update_audio_(database_, "UPDATE journal_answer SET audio = ? WHERE key = ?"),
      update_caller_target_(database_, "UPDATE journal SET caller_target = ? WHERE key = ?"),
      update_phone_target_(database_,
                           "UPDATE journal_answer SET phone_target = ?"
                           " WHERE key = ? AND phone_dialog != x''"),
      delete_journal_(database_, "DELETE FROM journal WHERE key = ?"),
      delete_journal_answer_(database_, "DELETE FROM journal_answer WHERE key = ?"),
      insert_cdr_(database_,
                  insert_into("cdr", "", kRecordColumns) + " ON CONFLICT(id) DO NOTHING"),
      insert_attempt_(database_, insert_into("attempt", "cdr_seq,", kAttemptColumns)),
      add_usage_(database_,
                 "INSERT INTO month_usage(month, hotline, account, calls, spent_li)"
                 " VALUES(?, ?, ?, 1, ?) ON CONFLICT DO UPDATE"
                 " SET calls = calls + 1, spent_li = spent_li + excluded.spent_li"),
      replace_note_(database_, "REPLACE INTO note(kind, key, value, until_ms) VALUES(?, ?, ?, ?)"),
      delete_note_(database_, "DELETE FROM note WHERE kind = ? AND key = ?"),
      insert_entry_(database_, "INSERT INTO ledger(" + std::string(kLedgerColumns) +
                                   ") SELECT ?1,?2,?3,?4,?5,?6,?7,?8,balance_li + ?5 FROM account"
                                   " WHERE name = ?3 ON CONFLICT(id) DO NOTHING"),
      update_balance_(database_, "UPDATE account SET balance_li = balance_li + ? WHERE name = ?"),
      select_entry_(database_, "SELECT kind, account, amount_li FROM ledger WHERE id = ?"),
      insert_account_(
          database_,
          "INSERT INTO account(name, opened_ms, balance_li, state, since_ms, days_done,"
          " months_done) VALUES(?1, ?2, 0, ?3, ?2, ?4, ?5) ON CONFLICT(name) DO NOTHING"),
      update_standing_(database_,
                       "UPDATE account SET state = ?, since_ms = ?, activated_ms = ?,"
                       " days_done = ?, months_done = ? WHERE name = ?"),
      insert_event_(database_,
                    "INSERT INTO account_event(account, at_ms, state, cause, by_whom, why)"
                    " VALUES(?, ?, ?, ?, ?, ?)"),
      replace_line_year_(database_,
                         "REPLACE INTO line_year(account, hotline, line, until_day)"
                         " VALUES(?, ?, ?, ?)"),
      insert_notice_(database_,
                     "INSERT INTO notice(id, at_ms, kind, account, body, next_ms)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?2) ON CONFLICT(id) DO NOTHING"),
      mark_notice_(database_,
                   "UPDATE notice SET sent_ms = coalesce(?, sent_ms), next_ms = ?, tries = ?,"
                   " error = ? WHERE seq = ?"),
      resend_notice_(database_,
                     "UPDATE notice SET next_ms = ?, tries = 0, error = '' WHERE seq = ?"),
      update_heartbeat_(database_,
                        "REPLACE INTO heartbeat(only_row, wall_ms, mono_ms, boot_id,"
                        " confirmed_before_ms, latest_ms) VALUES(1, ?1, ?2, ?3, ?4,"
                        " max(?1, coalesce((SELECT latest_ms FROM heartbeat), 0)))"),
      insert_cdr_note_(database_,
                       "INSERT INTO cdr_note(cdr_seq, at_ms, kind, text, by_whom)"
                       " SELECT seq, ?, ?, ?, ? FROM cdr WHERE id = ?"),
      select_cdr_note_(database_,
                       "SELECT 1 FROM cdr_note WHERE cdr_seq = (SELECT seq FROM cdr WHERE id = ?)"
                       " AND kind = ? AND text = ? AND by_whom = ?"),
      records_(Chain::of_records(database_)),
      cdr_notes_(Chain::of_notes(database_)) {}

void WriteSession::begin() { Run(begin_).exec(); }

void WriteSession::commit() { Run(commit_).exec(); }

// After some failures SQLite has rolled back by itself; then this has nothing to do.
void WriteSession::rollback() noexcept {
  records_.forget();
  cdr_notes_.forget();
  database_.tryExec("ROLLBACK");
}

void WriteSession::empty_wal() noexcept { database_.tryExec("PRAGMA wal_checkpoint(TRUNCATE)"); }

void WriteSession::admit(const call::JournalAdmission& admission) {
  Run run(insert_journal_);
  put_record(run.number(key_of(admission.draft.id)), admission.draft);
  run.blob(admission.caller_dialog).exec();
}

bool WriteSession::answer(const call::JournalAnswer& answer) {
  const std::string attempts = to_lines(answer.attempts);
  const int rows = Run(insert_journal_answer_)
                       .time(answer.answered.wall)
                       .time(answer.answered.mono)
                       .duration(answer.paid)
                       .text(answer.answered_by)
                       .text(answer.phone_leg_id)
                       .blob(answer.phone_dialog)
                       .text(attempts)
                       .text(answer.phone_province)
                       .text(answer.recording)
                       .text(answer.said.body)
                       .text(answer.audio)
                       .time(answer.bridged)
                       .text(answer.menu)
                       .duration(answer.waited)
                       .time(answer.proved ? std::optional(answer.proved->wall) : std::nullopt)
                       .time(mono_of(answer.proved))
                       .number(key_of(answer.id))
                       .exec();
  return rows == 1;
}

void WriteSession::extend(const call::JournalPaid& paid) {
  Run(update_paid_).duration(paid.paid).number(key_of(paid.id)).exec();
}

void WriteSession::adopt(const call::JournalAdopted& adopted) {
  const auto& proved = adopted.proved;
  Run(update_adopted_)
      .time(adopted.answered.mono)
      .time(proved ? std::optional(proved->wall) : std::nullopt)
      .time(mono_of(proved))
      .number(key_of(adopted.id))
      .exec();
}

void WriteSession::describe(const call::JournalMedia& media) {
  Run(update_audio_).text(media.audio).number(key_of(media.id)).exec();
}

void WriteSession::move(const call::JournalTarget& target) {
  Run(target.of_caller ? update_caller_target_ : update_phone_target_)
      .blob(target.target)
      .number(key_of(target.id))
      .exec();
}

void WriteSession::keep(const call::KeepNote& note) {
  const std::string_view kind = to_string(note.kind);
  if (note.value.empty()) {
    Run(delete_note_).word(kind).text(note.key).exec();
  } else {
    Run(replace_note_).word(kind).text(note.key).text(note.value).time(note.until).exec();
  }
}

bool WriteSession::file(const cdr::Record& record) {
  leave_journal(record.id);
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
  records_.extend(seq);
  if (record.answered) add_usage(record);
  return true;
}

bool WriteSession::close(const Close& close) {
  if (!file(close.record)) return false;
  for (const billing::LedgerEntry& entry : close.charge) {
    if (book(entry) == Applied::now) continue;
    // The charge is of a call on an account that is open: what else could it meet?
    throw SQLite::Exception("the charge " + entry.id + " cannot be booked");
  }
  return true;
}

Applied WriteSession::add_note(const CallId& call, const cdr::Note& note) {
  {
    Run run(select_cdr_note_);
    run.word(call.to_string()).word(to_string(note.kind)).text(note.text).text(note.by);
    if (run.step()) return Applied::before;
  }
  const int rows = Run(insert_cdr_note_)
                       .time(note.at)
                       .word(to_string(note.kind))
                       .text(note.text)
                       .text(note.by)
                       .word(call.to_string())
                       .exec();
  if (rows == 0) return Applied::conflict;
  cdr_notes_.extend(database_.getLastInsertRowid());
  return Applied::now;
}

void WriteSession::add_usage(const cdr::Record& record) {
  Run(add_usage_)
      .number(month_of(*record.answered))
      .text(record.hotline)
      .text(record.account)
      .money(record.charge)
      .exec();
}

void WriteSession::leave_journal(const CallId& id) {
  const std::int64_t key = key_of(id);
  if (Run(delete_journal_).number(key).exec() == 0) return;
  Run(delete_journal_answer_).number(key).exec();
}

// The entry and the balance it leaves, in one go; only what is not new is looked at again.
Applied WriteSession::book(const billing::LedgerEntry& entry) {
  {
    Run run(insert_entry_);
    put_entry(run, entry);
    if (run.exec() == 0) return why_not_booked(entry);
  }
  Run(update_balance_).money(entry.amount).text(entry.account).exec();
  return Applied::now;
}

Applied WriteSession::why_not_booked(const billing::LedgerEntry& entry) {
  Run run(select_entry_);
  if (!run.text(entry.id).step()) return Applied::failed;  // there is no such account
  Row row(select_entry_);
  const bool same = row.text() == to_string(entry.kind) && row.text() == entry.account &&
                    row.money() == entry.amount;
  return same ? Applied::before : Applied::conflict;
}

Applied WriteSession::book(const std::vector<billing::LedgerEntry>& entries) {
  for (const billing::LedgerEntry& entry : entries) {
    const Applied applied = book(entry);
    if (&entry == &entries.front() && applied != Applied::now) return applied;
    HOTLINE_EXPECT(applied == Applied::now);  // the first one's id stands for all
  }
  return Applied::now;
}

Applied WriteSession::open_account(const std::string& name, const billing::Standing& standing) {
  const int rows = Run(insert_account_)
                       .text(name)
                       .time(standing.since)
                       .word(to_string(standing.state))
                       .number(standing.days_done.time_since_epoch().count())
                       .number(standing.months_done)
                       .exec();
  if (rows == 0) return Applied::before;
  keep({name, standing.since, standing.state, "opened", {}, {}});
  return Applied::now;
}

void WriteSession::keep(const billing::AccountEvent& event) {
  Run(insert_event_)
      .text(event.account)
      .time(event.at)
      .word(to_string(event.to))
      .text(event.cause)
      .text(event.by)
      .text(event.why)
      .exec();
}

void WriteSession::keep(const billing::Notice& notice) {
  const std::string body = body_of(notice);
  Run(insert_notice_)
      .text(notice.id)
      .time(notice.at)
      .word(to_string(notice.kind))
      .text(notice.account)
      .text(body)
      .exec();
}

void WriteSession::mark(const NoticeTried& tried) {
  Run(mark_notice_)
      .time(tried.next ? std::nullopt : std::optional(tried.at))
      .time(tried.next)
      .number(tried.tries)
      .text(tried.error)
      .number(static_cast<std::int64_t>(tried.seq))
      .exec();
}

Applied WriteSession::resend(const ResendNotice& resend) {
  const int rows =
      Run(resend_notice_).time(resend.at).number(static_cast<std::int64_t>(resend.seq)).exec();
  return rows == 0 ? Applied::before : Applied::now;
}

void WriteSession::post(const billing::Posting& posting) {
  for (const billing::LedgerEntry& entry : posting.entries) {
    const Applied applied = book(entry);
    HOTLINE_EXPECT(applied == Applied::now);  // what is due is decided by what has been posted
  }
  for (const billing::AccountEvent& event : posting.events) keep(event);
  for (const billing::Notice& notice : posting.notices) keep(notice);
  for (const billing::LineYear& year : posting.line_years) {
    Run(replace_line_year_)
        .text(posting.account)
        .text(year.hotline)
        .number(year.line)
        .number(year.until.time_since_epoch().count())
        .exec();
  }
  const billing::Standing& standing = posting.standing;
  Run(update_standing_)
      .word(to_string(standing.state))
      .time(standing.since)
      .time(standing.activated)
      .number(standing.days_done.time_since_epoch().count())
      .number(standing.months_done)
      .text(posting.account)
      .exec();
}

void WriteSession::beat(Now now, Instant confirmed_before) {
  Run(update_heartbeat_).time(now.wall).time(now.mono).text(boot_id_).time(confirmed_before).exec();
}

}  // namespace hotline::store
