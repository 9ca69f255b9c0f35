// Proves the books by what the database holds: that money adds up, that each call's charge is what
// its record costs and what the ledger took, and that nothing filed was changed, removed or put in.
// Reads pages of at most some thousand rows, beside a running server or without one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

#include "store/anchor.h"

namespace hotline::store {

// Something that does not hold, and where.
struct Finding {
  std::string table;
  std::int64_t seq = 0;  // 0: the row has no number
  std::string id;        // what else names it: a call, an account, a file
  std::string is;
  std::string should_be;
};

// opening + in - out = closing
struct AccountSums {
  std::string account;
  Money opening;
  Money in;
  Money out;  // as a positive amount
  Money closing() const { return opening + in - out; }
};

struct Audited {
  std::size_t found = 0;          // how much does not hold
  std::vector<Finding> findings;  // the first of it
  std::uint64_t records = 0;
  std::uint64_t calls = 0;  // that they stand for
  std::uint64_t attempts = 0;
  std::uint64_t notes = 0;
  std::uint64_t entries = 0;
  std::uint64_t charged = 0;  // records that cost something
  Money charges;              // by the records
  std::uint64_t open_calls = 0;
  std::uint64_t anchors = 0;          // compared
  std::vector<AccountSums> accounts;  // by name
  Anchor heads;                       // how far the books are
};

struct AuditWish {
  // Records received and entries dated from then on, and before then; all that lie between are
  // audited, too. What went before is believed. Absent: from the first, to the last.
  std::optional<WallTime> from;
  std::optional<WallTime> to;
  std::vector<AnchorFile> anchors;                                      // compared with it
  std::size_t most = 20;                                                // findings to keep
  std::function<void(std::size_t done, std::size_t whole)> progress{};  // rows
};

// Errors: one sentence; for a database that cannot be read, not for books that do not hold.
tl::expected<Audited, std::string> audit(const std::filesystem::path& database,
                                         const AuditWish& wish);

// The last `most` links of the chain of records, as a start looks at them.
// Returns: what does not hold, a sentence each.
// Errors: one sentence; for a database that cannot be read.
tl::expected<std::vector<std::string>, std::string> check_last_links(
    const std::filesystem::path& database, std::int64_t most);

}  // namespace hotline::store
