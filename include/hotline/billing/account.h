// An account from its opening to its end: the state it is in, and how its balance moves it.
//
//   open ──paid──► active ◄──► low ◄──► suspended ──daily job, below zero──► reclaimed
//                     ▲                     ▲                                    │
//                     └─────────────────────┴────────── reinstated by hand ──────┘
//   any of them ──by hand──► closed
//
// Every change is an event with its time and cause, durable with the money that caused it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hotline/base/calendar.h"
#include "hotline/base/money.h"
#include "hotline/billing/ledger.h"
#include "hotline/billing/notice.h"
#include "hotline/billing/tariff.h"

namespace hotline::billing {

enum class AccountState : std::uint8_t {
  open,       // not paid yet: no call is taken, no fee is due
  active,     //
  low,        // below the package's low_balance
  suspended,  // below its min_balance: no new calls, a fee each day
  reclaimed,  // the number went back to the carrier: no call, no fee
  closed,     // for ever
};
std::string_view to_string(AccountState state);
std::optional<AccountState> account_state_from_string(std::string_view word);

// May new calls be taken?
bool serves(AccountState state);

// A change of state.
struct AccountEvent {
  std::string account;
  WallTime at{};
  AccountState to = AccountState::open;
  std::string cause;  // an entry's kind, "opened", "daily_job", "configuration", …
  std::string by;     // who, where somebody did it by hand
  std::string why;    // in that one's words
};

// What is kept of an account beside its ledger.
struct Standing {
  AccountState state = AccountState::open;
  WallTime since{};                   // it is in that state
  std::optional<WallTime> activated;  // it was active for the first time
  Day days_done{};                    // the last day whose midnight has been seen to
  Month months_done = 0;              // the last month whose minimum has been seen to
};

// An account opened at that instant: its days and months begin.
Standing standing_of_new(WallTime at);

// For accounts from before there were fees: the clock begins to run at that instant, its month
// is exempt. Others stay as they are.
void begin_clock(Standing& standing, WallTime at);

// A further line of a hotline is paid until that day begins.
struct LineYear {
  std::string hotline;
  std::uint32_t line = 0;  // from 1: the first one beyond the package's
  Day until{};
};

// What one occasion brings an account, durable as a whole or not at all.
struct Posting {
  std::string account;
  std::vector<LedgerEntry> entries;
  std::vector<AccountEvent> events;
  std::vector<LineYear> line_years;
  std::vector<Notice> notices;
  Standing standing;  // after it

  bool empty() const { return entries.empty() && events.empty() && notices.empty(); }
};

// Phones of a hotline beyond those its package includes.
struct FurtherLines {
  std::string hotline;
  std::uint32_t lines = 0;
  friend bool operator==(const FurtherLines&, const FurtherLines&) = default;
};

// What an account has agreed to: by the configuration.
struct Terms {
  std::shared_ptr<const Package> package;
  std::vector<FurtherLines> further_lines;
};

// One account's books.
struct Book {
  std::string name;
  Money posted{};    // the sum of the ledger
  Money reserved{};  // held for units of live calls
  Standing standing;
  std::map<Month, Money> spent{};  // on calls answered in months not seen to yet
  std::map<std::pair<std::string, std::uint32_t>, Day> lines_paid{};  // until when; by LineYear

  Money available() const { return posted - reserved; }
};

// What is still to be paid in before an open or suspended account takes calls; nothing: it does, or
// money alone does not help.
Money missing(const Book& book, const Terms& terms);

// Moves the account to the state its balance asks for, with a notice where that has less money than
// the one before. Reclaimed and closed ones stay what they are, an open one until its package's
// price is paid.
void judge(Book& book, const Terms& terms, std::string_view cause, WallTime at, Posting& posting);
// Moves it there whatever the balance; nobody is told.
void move_to(Book& book, AccountEvent event, Posting& posting);
// Books an entry, and judges the account by the balance after it.
void book_entry(Book& book, const Terms& terms, LedgerEntry entry, Posting& posting);

}  // namespace hotline::billing
