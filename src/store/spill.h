// Records of finished calls while the database cannot be written: they wait in memory, and so that
// the end of the process does not lose them, in a small file of its own beside the database. The
// next start files them. Its room is taken when there is some: a full disk does not keep it from
// being used. One thread at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

#include "store/batch.h"

namespace SQLite {
class Database;
}

namespace hotline::store {

// Where the spilled records of a database are.
std::filesystem::path spill_beside(const std::filesystem::path& database);

class Spill {
 public:
  // Makes the file where it is missing. Where it cannot be opened, nothing is ever kept.
  explicit Spill(const std::filesystem::path& path);
  ~Spill();

  // Returns: whether they are durable there.
  bool keep(const std::vector<const Close*>& closes) noexcept;
  // They are in the database by now.
  void clear() noexcept;
  // All that is kept. Errors: throws SQLite::Exception.
  std::vector<Close> all() const;

 private:
  std::unique_ptr<SQLite::Database> database_;  // null: none could be opened
};

// Files what a former process has spilled; what the database has already stays as it is.
// Returns: how many records were new. Errors: throws SQLite::Exception; nothing is changed then.
std::size_t file_spilled(const std::filesystem::path& database);

}  // namespace hotline::store
