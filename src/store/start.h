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
#include "hotline/call/after_crash.h"
#include "hotline/call/logbook.h"

namespace hotline::store {

struct Account {
  std::string name;
  WallTime opened{};
  Money balance;
};

struct Heartbeat {
  Now at;
  bool same_boot = false;  // at.mono compares with today's instants
};

struct Start {
  std::vector<Account> accounts;
  std::vector<call::Unfinished> unfinished;  // in the order the calls were admitted
  std::optional<Heartbeat> heartbeat;        // absent in a new database only
  std::vector<call::KeepNote> notes;         // that still hold
  std::vector<call::MonthUsage> usage;       // of this month
};

// Notes whose time is over are removed from the database.
// Requires: a database that open() has prepared, and no Writer yet.
// Errors: one sentence: unreadable, corrupt, or an account whose balance is not the sum of its
// ledger.
tl::expected<Start, std::string> load_start(const std::filesystem::path& database, WallTime now);

}  // namespace hotline::store
