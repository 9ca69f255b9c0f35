#include "store/start.h"

#include "store/attempt_lines.h"
#include "store/boot_id.h"
#include "store/database.h"
#include "store/record_row.h"

namespace hotline::store {
namespace {

// Adds the ledger up again: the balances are kept beside it for speed only.
std::vector<Account> load_accounts(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT name, opened_ms, balance_li, coalesce(total_li, 0)"
                           " FROM account LEFT JOIN (SELECT account, sum(amount_li) AS total_li"
                           "   FROM ledger GROUP BY account) ON account = name ORDER BY name");
  std::vector<Account> accounts;
  while (select.executeStep()) {
    Row row(select);
    Account account{row.text(), row.time(), row.money()};
    const Money total = row.money();
    if (account.balance != total) {
      throw SQLite::Exception("the balance of account " + account.name + " is " +
                              account.balance.to_yuan() + ", but its ledger adds up to " +
                              total.to_yuan());
    }
    accounts.push_back(std::move(account));
  }
  return accounts;
}

call::Unfinished read_unfinished(Row& row) {
  call::Unfinished unfinished;
  unfinished.draft = read_record(row);
  const auto tariff = billing::tariff_from_text(unfinished.draft.tariff);
  if (!tariff) {
    throw SQLite::Exception("the journal holds \"" + unfinished.draft.tariff +
                            "\", which is no tariff");
  }
  unfinished.tariff = *tariff;
  unfinished.caller_dialog = row.text();
  if (row.next_is_null()) return unfinished;
  call::Unfinished::Answer answer;
  answer.at.wall = row.time();
  answer.at.mono = row.instant();
  answer.paid = row.duration();
  unfinished.draft.answered_by = row.text();
  unfinished.draft.phone_leg_id = row.text();
  answer.phone_dialog = row.text();
  unfinished.draft.attempts = attempts_from_lines(row.text());
  unfinished.answer = answer;
  return unfinished;
}

std::vector<call::Unfinished> load_journal(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT " + std::string(kRecordColumns) +
                               ", caller_dialog, wall_ms, mono_ms,"
                               " paid_ms, phone, answer_leg_id, phone_dialog, attempts"
                               " FROM journal LEFT JOIN journal_answer USING(key) ORDER BY key");
  std::vector<call::Unfinished> calls;
  while (select.executeStep()) {
    Row row(select);
    calls.push_back(read_unfinished(row));
  }
  return calls;
}

std::optional<Heartbeat> load_heartbeat(SQLite::Database& database) {
  SQLite::Statement select(database, "SELECT wall_ms, mono_ms, boot_id FROM heartbeat");
  if (!select.executeStep()) return std::nullopt;
  Row row(select);
  Heartbeat heartbeat;
  heartbeat.at.wall = row.time();
  heartbeat.at.mono = row.instant();
  const std::string boot = row.text();
  heartbeat.same_boot = !boot.empty() && boot == boot_id();
  return heartbeat;
}

call::KeepNote::Kind note_kind(const std::string& word) {
  for (int i = 0; i <= static_cast<int>(call::KeepNote::Kind::block); ++i) {
    const auto kind = static_cast<call::KeepNote::Kind>(i);
    if (to_string(kind) == word) return kind;
  }
  throw SQLite::Exception("a note is of kind \"" + word + "\", which means nothing");
}

std::vector<call::KeepNote> load_notes(SQLite::Database& database, WallTime now) {
  SQLite::Statement remove(database, "DELETE FROM note WHERE until_ms <= ?");
  Run(remove).time(now).exec();
  SQLite::Statement select(database, "SELECT kind, key, value, until_ms FROM note");
  std::vector<call::KeepNote> notes;
  while (select.executeStep()) {
    Row row(select);
    call::KeepNote& note = notes.emplace_back();
    note.kind = note_kind(row.text());
    note.key = row.text();
    note.value = row.text();
    note.until = row.time();
  }
  return notes;
}

std::vector<call::MonthUsage> load_usage(SQLite::Database& database, WallTime now) {
  const call::Month month = call::month_of(now);
  SQLite::Statement select(database,
                           "SELECT hotline, account, calls, spent_li FROM month_usage"
                           " WHERE month = ?");
  std::vector<call::MonthUsage> usage;
  Run run(select);
  run.number(month);
  while (run.step()) {
    Row row(select);
    call::MonthUsage& one = usage.emplace_back();
    one.month = month;
    one.hotline = row.text();
    one.account = row.text();
    one.calls = static_cast<std::uint64_t>(row.number());
    one.spent = row.money();
  }
  return usage;
}

}  // namespace

tl::expected<Start, std::string> load_start(const std::filesystem::path& path, WallTime now) {
  try {
    SQLite::Database database = connect_writer(path);
    return Start{load_accounts(database), load_journal(database), load_heartbeat(database),
                 load_notes(database, now), load_usage(database, now)};
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(sentence(path, error));
  }
}

}  // namespace hotline::store
