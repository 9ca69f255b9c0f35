// What a starting server finds in the database: the accounts, the calls its predecessor left
// open, and that one's last proof of life.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/money.h"
#include "hotline/base/time.h"
#include "hotline/billing/fees.h"
#include "hotline/call/after_crash.h"
#include "hotline/call/logbook.h"

namespace hotline::store {

struct Account {
  std::string name;
  WallTime opened{};
  Money balance;
  billing::Standing standing;
};

struct Heartbeat {
  Now at;
  bool same_boot = false;      // at.mono compares with today's instants
  Instant confirmed_before{};  // as in ports::Store, by the clock of at.mono
};

// Months that accounts have not seen to yet.
struct Spent {
  std::string account;
  Month month = 0;
  Money spent;
};

// An entry made while no server ran: dated after the last proof of life.
struct Moved {
  std::string account;
  billing::Movement movement;
};

struct PaidLine {
  std::string account;
  billing::LineYear year;
};

struct Start {
  std::vector<Account> accounts;
  std::vector<Spent> spent;
  std::vector<PaidLine> paid_lines;
  std::vector<Moved> moved;                  // in order
  std::vector<call::Unfinished> unfinished;  // in the order the calls were admitted
  std::optional<Heartbeat> heartbeat;        // absent in a new database only
  WallTime life{};  // when this process begins: after all that former ones took for the time
  std::vector<call::KeepNote> notes;    // that still hold
  std::vector<call::MonthUsage> usage;  // of this month
};

// Notes whose time is over are removed from the database, and `life` is put down there.
// Requires: a database that open() has prepared, and no Writer yet.
// Errors: one sentence: unreadable, corrupt, or an account whose balance is not the sum of its
// ledger, or a chain that was cut off.
tl::expected<Start, std::string> load_start(const std::filesystem::path& database, WallTime now);

}  // namespace hotline::store
