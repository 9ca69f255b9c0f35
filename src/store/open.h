// The state directory at a start: who owns it, and a database of today's schema in it.
#pragma once

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include "store/lock.h"

namespace hotline::store {

struct Opened {
  Lock lock;                       // keep it as long as anything uses the database
  std::filesystem::path database;  // for load_start(), Writer and Reader
};

// Where the state directory has its database.
std::filesystem::path database_in(const std::filesystem::path& state_dir);

// Makes the directory (0700) and the database (0600) where they are missing, takes the lock and
// migrates an older database, and files the records that a former process could not.
// Errors: one sentence: locked by another process, not writable, corrupt, no database of ours, or
// written by a newer version.
tl::expected<Opened, std::string> open(const std::filesystem::path& state_dir);

}  // namespace hotline::store
