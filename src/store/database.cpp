#include "store/database.h"

#include "store/schema.h"

namespace hotline::store {
namespace {

// How long a statement waits for another process's lock before it fails as busy.
constexpr int kBusyMs = 200;

SQLite::Database connect(const std::filesystem::path& path, int flags) {
  SQLite::Database database(path.string(), flags | SQLite::OPEN_NOMUTEX, kBusyMs);
  database.exec("PRAGMA trusted_schema = OFF");
  return database;
}

int version_of(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}

bool is_ours(SQLite::Database& database) {
  return database.execAndGet("PRAGMA application_id").getInt() == kApplicationId;
}

bool is_new(SQLite::Database& database) {
  return version_of(database) == 0 &&
         database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

void expect_today(SQLite::Database& database) {
  if (!is_ours(database)) throw SQLite::Exception("this is no hotline database");
  const int version = version_of(database);
  if (version == schema_version()) return;
  throw SQLite::Exception("its schema is version " + std::to_string(version) +
                          ", this program's is " + std::to_string(schema_version()));
}

void use_wal(SQLite::Database& database) {
  const std::string mode = database.execAndGet("PRAGMA journal_mode = WAL").getString();
  if (mode != "wal") throw SQLite::Exception("its file system cannot hold a WAL");
}

}  // namespace

SQLite::Database connect_writer(const std::filesystem::path& path) {
  SQLite::Database database = connect(path, SQLite::OPEN_READWRITE);
  expect_today(database);
  use_wal(database);
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA secure_delete = OFF");        // the journal's rows come and go
  database.exec("PRAGMA cache_size = -4096");         // KiB
  database.exec("PRAGMA wal_autocheckpoint = 4000");  // pages, 16 MB
  database.exec("PRAGMA journal_size_limit = 67108864");
  return database;
}

SQLite::Database connect_reader(const std::filesystem::path& path) {
  SQLite::Database database = connect(path, SQLite::OPEN_READONLY);
  expect_today(database);
  return database;
}

void prepare(const std::filesystem::path& path) {
  SQLite::Database database = connect(path, SQLite::OPEN_READWRITE);
  if (!is_new(database)) {
    if (!is_ours(database)) throw SQLite::Exception("this is no hotline database");
    const int version = version_of(database);
    if (version > schema_version()) {
      throw SQLite::Exception("written by a newer hotlined (schema " + std::to_string(version) +
                              ", this one knows up to " + std::to_string(schema_version()) +
                              "); start the newer one");
    }
  }
  use_wal(database);
  migrate(database, version_of(database));
}

std::string sentence(const std::filesystem::path& path, const SQLite::Exception& error) {
  return path.string() + ": " + error.what();
}

}  // namespace hotline::store
