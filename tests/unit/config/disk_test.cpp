// Files as they are on a disk: missing, unreadable, too large, no files at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temp_dir.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using support::TempDir;

namespace fs = std::filesystem;
using testing::ElementsAre;

class Disk : public testing::Test {
 protected:
  Disk() {
    for (const auto& [name, text] : good_texts()) dir_.write(name, text);
  }

  std::vector<std::string> problems() { return problems_of(DiskFiles(dir_.path()), context()); }

  TempDir dir_;
};

TEST_F(Disk, a_good_directory_loads) {
  dir_.write("hotlines/b.txt", "no hotline");
  dir_.write("hotlines/.a.toml", "an editor's");
  EXPECT_THAT(problems(), ElementsAre());
}

TEST_F(Disk, files_come_in_the_order_of_their_names) {
  dir_.write("hotlines/0.toml", kHotline);
  EXPECT_THAT(problems(), ElementsAre("hotlines/a.toml:2: hotline 4001234567 is already in "
                                      "hotlines/0.toml:2"));
}

TEST_F(Disk, without_hotline_toml_the_rest_is_still_judged) {
  fs::remove(dir_.path() / kPlatformFile);
  dir_.write("hotlines/b.toml", "x = 1\n");
  EXPECT_THAT(problems(), ElementsAre("hotline.toml: cannot be opened: No such file or directory",
                                      "hotlines/b.toml:1:1: a key outside of any section: \"x\"",
                                      "hotlines/b.toml: there is no [hotline]",
                                      "hotlines/b.toml: there is no [otherwise]"));
}

TEST_F(Disk, a_password_others_may_read_is_refused) {
  dir_.write(kPlatformFile, kPlatform +
                                "[[trunk]]\nname = \"b\"\nsources = [\"127.0.0.9\"]\n"
                                "username = \"acme\"\npassword_file = \"secret\"\n");
  dir_.write("secret", "hush");
  fs::permissions(dir_.path() / "secret", fs::perms(0640));
  EXPECT_THAT(problems(),
              ElementsAre("hotline.toml:16:17: password_file: \"secret\" may be read by "
                          "others; chmod 600"));
  fs::permissions(dir_.path() / "secret", fs::perms(0600));
  EXPECT_THAT(problems(), ElementsAre());
}

TEST_F(Disk, what_is_no_regular_file_is_refused) {
  ASSERT_EQ(::mkfifo((dir_.path() / "hotlines/pipe.toml").c_str(), 0600), 0);
  fs::create_directory(dir_.path() / "hotlines/folder.toml");
  fs::create_symlink("nowhere", dir_.path() / "hotlines/dangling.toml");
  fs::create_symlink("loop.toml", dir_.path() / "hotlines/loop.toml");
  EXPECT_THAT(problems(),
              ElementsAre("hotlines/dangling.toml: cannot be opened: No such file or directory",
                          "hotlines/folder.toml: is no regular file",
                          "hotlines/loop.toml: cannot be opened: Too many levels of symbolic links",
                          "hotlines/pipe.toml: is no regular file"));
}

TEST_F(Disk, a_link_to_a_file_is_that_file) {
  fs::rename(dir_.path() / kHotlineFile, dir_.path() / "elsewhere");
  fs::create_symlink("../elsewhere", dir_.path() / kHotlineFile);
  EXPECT_THAT(problems(), ElementsAre());
}

TEST_F(Disk, an_unreadable_file_is_a_problem) {
  constexpr uid_t kNobody = 65534;  // root would read it all the same
  const uid_t self = ::geteuid();
  fs::permissions(dir_.path(), fs::perms(0755));
  fs::permissions(dir_.path() / kHotlineFile, fs::perms::none);
  if (self == 0) {
    ASSERT_EQ(::seteuid(kNobody), 0);
  }
  const auto found = problems();
  if (self == 0) {
    ASSERT_EQ(::seteuid(self), 0);
  }
  EXPECT_THAT(found, ElementsAre("hotlines/a.toml: cannot be opened: Permission denied"));
}

TEST_F(Disk, a_file_beyond_its_bound_is_refused) {
  dir_.write(kHotlineFile, "");
  fs::resize_file(dir_.path() / kHotlineFile, kMostToml);
  EXPECT_THAT(problems(), testing::Not(testing::Contains(testing::HasSubstr("larger than"))));
  fs::resize_file(dir_.path() / kHotlineFile, kMostToml + 1);
  EXPECT_THAT(problems(), ElementsAre("hotlines/a.toml: is larger than 4 MiB"));
}

TEST_F(Disk, hotlines_that_is_no_directory) {
  fs::remove_all(dir_.path() / "hotlines");
  EXPECT_THAT(problems(),
              ElementsAre("hotlines: warning: holds no hotline: every call is refused"));
  dir_.write("hotlines", "");
  EXPECT_THAT(problems(), ElementsAre("hotlines: cannot be listed: Not a directory"));
}

TEST(stays_inside, tells_names_that_lead_outside) {
  struct Row {
    const char* name;
    bool inside;
  };
  const Row rows[] = {
      {"a.csv", true},   {"lists/a.txt", true}, {"lists/..a", true},
      {"./a", true},     {"../a", false},       {"lists/../../a", false},
      {"/etc/a", false}, {"", false},           {"lists/..", false},
      {"..", false},     {"lists/", false},
  };
  for (const Row& row : rows) EXPECT_EQ(stays_inside(row.name), row.inside) << row.name;
}

}  // namespace
}  // namespace hotline::config
