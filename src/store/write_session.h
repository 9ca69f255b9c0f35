// The writer's connection with its prepared statements: one function for each thing that is
// written, all inside a transaction. Any of them may throw SQLite::Exception; then nothing of the
// transaction counts, and rollback() is next. Writer's thread only.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hotline/billing/account.h"
#include "hotline/billing/ledger.h"
#include "hotline/call/action.h"
#include "hotline/cdr/note.h"
#include "hotline/ports/store.h"

#include "store/batch.h"
#include "store/chain.h"
#include "store/statement.h"

namespace hotline::store {

class WriteSession {
 public:
  // Opens the database and copies out whatever the WAL holds: after a failed sync, or from a
  // process that died after one, its pages may be nowhere but in memory, and a commit behind
  // them would be as lost as they are. From here on the WAL holds only what we have synced.
  explicit WriteSession(const std::filesystem::path& path);

  void begin();
  void commit();
  void rollback() noexcept;
  // Moves all into the database file, as far as nobody reads: who copies that file alone has it.
  void empty_wal() noexcept;

  void admit(const call::JournalAdmission& admission);
  // Returns: false where the journal has no such call (any more).
  bool answer(const call::JournalAnswer& answer);
  void extend(const call::JournalPaid& paid);
  void adopt(const call::JournalAdopted& adopted);
  void describe(const call::JournalMedia& media);
  void move(const call::JournalTarget& target);
  void keep(const call::KeepNote& note);
  // The record with its attempts, and the end of the call's journal row. At most once per call.
  // Returns: false where the call had a record already; nothing is written then.
  bool file(const cdr::Record& record);
  // The record of a call that talked and its charge. Returns: as file().
  bool close(const Close& close);
  ports::Applied book(const billing::LedgerEntry& entry);
  // All, or, where the first one is not new, none.
  ports::Applied book(const std::vector<billing::LedgerEntry>& entries);
  ports::Applied open_account(const std::string& name, const billing::Standing& standing);
  void post(const billing::Posting& posting);
  // A later fact about a call. Applied::before: the same is noted already; conflict: the call has
  // no record.
  ports::Applied add_note(const CallId& call, const cdr::Note& note);
  void mark(const NoticeTried& tried);
  // Applied::before where there is no such notice.
  ports::Applied resend(const ResendNotice& resend);
  // A proof of life. `confirmed_before`: as in ports::Store, but never max.
  void beat(Now now, Instant confirmed_before);

 private:
  void keep(const billing::AccountEvent& event);
  void keep(const billing::Notice& notice);
  ports::Applied why_not_booked(const billing::LedgerEntry& entry);
  void leave_journal(const CallId& id);
  void add_usage(const cdr::Record& record);

  SQLite::Database database_;
  std::string boot_id_;
  SQLite::Statement begin_;
  SQLite::Statement commit_;
  SQLite::Statement insert_journal_;
  SQLite::Statement insert_journal_answer_;
  SQLite::Statement update_paid_;
  SQLite::Statement update_adopted_;
  SQLite::Statement update_audio_;
  SQLite::Statement update_caller_target_;
  SQLite::Statement update_phone_target_;
  SQLite::Statement delete_journal_;
  SQLite::Statement delete_journal_answer_;
  SQLite::Statement insert_cdr_;
  SQLite::Statement insert_attempt_;
  SQLite::Statement add_usage_;
  SQLite::Statement replace_note_;
  SQLite::Statement delete_note_;
  SQLite::Statement insert_entry_;
  SQLite::Statement update_balance_;
  SQLite::Statement select_entry_;
  SQLite::Statement insert_account_;
  SQLite::Statement update_standing_;
  SQLite::Statement insert_event_;
  SQLite::Statement replace_line_year_;
  SQLite::Statement insert_notice_;
  SQLite::Statement mark_notice_;
  SQLite::Statement resend_notice_;
  SQLite::Statement update_heartbeat_;
  SQLite::Statement insert_cdr_note_;
  SQLite::Statement select_cdr_note_;
  Chain records_;
  Chain cdr_notes_;
};

}  // namespace hotline::store
