// Looks through every page of the database, once, behind a start: what no start reads may be broken
// all the same, and would be found by the first call that needs it. A thread of its own, of the
// lowest priority, on a connection of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace SQLite {
class Database;
}

namespace hotline::store {

class PageCheck {
 public:
  // `broken` is told, by that thread, what does not hold, in a sentence; nothing where all does.
  using Broken = std::function<void(const std::string&)>;
  PageCheck(std::filesystem::path database, Broken broken);
  // Gives up where it has not ended.
  ~PageCheck();

 private:
  void run();

  const std::filesystem::path path_;
  const Broken broken_;
  std::unique_ptr<SQLite::Database> database_;
  std::thread thread_;
};

// Errors: throws SQLite::Exception. Returns: what does not hold of the pages; empty: nothing.
std::string broken_pages(SQLite::Database& database);

}  // namespace hotline::store
