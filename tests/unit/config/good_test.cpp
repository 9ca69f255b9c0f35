// config.good: what was accepted last is there at the next start, whatever happened in between.
#include "config/good.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temp_dir.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using support::TempDir;

namespace fs = std::filesystem;

std::vector<KeptFile> kept(const Texts& texts) {
  return load(MemoryFiles(texts), context()).value().files;
}

Texts with_number(const char* number) {
  Texts texts = good_texts();
  texts[kHotlineFile].replace(texts[kHotlineFile].find("4001234567"), 10, number);
  return texts;
}

MemoryFiles platform_alone(const std::string& text) {
  return MemoryFiles(Texts{{kPlatformFile, text}});
}

bool has_hotline(const fs::path& state_dir, const char* number) {
  const auto loaded = load(good_directory(state_dir), context());
  return loaded && loaded->snapshot->find(number) != nullptr;
}

TEST(Good, is_what_was_saved_last) {
  const TempDir state;
  for (const char* number : {"4000000001", "4000000002", "4000000003"}) {
    const auto saved = save_good(kept(with_number(number)), state.path());
    ASSERT_TRUE(saved) << saved.error();
    EXPECT_TRUE(has_hotline(state.path(), number)) << number;
  }
  EXPECT_FALSE(has_hotline(state.path(), "4000000002"));
  const auto entries = std::distance(fs::directory_iterator(state.path()), {});
  EXPECT_EQ(entries, 2) << "the link and the one directory it points to";
}

TEST(Good, keeps_the_files_hotline_toml_names_and_nothing_else) {
  const TempDir state;
  Texts texts = good_texts();
  texts[kPlatformFile] += "[caller_list.a]\nfiles = [\"lists/deep/a.txt\"]\n";
  texts["lists/deep/a.txt"] = "+86170*\n";
  texts["not-named.txt"] = "";
  ASSERT_TRUE(save_good(kept(texts), state.path()));
  EXPECT_TRUE(has_hotline(state.path(), "4001234567"));
  EXPECT_FALSE(fs::exists(good_directory(state.path()) / "not-named.txt"));
  EXPECT_EQ(fs::status(good_directory(state.path()) / kPlatformFile).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(Good, a_save_that_died_half_way_spoils_neither_the_old_nor_the_next) {
  const TempDir state;
  ASSERT_TRUE(save_good(kept(with_number("4000000001")), state.path()));
  state.write("config.good.b/hotline.toml", "half wri");
  fs::create_directory_symlink("config.good.b", state.path() / "config.good.new");
  EXPECT_TRUE(has_hotline(state.path(), "4000000001"));
  ASSERT_TRUE(save_good(kept(with_number("4000000002")), state.path()));
  EXPECT_TRUE(has_hotline(state.path(), "4000000002"));
}

TEST(Good, a_save_that_fails_leaves_the_old) {
  const TempDir state;
  ASSERT_TRUE(save_good(kept(with_number("4000000001")), state.path()));
  const std::vector<KeptFile> impossible = {{"a", ""}, {"a/b", ""}};
  const auto saved = save_good(impossible, state.path());
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error(), testing::HasSubstr("config.good.b/a"));
  EXPECT_TRUE(has_hotline(state.path(), "4000000001"));

  const auto nowhere = save_good(impossible, state.path() / "missing" / "\n");
  EXPECT_FALSE(nowhere);
}

TEST(Good, is_found_though_the_configuration_is_bad) {
  struct Row {
    const char* text;
    const char* state_dir;
  };
  const Row rows[] = {
      {"[server]\nstate_dir = \"/s\"\n", "/s"},
      {"[server]\nstate_dir = \"/s\"\nnonsense = 1\n[media]\n", "/s"},
      {"[server]\nstate_dir = \"/s\"\n[[trunk]\n", "/s"},
      {"[server\nstate_dir = '/s' # here\n", "/s"},
      {"[server\nstate_dir = \"/s\n", "/var/lib/hotline"},
      {"[server]\nstate_dir = \"s\"\n", "/var/lib/hotline"},
      {"[server]\nstate_dir = 5\n", "/var/lib/hotline"},
      {"[server]\n", "/var/lib/hotline"},
      {"\xff", "/var/lib/hotline"},
      {"", "/var/lib/hotline"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(state_dir_even_if_bad(platform_alone(row.text)), row.state_dir) << row.text;
  }
  EXPECT_EQ(state_dir_even_if_bad(MemoryFiles(Texts())), "/var/lib/hotline");
}

TEST(Settings, are_known_as_far_as_they_can_be_read) {
  const auto settings = settings_even_if_bad(
      platform_alone("[server]\ncontrol_socket = \"/c\"\ndrain_s = \"x\"\n[media]\n"));
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->control_socket, "/c");
  EXPECT_EQ(settings->drain, Seconds(30));
  EXPECT_EQ(settings_even_if_bad(platform_alone("[server")).error(),
            "hotline.toml is no TOML with a [server]");
  EXPECT_EQ(settings_even_if_bad(MemoryFiles(Texts())).error(),
            "hotline.toml cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace hotline::config
