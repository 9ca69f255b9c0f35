#include "store/page_check.h"

#include <utility>

#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include "store/database.h"

namespace hotline::store {
namespace {

constexpr int kLowestPriority = 19;

}  // namespace

std::string broken_pages(SQLite::Database& database) {
  const std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
  return found == "ok" ? std::string() : found;
}

PageCheck::PageCheck(std::filesystem::path database, Broken broken)
    : path_(std::move(database)), broken_(std::move(broken)) {
  try {
    database_ = std::make_unique<SQLite::Database>(connect_reader(path_));
  } catch (const SQLite::Exception& error) {
    broken_(sentence(path_, error));
    return;
  }
  thread_ = std::thread([this] { run(); });
}

PageCheck::~PageCheck() {
  if (!thread_.joinable()) return;
  sqlite3_interrupt(database_->getHandle());
  thread_.join();
}

void PageCheck::run() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kLowestPriority);
  try {
    const std::string found = broken_pages(*database_);
    if (!found.empty()) broken_(path_.string() + ": " + found);
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() != SQLITE_INTERRUPT) broken_(sentence(path_, error));
  }
}

}  // namespace hotline::store
