#include "media/recording_shelf.h"

#include <gtest/gtest.h>

#include "support/temp_dir.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using std::chrono::days;
using support::TempDir;

constexpr WallTime kNow{WallTime::duration(1'800'000'000'000)};

// Ten of 100 bytes, named by their age in days; "a" is being written.
std::vector<ShelfFile> ten() {
  std::vector<ShelfFile> files;
  for (const int age : {3, 7, 1, 9, 2, 5, 4, 8, 6}) {
    files.push_back({std::to_string(age), 100, kNow - days(age), false});
  }
  files.push_back({"a", 100, kNow - days(10), true});
  return files;
}

TEST(Shelf, the_oldest_go) {
  const struct {
    const char* name;
    ShelfLimits limits;
    std::uint64_t free_bytes;
    const char* gone;
  } rows[] = {
      {"no limits", {}, 0, ""},
      {"all are young", {days(9), 0, 0}, 0, ""},
      {"some are old", {days(6), 0, 0}, 0, "987"},
      {"as many bytes as there may be", {days(0), 1'000, 0}, 0, ""},
      {"a byte too many", {days(0), 999, 0}, 0, "9"},
      {"far too many; what is written counts", {days(0), 250, 0}, 0, "98765432"},
      {"no room at all", {days(0), 1, 0}, 0, "987654321"},
      {"the disk has enough", {days(0), 0, 500}, 500, ""},
      {"it has a byte too little", {days(0), 0, 500}, 499, "9"},
      {"it has nothing", {days(0), 0, 500}, 0, "98765"},
      {"each of the limits", {days(7), 700, 100}, 0, "987"},
      {"the strictest counts", {days(8), 950, 450}, 0, "98765"},
  };
  for (const auto& row : rows) {
    std::string gone;
    for (const ShelfFile& file : to_remove(ten(), row.limits, kNow, row.free_bytes)) {
      gone += file.path.string();
    }
    EXPECT_EQ(gone, row.gone) << row.name;
  }
}

// Of 1,000 bytes each; the older one is the first.
struct Shelf {
  Shelf() {
    int age = 9;
    for (const char* name : {"old/1/a.wav", "old/1/b.wav", "old/c.wav", "new/d.wav"}) {
      put(name, age--);
    }
  }
  fs::path put(const std::string& name, int age_days) const {
    const fs::path path = dir.write(name, std::string(1'000, 'x'));
    fs::last_write_time(path, fs::file_time_type::clock::now() - days(age_days) + 1h);
    return path;
  }
  ShelfTidied tidy(const ShelfLimits& limits) const {
    const auto now = std::chrono::system_clock::now();
    return tidy_shelf(dir.path(), limits, std::chrono::floor<Milliseconds>(now));
  }
  bool has(const char* name) const { return fs::exists(dir / name); }

  TempDir dir;
};

TEST(Shelf, files_and_the_folders_they_leave_empty_go) {
  const Shelf shelf;
  const ShelfTidied tidied = shelf.tidy({days(7), 0, 0});
  EXPECT_EQ(tidied.error, "");
  EXPECT_EQ(tidied.removed, 2u);
  EXPECT_EQ(tidied.removed_bytes, 2'000u);
  EXPECT_EQ(tidied.kept, 2u);
  EXPECT_EQ(tidied.kept_bytes, 2'000u);
  EXPECT_FALSE(shelf.has("old/1"));
  EXPECT_TRUE(shelf.has("old/c.wav"));

  EXPECT_EQ(shelf.tidy({days(1), 0, 0}).removed, 2u);
  EXPECT_TRUE(fs::is_empty(shelf.dir.path())) << "and the directory stays";
}

TEST(Shelf, what_is_no_recording_stays) {
  const Shelf shelf;
  shelf.put("old/1/notes.txt", 99);
  shelf.put("old/1/e.wav.part", 99);
  const TempDir elsewhere;
  elsewhere.write("f.wav", "x");
  fs::create_symlink(elsewhere.path(), shelf.dir / "link");
  fs::create_symlink(elsewhere / "f.wav", shelf.dir / "link.wav");
  const ShelfTidied tidied = shelf.tidy({days(0), 1, 0});
  EXPECT_EQ(tidied.removed, 4u);
  EXPECT_EQ(tidied.kept, 1u) << "the one that is written";
  EXPECT_TRUE(shelf.has("old/1/notes.txt"));
  EXPECT_TRUE(shelf.has("old/1/e.wav.part"));
  EXPECT_TRUE(shelf.has("link.wav"));
  EXPECT_EQ(elsewhere.read("f.wav"), "x");
}

TEST(Shelf, a_directory_that_is_not_there_is_empty) {
  const TempDir dir;
  const ShelfTidied tidied = tidy_shelf(dir / "missing", {days(1), 1, 1}, kNow);
  EXPECT_EQ(tidied.error, "");
  EXPECT_EQ(tidied.kept + tidied.removed, 0u);
}

}  // namespace
}  // namespace hotline::media
