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
  unfinished.tariff = {row.money(), row.seconds(), row.seconds()};
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
  SQLite::Statement select(
      database, "SELECT " + std::string(kRecordColumns) +
                    ", tariff_per_min_li, first_s, next_s, caller_dialog, wall_ms, mono_ms,"
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

}  // namespace

tl::expected<Start, std::string> load_start(const std::filesystem::path& path) {
  try {
    SQLite::Database database = connect_writer(path);
    return Start{load_accounts(database), load_journal(database), load_heartbeat(database)};
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(sentence(path, error));
  }
}

}  // namespace hotline::store
