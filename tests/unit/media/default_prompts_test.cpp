// The prompts that are shipped: each is there, can be heard, and is told of.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hotline/base/contract.h"

#include "media/prompt_library.h"
#include "media/prompt_names.h"
#include "unit/media/wav_file.h"

namespace hotline::media {
namespace {

namespace fs = std::filesystem;

const fs::path kConfig = HOTLINE_SOURCE_DIR "/config";

std::vector<PromptFile> every_file() {
  std::vector<PromptFile> files;
  for (const std::string_view name : all_prompts()) {
    files.push_back({std::string(name), prompt_file(name)});
  }
  return files;
}

std::vector<float> samples_of(const fs::path& path) {
  SF_INFO info{};
  SNDFILE* file = sf_open(path.c_str(), SFM_READ, &info);
  HOTLINE_EXPECT(file != nullptr && info.channels == 1);
  std::vector<float> samples(static_cast<std::size_t>(info.frames));
  HOTLINE_EXPECT(sf_read_float(file, samples.data(), info.frames) == info.frames);
  sf_close(file);
  return samples;
}

TEST(DefaultPrompts, load_and_are_all_different) {
  const auto loaded = load_prompts(kConfig, every_file());
  for (const PromptProblem& problem : loaded.problems) ADD_FAILURE() << problem.what;
  std::set<std::shared_ptr<const Audio>> different;
  for (const std::string_view name : all_prompts()) different.insert(loaded.library.find(name));
  EXPECT_EQ(different.size(), all_prompts().size());
}

TEST(DefaultPrompts, have_the_form_of_a_call_and_a_fit_length) {
  std::uintmax_t size = 0;
  for (const PromptFile& file : every_file()) {
    const auto facts = check_prompt(kConfig / file.path);
    ASSERT_TRUE(facts) << facts.error();
    EXPECT_EQ(facts->rate, 8000) << file.path;
    EXPECT_EQ(facts->channels, 1) << file.path;
    const bool is_piece = file.name.find('/') != std::string::npos;
    EXPECT_GT(facts->seconds, is_piece ? 0.15 : 1.0) << file.path;
    EXPECT_LT(facts->seconds, is_piece ? 2.0 : 20.0) << file.path;
    size += fs::file_size(kConfig / file.path);
  }
  EXPECT_LT(size, 1'500'000U);
}

TEST(DefaultPrompts, are_neither_silent_nor_clipped) {
  for (const PromptFile& file : every_file()) {
    const auto samples = samples_of(kConfig / file.path);
    float peak = 0;
    double power = 0;
    for (const float sample : samples) {
      peak = std::max(peak, std::abs(sample));
      power += static_cast<double>(sample) * sample / static_cast<double>(samples.size());
    }
    EXPECT_GT(peak, 0.3F) << file.path;
    EXPECT_LT(peak, 0.9F) << file.path;
    EXPECT_GT(10 * std::log10(power), -32) << file.path;
    EXPECT_LT(10 * std::log10(power), -12) << file.path;
  }
}

// One sentence is played after the other: none begins or ends in the middle of a sound, and none
// with a pause.
TEST(DefaultPrompts, begin_and_end_softly_and_without_a_pause) {
  for (const PromptFile& file : every_file()) {
    if (file.name == prompt::music) continue;
    const auto samples = samples_of(kConfig / file.path);
    const auto is_loud = [](float sample) { return std::abs(sample) > 0.03F; };
    EXPECT_LT(std::abs(samples.front()), 0.02F) << file.path;
    EXPECT_LT(std::abs(samples.back()), 0.02F) << file.path;
    const auto first = std::find_if(samples.begin(), samples.end(), is_loud);
    const auto last = std::find_if(samples.rbegin(), samples.rend(), is_loud);
    EXPECT_LT(first - samples.begin(), 1600) << file.path;
    EXPECT_LT(last - samples.rbegin(), 2400) << file.path;
  }
}

// Its end runs on into its beginning: no step is wider than elsewhere in it.
TEST(DefaultPrompts, repeat_the_music_without_a_click) {
  const auto samples = samples_of(kConfig / prompt_file(prompt::music));
  EXPECT_EQ(samples.size() % kFrameBytes, 0U);  // no silence to fill the last frame
  float widest = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    widest = std::max(widest, std::abs(samples[i] - samples[i - 1]));
  }
  EXPECT_LE(std::abs(samples.front() - samples.back()), widest / 4);
}

TEST(DefaultPrompts, are_all_told_of_and_nothing_else_is_there) {
  std::ifstream readme(kConfig / "prompts" / "README.md");
  std::stringstream text;
  text << readme.rdbuf();
  std::set<std::string> known;
  for (const std::string_view name : all_prompts()) {
    known.insert(prompt_file(name));
    EXPECT_THAT(text.str(), testing::HasSubstr("| `" + std::string(name) + "` |"));
  }
  for (const auto& entry : fs::recursive_directory_iterator(kConfig / "prompts")) {
    if (!entry.is_regular_file() || entry.path().filename() == "README.md") continue;
    EXPECT_TRUE(known.contains(fs::relative(entry.path(), kConfig).string())) << entry.path();
  }
}

}  // namespace
}  // namespace hotline::media
