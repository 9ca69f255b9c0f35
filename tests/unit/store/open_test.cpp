#include "store/open.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/database.h"
#include "store/schema.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using testing::HasSubstr;

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777;
}

TEST(Open, makes_everything_and_for_its_owner_alone) {
  TempDir dir;
  const auto state = dir.path() / "var" / "hotline";
  Rig rig(state);
  rig.settle();  // the writer's files are there now
  EXPECT_EQ(mode_of(state), 0700U);
  for (const char* file : {"lock", "hotline.db", "hotline.db-wal", "hotline.db-shm"}) {
    EXPECT_EQ(mode_of(state / file), 0600U) << file;
  }
}

TEST(Open, lets_one_owner_in_and_names_it) {
  TempDir dir;
  {
    const auto first = open(dir.path());
    ASSERT_TRUE(first) << first.error();
    const auto second = open(dir.path());
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error(), HasSubstr("process " + std::to_string(::getpid())));
  }
  EXPECT_TRUE(open(dir.path()));
}

TEST(Open, a_lock_moves_with_its_owner) {
  TempDir dir;
  auto first = Lock::take(dir.path());
  ASSERT_TRUE(first);
  Lock moved = std::move(*first);
  EXPECT_FALSE(Lock::take(dir.path()));
}

TEST(Open, changes_nothing_the_second_time) {
  TempDir dir;
  {
    Rig rig(dir.path());
    rig.open_account("acme");
    rig.stop_writer();
  }
  const auto again = open(dir.path());
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(load(again->database).accounts.at(0).name, "acme");
}

TEST(Open, says_in_a_sentence_what_is_wrong_with_the_place) {
  TempDir dir;
  std::ofstream(dir.path() / "file") << "a file";
  const auto opened = open(dir.path() / "file" / "state");
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error(), HasSubstr("file/state"));

  std::filesystem::create_directories(dir.path() / "state" / "hotline.db");
  const auto no_file = open(dir.path() / "state");
  ASSERT_FALSE(no_file);
  EXPECT_THAT(no_file.error(), HasSubstr("cannot write"));
}

// Makes a database in `dir` and lets `spoil` at it.
tl::expected<Opened, std::string> open_spoiled(
    const TempDir& dir, const std::function<void(const std::filesystem::path&)>& spoil) {
  std::filesystem::path database;
  {
    const auto opened = open(dir.path());
    EXPECT_TRUE(opened);
    database = opened->database;
  }
  spoil(database);
  return open(dir.path());
}

void run_sql(const std::filesystem::path& path, const std::string& sql) {
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

TEST(Open, refuses_a_database_it_does_not_understand) {
  const struct {
    const char* what;
    std::function<void(const std::filesystem::path&)> spoil;
    const char* says;
  } rows[] = {
      {"newer", [](const auto& path) { run_sql(path, "PRAGMA user_version = 99"); },
       "written by a newer hotlined (schema 99"},
      {"somebody else's", [](const auto& path) { run_sql(path, "PRAGMA application_id = 7"); },
       "no hotline database"},
      {"somebody else's, unnumbered",
       [](const auto& path) {
         std::filesystem::remove(path);
         run_sql(path, "CREATE TABLE song(title)");
       },
       "no hotline database"},
      {"not SQLite", [](const auto& path) { std::ofstream(path) << std::string(5000, 'x'); },
       "file is not a database"},
  };
  for (const auto& row : rows) {
    TempDir dir;
    const auto opened = open_spoiled(dir, row.spoil);
    ASSERT_FALSE(opened) << row.what;
    EXPECT_THAT(opened.error(), HasSubstr(row.says)) << row.what;
    EXPECT_THAT(opened.error(), HasSubstr("hotline.db")) << row.what;
  }
}

TEST(Open, an_empty_file_becomes_a_database) {
  TempDir dir;
  const auto opened =
      open_spoiled(dir, [](const auto& path) { std::filesystem::resize_file(path, 0); });
  ASSERT_TRUE(opened) << opened.error();
  SQLite::Database database = connect_writer(opened->database);
  EXPECT_EQ(database.execAndGet("PRAGMA user_version").getInt(), schema_version());
  EXPECT_EQ(database.execAndGet("PRAGMA synchronous").getInt(), 2);  // FULL
  EXPECT_EQ(database.execAndGet("PRAGMA journal_mode").getString(), "wal");
}

}  // namespace
}  // namespace hotline::store
