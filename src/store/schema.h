// The tables of the database and how older ones become today's. Runs at a start only.
#pragma once

namespace SQLite {
class Database;
}

namespace hotline::store {

// "HOT4", in the file's header (PRAGMA application_id): whose database it is.
inline constexpr int kApplicationId = 0x484f5434;

// The schema this program writes (PRAGMA user_version).
int schema_version();

// Takes the database from its version to schema_version(), each step in a transaction.
// Requires: a version in 0 … schema_version(). Errors: throws SQLite::Exception.
void migrate(SQLite::Database& database, int from_version);

}  // namespace hotline::store
