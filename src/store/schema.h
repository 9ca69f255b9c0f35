// The tables of the database and how older ones become today's. Runs at a start only.
#pragma once

namespace SQLite {
class Database;
}

namespace hotline::store {

// "HOT4", in the file's header (PRAGMA application_id): whose database it is.
inline constexpr int kApplicationId = 0x484f5434;

// The tables that refuse to change or delete a row.
inline constexpr const char* kAppendOnly[] = {
    "ledger", "cdr", "attempt", "cdr_link", "cdr_note", "cdr_note_link", "account_event"};

// The schema this program writes (PRAGMA user_version).
int schema_version();

// Takes the database from its version to a later one, each step in a transaction.
// Requires: versions in 0 … schema_version(). Errors: throws SQLite::Exception.
void migrate(SQLite::Database& database, int from_version, int to_version = schema_version());

}  // namespace hotline::store
