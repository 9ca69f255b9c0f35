// Anchors: what the books were at one instant, in small text files beside the database and wherever
// finance keeps copies. Who rewrites a whole chain, or puts an old database back, would have to
// rewrite every anchor too.
//
//   hotline400 anchor 1
//   day 2026-11-25
//   records 120431
//   records_sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//   notes 12
//   notes_sha256 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752
//   ledger 98112
//   balances 120391.420
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/calendar.h"
#include "hotline/base/money.h"

#include "store/hash.h"

namespace SQLite {
class Database;
}

namespace hotline::store {

struct Anchor {
  Day day{};  // at whose end, in China's time, or on which
  std::int64_t records = 0;
  Hash records_hash = first_hash();  // of that one
  std::int64_t notes = 0;
  Hash notes_hash = first_hash();
  std::int64_t ledger = 0;  // the last entry's number
  Money balances;           // of all accounts together: the sum of all entries until then
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

std::string to_text(const Anchor& anchor);
// Errors: a sentence; for what is no whole anchor.
tl::expected<Anchor, std::string> anchor_from_text(std::string_view text);

// The name of the one that says how far the books are, besides those named by their day.
inline constexpr const char* kLatestAnchor = "latest";

struct AnchorFile {
  std::filesystem::path path;
  Anchor anchor;
};

// Where the server keeps them.
std::filesystem::path anchors_of(const std::filesystem::path& state_dir);
// Every anchor in that directory, by name; none where there is no such directory.
// Errors: a sentence: what cannot be read, or is no anchor.
tl::expected<std::vector<AnchorFile>, std::string> read_anchors(
    const std::filesystem::path& directory);
// Writes one, whole or not at all, and waits until the disk has it.
// Errors: a sentence.
tl::expected<void, std::string> write_anchor(const std::filesystem::path& directory,
                                             const std::string& name, const Anchor& anchor);

// What the books are now, at one instant. Errors: throws SQLite::Exception.
Anchor read_heads(SQLite::Database& database);
// Does the database hold what the anchor says of its chains?
// Returns: what it does not, a sentence each; empty: it does. Errors: throws SQLite::Exception.
std::vector<std::string> contradictions(SQLite::Database& database, const Anchor& anchor);

}  // namespace hotline::store
