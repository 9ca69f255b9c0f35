// Connections to the database, each for one thread. In here SQLite's failures are exceptions
// (SQLite::Exception), which make a transaction's code straight; none leaves the module.
#pragma once

#include <filesystem>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

namespace hotline::store {

// The reading and writing connection: WAL, every commit synced.
// Requires: a database of today's schema. Errors: throws; nothing is created.
SQLite::Database connect_writer(const std::filesystem::path& path);

// A reading connection beside it.
SQLite::Database connect_reader(const std::filesystem::path& path);

// Makes a new or older database today's, and leaves today's as it is.
// Errors: throws; what() is a sentence.
void prepare(const std::filesystem::path& path);

// "PATH: what went wrong".
std::string sentence(const std::filesystem::path& path, const SQLite::Exception& error);

}  // namespace hotline::store
