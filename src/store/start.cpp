#include "store/start.h"

#include "hotline/base/words.h"

#include "store/account_row.h"
#include "store/attempt_lines.h"
#include "store/boot_id.h"
#include "store/database.h"
#include "store/record_row.h"

namespace hotline::store {
namespace {

const std::string kSdp = "application/sdp";

// Adds the ledger up again: the balances are kept beside it for speed only.
std::vector<Account> load_accounts(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT " + std::string(kAccountColumns) +
                               ", coalesce(total_li, 0)"
                               " FROM account LEFT JOIN (SELECT account, sum(amount_li) AS total_li"
                               "   FROM ledger GROUP BY account) ON account = name ORDER BY name");
  std::vector<Account> accounts;
  while (select.executeStep()) {
    Row row(select);
    Account account = read_account(row);
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

std::vector<Spent> load_spent(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT account, month, sum(spent_li) FROM month_usage"
                           " JOIN account ON name = account AND month > months_done"
                           " GROUP BY account, month");
  std::vector<Spent> spent;
  while (select.executeStep()) {
    Row row(select);
    spent.push_back({row.text(), static_cast<Month>(row.number()), row.money()});
  }
  return spent;
}

std::vector<PaidLine> load_paid_lines(SQLite::Database& database) {
  SQLite::Statement select(database, "SELECT account, hotline, line, until_day FROM line_year");
  std::vector<PaidLine> lines;
  while (select.executeStep()) {
    Row row(select);
    PaidLine& line = lines.emplace_back();
    line.account = row.text();
    line.year.hotline = row.text();
    line.year.line = static_cast<std::uint32_t>(row.number());
    line.year.until = Day(std::chrono::days(row.number()));
  }
  return lines;
}

std::vector<Moved> load_moved(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT account, at_ms, amount_li, kind FROM ledger"
                           " WHERE at_ms > (SELECT wall_ms FROM heartbeat) ORDER BY seq");
  std::vector<Moved> moved;
  while (select.executeStep()) {
    Row row(select);
    Moved& one = moved.emplace_back();
    one.account = row.text();
    one.movement.at = row.time();
    one.movement.amount = row.money();
    one.movement.kind = entry_kind_from(row.text());
  }
  return moved;
}

// The chain goes on behind its last row: where rows or hashes were cut off, it cannot.
void expect_whole_chains(SQLite::Database& database) {
  for (const std::string table : {"cdr", "cdr_note"}) {
    const auto last = [&](const std::string& of) {
      return database.execAndGet("SELECT coalesce(max(seq), 0) FROM " + of).getInt64();
    };
    const std::int64_t row = last(table);
    const std::int64_t hash = last(table + "_link");
    if (row == hash) continue;
    throw SQLite::Exception("the last row of " + table + " is number " + std::to_string(row) +
                            ", the last hash is of number " + std::to_string(hash) +
                            ": something was cut off; put a copy of the database back");
  }
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
  unfinished.caller_dialog += row.text();
  if (row.next_is_null()) return unfinished;
  call::Unfinished::Answer answer;
  answer.at.wall = row.time();
  answer.at.mono = row.instant();
  answer.paid = row.duration();
  unfinished.draft.answered_by = row.text();
  unfinished.draft.phone_leg_id = row.text();
  answer.phone_dialog = row.text();
  answer.phone_dialog += row.text();
  unfinished.draft.attempts = attempts_from_lines(row.text());
  unfinished.draft.phone_province = row.text();
  unfinished.draft.recording = row.text();
  if (std::string said = row.text(); !said.empty()) answer.said = {kSdp, std::move(said)};
  answer.audio = row.text();
  unfinished.draft.bridged = row.optional_time();
  unfinished.draft.menu = row.text();
  unfinished.draft.waited = row.duration();
  if (const auto wall = row.optional_time()) answer.proved = Now{row.instant(), *wall};
  unfinished.answer = answer;
  return unfinished;
}

std::vector<call::Unfinished> load_journal(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT " + std::string(kRecordColumns) +
                               ", caller_target, caller_dialog, wall_ms, mono_ms, paid_ms, phone,"
                               " answer_leg_id, phone_target, phone_dialog, attempts,"
                               " answer_province,"
                               " answer_recording, said, audio, answer_bridged_ms, answer_menu,"
                               " answer_waited_ms, proved_wall_ms, proved_mono_ms"
                               " FROM journal LEFT JOIN journal_answer USING(key) ORDER BY key");
  std::vector<call::Unfinished> calls;
  while (select.executeStep()) {
    Row row(select);
    calls.push_back(read_unfinished(row));
  }
  return calls;
}

std::optional<Heartbeat> load_heartbeat(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT wall_ms, mono_ms, boot_id, confirmed_before_ms"
                           " FROM heartbeat");
  if (!select.executeStep()) return std::nullopt;
  Row row(select);
  Heartbeat heartbeat;
  heartbeat.at.wall = row.time();
  heartbeat.at.mono = row.instant();
  const std::string boot = row.text();
  heartbeat.same_boot = !boot.empty() && boot == boot_id();
  heartbeat.confirmed_before = row.instant();
  return heartbeat;
}

// A second after the last one's latest time, where the clock was set back or has not moved: what is
// numbered by it rises from each life to the next.
WallTime begin_life(SQLite::Database& database, WallTime now) {
  SQLite::Statement select(database, "SELECT coalesce(max(latest_ms), 0) FROM heartbeat");
  select.executeStep();
  const WallTime life = std::max(now, Row(select).time() + Seconds(1));
  SQLite::Statement update(database, "UPDATE heartbeat SET latest_ms = ?");
  Run(update).time(life).exec();
  return life;
}

call::KeepNote::Kind note_kind(const std::string& word) {
  if (const auto kind = from_word(word, call::KeepNote::Kind::place)) return *kind;
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
  const Month month = month_of(now);
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
    Start start;
    expect_whole_chains(database);
    start.accounts = load_accounts(database);
    start.spent = load_spent(database);
    start.paid_lines = load_paid_lines(database);
    start.moved = load_moved(database);
    start.unfinished = load_journal(database);
    start.heartbeat = load_heartbeat(database);
    start.life = begin_life(database, now);
    start.notes = load_notes(database, now);
    start.usage = load_usage(database, now);
    return start;
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(sentence(path, error));
  }
}

}  // namespace hotline::store
