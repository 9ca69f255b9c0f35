#include "unit/store/faulty_disk.h"

#include <atomic>
#include <mutex>

#include <sqlite3.h>

namespace hotline::store::faulty_disk {
namespace {

std::atomic<int> write_code{SQLITE_OK};
std::atomic<int> sync_code{SQLITE_OK};
std::atomic<int> unsynced{0};
std::atomic<bool> hangs{false};

sqlite3_vfs* real = nullptr;
sqlite3_vfs faulty;

// SQLite's methods for one kind of file, and ours in front of them.
struct Watched {
  std::once_flag once;
  const sqlite3_io_methods* real = nullptr;
  sqlite3_io_methods ours{};
};
Watched database;
Watched log;

int write(const Watched& kind, sqlite3_file* file, const void* data, int size,
          sqlite3_int64 offset) {
  const int code = write_code;
  return code != SQLITE_OK ? code : kind.real->xWrite(file, data, size, offset);
}

int sync(const Watched& kind, sqlite3_file* file, int flags) {
  hangs.wait(true);
  const int code = sync_code;
  return code != SQLITE_OK ? code : kind.real->xSync(file, flags);
}

int write_database(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  return write(database, file, data, size, offset);
}

int write_log(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  ++unsynced;
  return write(log, file, data, size, offset);
}

int sync_database(sqlite3_file* file, int flags) { return sync(database, file, flags); }

int sync_log(sqlite3_file* file, int flags) {
  const int code = sync(log, file, flags);
  if (code == SQLITE_OK) unsynced = 0;
  return code;
}

void watch(Watched& kind, sqlite3_file* file, decltype(sqlite3_io_methods::xWrite) write_ours,
           decltype(sqlite3_io_methods::xSync) sync_ours) {
  std::call_once(kind.once, [&] {
    kind.real = file->pMethods;
    kind.ours = *kind.real;
    kind.ours.xWrite = write_ours;
    kind.ours.xSync = sync_ours;
  });
  file->pMethods = &kind.ours;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  const int code = real->xOpen(real, name, file, flags, out_flags);
  if (code != SQLITE_OK) return code;
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) watch(database, file, write_database, sync_database);
  if ((flags & SQLITE_OPEN_WAL) != 0) watch(log, file, write_log, sync_log);
  return code;
}

}  // namespace

void install() {
  if (real == nullptr) {
    real = sqlite3_vfs_find(nullptr);
    faulty = *real;
    faulty.zName = "faulty";
    faulty.xOpen = open_file;
    sqlite3_vfs_register(&faulty, 1);
  }
  fail_writes(SQLITE_OK);
  fail_syncs(SQLITE_OK);
}

void fail_writes(int code) { write_code = code; }
void fail_syncs(int code) { sync_code = code; }
void hang_syncs(bool hang) {
  hangs = hang;
  hangs.notify_all();
}

int unsynced_writes() { return unsynced; }

}  // namespace hotline::store::faulty_disk
