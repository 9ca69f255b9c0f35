#include "media/prompt_audio.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace hotline::media {
namespace {

TEST(Audio, has_whole_frames_of_both_codecs) {
  const struct {
    std::size_t samples;
    std::size_t frames;
  } rows[] = {{1, 1}, {159, 1}, {160, 1}, {161, 2}, {320, 2}, {8000, 50}};
  for (const auto& row : rows) {
    const Audio audio(std::vector<std::int16_t>(row.samples, 1000));
    EXPECT_EQ(audio.frames(), row.frames) << row.samples;
    EXPECT_EQ(audio.bytes(), row.frames * 320) << row.samples;
  }
}

TEST(Audio, holds_each_sample_once_in_order_and_ends_in_silence) {
  std::vector<std::int16_t> samples(200);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<std::int16_t>(i * 157 - 15'000);
  }
  const Audio audio(samples);
  ASSERT_EQ(audio.frames(), 2U);
  for (std::size_t i = 0; i < 2 * kFrameBytes; ++i) {
    const std::int16_t sample = i < samples.size() ? samples[i] : std::int16_t{0};
    EXPECT_EQ(audio.frame(G711::pcma, i / kFrameBytes)[i % kFrameBytes], to_pcma(sample)) << i;
    EXPECT_EQ(audio.frame(G711::pcmu, i / kFrameBytes)[i % kFrameBytes], to_pcmu(sample)) << i;
  }
  EXPECT_EQ(audio.frame(G711::pcma, 1).back(), 0xD5);
  EXPECT_EQ(audio.frame(G711::pcmu, 1).back(), 0xFF);
}

TEST(AudioDeathTest, has_no_frame_beyond_its_end) {
  const std::vector<std::int16_t> samples(160);
  EXPECT_DEATH(Audio(samples).frame(G711::pcma, 1), "index < frames");
  EXPECT_DEATH(Audio(std::span<const std::int16_t>()), "samples.empty");
}

}  // namespace
}  // namespace hotline::media
