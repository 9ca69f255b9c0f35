#include "store/account_row.h"

namespace hotline::store {
namespace {

billing::AccountState read_state(Row& row) {
  const std::string word = row.text();
  if (const auto state = billing::account_state_from_string(word)) return *state;
  throw SQLite::Exception("an account is \"" + word + "\", which means nothing");
}

}  // namespace

Account read_account(Row& row) {
  Account account;
  account.name = row.text();
  account.opened = row.time();
  account.balance = row.money();
  account.standing.state = read_state(row);
  account.standing.since = row.time();
  account.standing.activated = row.optional_time();
  account.standing.days_done = Day(std::chrono::days(row.number()));
  account.standing.months_done = static_cast<Month>(row.number());
  return account;
}

billing::AccountEvent read_event(Row& row) {
  billing::AccountEvent event;
  event.account = row.text();
  event.at = row.time();
  event.to = read_state(row);
  event.cause = row.text();
  event.by = row.text();
  event.why = row.text();
  return event;
}

}  // namespace hotline::store
