// A ledger entry as the store keeps it, and which of them somebody asks for, a page at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "hotline/billing/ledger.h"

namespace hotline::billing {

struct Booked {
  std::uint64_t seq = 0;  // from 1, in the order entries became durable
  LedgerEntry entry;
  Money balance_after;  // of the entry's account
};

// All that is present must hold; empty text asks nothing.
struct Query {
  std::optional<WallTime> from;  // dated at or after
  std::optional<WallTime> to;    // dated before
  std::string account;
  std::uint64_t after_seq = 0;  // the last entry of the page before, in the order asked; 0: none
  std::size_t limit = 100;      // entries of one page
  bool newest_first = false;
  std::optional<EntryKind> kind{};
};

}  // namespace hotline::billing
