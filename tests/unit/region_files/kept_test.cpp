#include "region_files/kept.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "hotline/region/reading.h"

#include "support/temp_dir.h"

namespace hotline::region_files {
namespace {

using support::TempDir;

namespace fs = std::filesystem;

region::Entries entries_of(const std::string& lines) {
  return region::read_csv("prefix,province,city,area_code,carrier\n" + lines).entries;
}

std::size_t files_in(const fs::path& path) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

TEST(Kept, is_nothing_before_the_first_import) {
  const TempDir dir;
  const auto none = load_kept(dir.path());
  EXPECT_TRUE(none && !*none);
  EXPECT_TRUE(load_kept(dir.path() / "no" / "such"));
}

TEST(Kept, is_what_was_imported_last) {
  const TempDir dir;
  const fs::path state = dir.path() / "a" / "state";
  for (const char* lines : {"1921234,江苏,苏州,0512,广电\n", "1931234,上海,上海,021,\n"}) {
    const auto kept = keep(entries_of(lines), state);
    ASSERT_TRUE(kept) << kept.error();
    const auto loaded = load_kept(state);
    ASSERT_TRUE(loaded && *loaded);
    EXPECT_EQ(to_csv(**loaded), "prefix,province,city,area_code,carrier\n" + std::string(lines));
    EXPECT_EQ(files_in(state), 1U);  // no drafts
  }
  EXPECT_EQ(kept_path(state), state / "regions.csv");
  EXPECT_EQ(fs::status(kept_path(state)).permissions(), fs::perms(0644));
}

// A file that may not grow is what a full disk is like.
class SmallFiles {
 public:
  SmallFiles() {
    HOTLINE_EXPECT(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{50, before_.rlim_max};
    HOTLINE_EXPECT(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  ~SmallFiles() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_DFL);
  }

 private:
  rlimit before_{};
};

TEST(Kept, stays_where_the_new_one_cannot_be_written) {
  const TempDir dir;
  const auto old = entries_of("1921234,江苏,苏州,0512,广电\n");
  ASSERT_TRUE(keep(old, dir.path()));
  {
    const SmallFiles limit;
    const auto refused = keep(entries_of("1931234,上海,上海,021,\n"), dir.path());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(),
              "cannot write " + kept_path(dir.path()).string() + ": File too large");
  }
  EXPECT_EQ((*load_kept(dir.path()))->list, old.list);
  EXPECT_EQ(files_in(dir.path()), 1U);
  const auto refused = keep(old, kept_path(dir.path()));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().find("Not a directory"), std::string::npos) << refused.error();
}

TEST(Kept, is_refused_as_a_whole_where_any_of_it_is_wrong) {
  const TempDir dir;
  const std::string header = "prefix,province,city,area_code,carrier\n";
  const struct {
    std::string text;
    const char* error;
  } rows[] = {
      {header + "1921234,江苏,苏州,0512,广电\n1921235,江荪,,,\n",
       "line 3: there is no province \"江荪\"; did you mean \"江苏\"?"},
      {header + "x\ny\n1921234,江苏,苏州,0512,广电\n",
       "line 2: has 1 columns, the header has 5 (and 1 more)"},
      {header, "names no prefix"},
      {"", "names no prefix"},
      {"\x1f\x8b\x08", "is cut off: its packed data ends too early"},
      {"2302", "line 1: is no header"},
  };
  for (const auto& row : rows) {
    dir.write("regions.csv", row.text);
    const auto loaded = load_kept(dir.path());
    ASSERT_FALSE(loaded) << row.text;
    EXPECT_EQ(loaded.error().substr(0, std::string(row.error).size()), row.error) << row.text;
  }
  fs::remove(dir.path() / "regions.csv");
  fs::create_directory(dir.path() / "regions.csv");
  EXPECT_EQ(load_kept(dir.path()).error(), "is no regular file");
}

}  // namespace
}  // namespace hotline::region_files
