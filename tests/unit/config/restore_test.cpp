// A version's files back in the directory: all of them or none, each as its owner had it.
#include "config/restore.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temp_dir.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using support::TempDir;

namespace fs = std::filesystem;

using testing::HasSubstr;

const Owner kMe{::getuid(), ::getgid()};

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(Restore, writes_what_differs_and_removes_hotlines_that_are_new) {
  const TempDir dir;
  dir.write("hotline.toml", "new");
  dir.write("lists/a.txt", "the same");
  dir.write("hotlines/new.toml", "x");
  dir.write("hotlines/.lock", "an editor's");
  dir.write("README", "mine");
  const auto done = restore({{"hotline.toml", "old", false},
                             {"lists/a.txt", "the same", false},
                             {"hotlines/old.toml", "y", false}},
                            dir.path(), kMe, 3);
  ASSERT_TRUE(done) << done.error();
  EXPECT_EQ(done->written, 2u);
  EXPECT_EQ(done->removed, 1u);
  EXPECT_EQ(text_of(dir.path() / "hotline.toml"), "old");
  EXPECT_EQ(text_of(dir.path() / "hotlines/old.toml"), "y");
  EXPECT_FALSE(fs::exists(dir.path() / "hotlines/new.toml"));
  EXPECT_EQ(text_of(dir.path() / "README"), "mine");
  EXPECT_EQ(std::distance(fs::recursive_directory_iterator(dir.path()), {}), 7)
      << "no draft is left";
}

TEST(Restore, files_keep_their_modes_and_new_secrets_are_private) {
  const TempDir dir;
  dir.write("hotline.toml", "new");
  dir.write("pass", "new");
  fs::permissions(dir.path() / "hotline.toml", fs::perms(0640));
  fs::permissions(dir.path() / "pass", fs::perms(0400));
  ASSERT_TRUE(restore({{"hotline.toml", "old", false},
                       {"lists/a.txt", "", false},
                       {"pass", "old", true},
                       {"pass2", "old", true}},
                      dir.path(), kMe, 3));
  const auto mode = [&](const char* name) { return fs::status(dir.path() / name).permissions(); };
  EXPECT_EQ(mode("hotline.toml"), fs::perms(0640));
  EXPECT_EQ(mode("lists/a.txt"), fs::perms(0640));
  EXPECT_EQ(mode("pass"), fs::perms(0400));
  EXPECT_EQ(mode("pass2"), fs::perms(0600));
}

TEST(Restore, follows_a_symbolic_link) {
  const TempDir dir;
  dir.write("real/hotline.toml", "new");
  fs::create_symlink("real/hotline.toml", dir.path() / "hotline.toml");
  ASSERT_TRUE(restore({{"hotline.toml", "old", false}}, dir.path(), kMe, 3));
  EXPECT_TRUE(fs::is_symlink(dir.path() / "hotline.toml"));
  EXPECT_EQ(text_of(dir.path() / "real/hotline.toml"), "old");
}

TEST(Restore, changes_nothing_where_one_file_cannot_be_written) {
  const TempDir dir;
  dir.write("hotline.toml", "new");
  dir.write("lists", "a file in the place of a folder");
  const auto done =
      restore({{"hotline.toml", "old", false}, {"lists/a.txt", "x", false}}, dir.path(), kMe, 3);
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error(), HasSubstr("lists"));
  EXPECT_EQ(text_of(dir.path() / "hotline.toml"), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(dir.path()), {}), 2) << "no draft is left";
}

TEST(ReadFiles, of_a_configuration_with_errors_are_those_that_can_be_understood) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "nonsense = 1\n[caller_list.a]\nfiles = [\"lists/a.txt\", \"none.txt\"]\n[[trunk]]\n"
      "name = \"t\"\nusername = \"u\"\npassword_file = \"pass\"\n";
  texts[kHotlineFile] = "[hotline";
  texts["lists/a.txt"] = "no number\n";
  texts["pass"] = "word\n";
  texts["other.txt"] = "";
  std::string read;
  for (const KeptFile& file : read_files(MemoryFiles(texts), context())) {
    EXPECT_EQ(file.text, texts.at(file.name));
    read += file.name + (file.is_secret ? "(secret) " : " ");
  }
  EXPECT_EQ(read, "hotline.toml hotlines/a.toml lists/a.txt pass(secret) ");
}

}  // namespace
}  // namespace hotline::config
