#include "media/prompt_library.h"

#include <gtest/gtest.h>

#include "support/temp_dir.h"
#include "unit/media/wav_file.h"

namespace hotline::media {
namespace {

using support::TempDir;

// 20 ms, as loud as asked: one frame.
void write_frame(const TempDir& dir, const std::string& name, float value) {
  write_wav(dir.path() / name, {}, std::vector<float>(160, value));
}

constexpr std::size_t kFrame = 320;  // of both codecs

TEST(PromptLibrary, finds_by_name) {
  const TempDir dir;
  write_frame(dir, "a.wav", 0.1F);
  write_frame(dir, "b.wav", 0.2F);
  const std::vector<PromptFile> files = {{"closed", "a.wav"}, {"busy", "b.wav"}};
  const auto loaded = load_prompts(dir.path(), files);
  EXPECT_TRUE(loaded.problems.empty());
  EXPECT_EQ(*loaded.library.find("closed"), **load_prompt(dir.path() / "a.wav"));
  EXPECT_EQ(*loaded.library.find("busy"), **load_prompt(dir.path() / "b.wav"));
  EXPECT_EQ(loaded.library.find("a.wav"), nullptr);
  EXPECT_EQ(loaded.library.bytes(), 2 * kFrame);
}

TEST(PromptLibrary, keeps_once_what_is_the_same) {
  const TempDir dir;
  write_frame(dir, "a.wav", 0.1F);
  write_frame(dir, "copy.wav", 0.1F);
  write_wav(dir.path() / "other_kind.wav", {8000, 2, SF_FORMAT_WAV | SF_FORMAT_FLOAT},
            std::vector<float>(320, 0.1F));
  write_frame(dir, "louder.wav", 0.2F);
  const std::vector<PromptFile> files = {{"1", "a.wav"},
                                         {"2", "a.wav"},
                                         {"3", "copy.wav"},
                                         {"4", "other_kind.wav"},
                                         {"5", "louder.wav"}};
  const auto loaded = load_prompts(dir.path(), files);
  ASSERT_TRUE(loaded.problems.empty());
  const auto first = loaded.library.find("1");
  for (const char* name : {"2", "3", "4"}) EXPECT_EQ(loaded.library.find(name), first) << name;
  EXPECT_NE(loaded.library.find("5"), first);
  EXPECT_EQ(loaded.library.bytes(), 2 * kFrame);
}

TEST(PromptLibrary, tells_all_problems_and_loads_the_rest) {
  const TempDir dir;
  write_frame(dir, "good.wav", 0.1F);
  dir.write("broken.wav", "RIFF");
  const std::vector<PromptFile> files = {{"a", "none.wav"},
                                         {"b", "good.wav"},
                                         {"c", "prompts/broken.wav"},
                                         {"d", "broken.wav"},
                                         {"e", "none.wav"}};
  const auto loaded = load_prompts(dir.path(), files);
  const std::string missing = "none.wav: cannot be opened: No such file or directory";
  const struct {
    const char* name;
    std::string what;
  } rows[] = {
      {"a", missing},
      {"c", "prompts/broken.wav: cannot be opened: No such file or directory"},
      {"d", "broken.wav: is no WAV file"},
      {"e", missing},
  };
  ASSERT_EQ(loaded.problems.size(), std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(loaded.problems[i].file.name, rows[i].name);
    EXPECT_EQ(loaded.problems[i].what, dir / rows[i].what);
    EXPECT_EQ(loaded.library.find(rows[i].name), nullptr);
  }
  EXPECT_NE(loaded.library.find("b"), nullptr);
}

TEST(PromptLibrary, is_bounded) {
  const TempDir dir;
  write_frame(dir, "a.wav", 0.1F);
  write_frame(dir, "b.wav", 0.2F);
  write_frame(dir, "c.wav", 0.3F);
  const std::vector<PromptFile> files = {
      {"a", "a.wav"}, {"b", "b.wav"}, {"c", "c.wav"}, {"again", "a.wav"}};
  EXPECT_TRUE(load_prompts(dir.path(), files, 3 * kFrame).problems.empty());
  const auto loaded = load_prompts(dir.path(), files, 3 * kFrame - 1);
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_EQ(loaded.problems[0].what, dir / "c.wav" + ": is one too many: all prompts together " +
                                         "take more than 959 bytes");
  EXPECT_EQ(loaded.library.bytes(), 2 * kFrame);
  EXPECT_NE(loaded.library.find("again"), nullptr);
}

}  // namespace
}  // namespace hotline::media
