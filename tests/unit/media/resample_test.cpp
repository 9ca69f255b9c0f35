#include "media/resample.h"

#include <cmath>

#include <gtest/gtest.h>

#include "unit/media/wav_file.h"

namespace hotline::media {
namespace {

constexpr int kRates[] = {8000, 16000, 44100, 48000};

std::vector<std::int16_t> resampled(const std::vector<float>& samples, int rate,
                                    std::size_t piece) {
  Resampler resampler(rate);
  std::vector<std::int16_t> out;
  for (std::size_t at = 0; at < samples.size(); at += piece) {
    resampler.put({samples.data() + at, std::min(piece, samples.size() - at)}, out);
  }
  resampler.finish(out);
  return out;
}

TEST(Resampler, keeps_what_a_phone_can_carry_in_level_and_in_time) {
  for (const int rate : kRates) {
    for (const double hertz : {300.0, 1000.0, 3400.0}) {
      const auto out = resampled(sine(hertz, rate, 0.5), rate, 4096);
      const auto wanted = sine(hertz, kSamplesPerSecond, 0.5);
      ASSERT_EQ(out.size(), wanted.size()) << rate;
      // A filter cannot know what was before the beginning and after the end.
      for (std::size_t i = 400; i < out.size() - 400; ++i) {
        ASSERT_NEAR(out[i], wanted[i] * 32768, 33) << rate << " Hz, " << hertz << " Hz, " << i;
      }
    }
  }
}

TEST(Resampler, lets_nothing_through_that_would_be_heard_as_something_else) {
  for (const int rate : {16000, 44100, 48000}) {
    for (const double hertz : {4400.0, 5000.0, 7000.0}) {
      const auto out = resampled(sine(hertz, rate, 0.5), rate, 4096);
      for (std::size_t i = 400; i < out.size() - 400; ++i) {
        ASSERT_NEAR(out[i], 0, 2) << rate << " Hz, " << hertz << " Hz, " << i;
      }
    }
  }
}

TEST(Resampler, does_not_care_how_the_samples_come) {
  for (const int rate : kRates) {
    const auto samples = sine(440, rate, 0.7);
    const auto whole = resampled(samples, rate, samples.size());
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{10'000}}) {
      EXPECT_EQ(resampled(samples, rate, piece), whole) << rate << ", " << piece;
    }
  }
}

TEST(Resampler, clips_what_is_too_loud) {
  EXPECT_EQ(resampled({1.0F, 7.5F, -1.0F, -7.5F, 0.5F}, 8000, 5),
            (std::vector<std::int16_t>{32767, 32767, -32768, -32768, 16384}));
}

TEST(Resampler, makes_nothing_of_nothing) {
  for (const int rate : kRates) EXPECT_TRUE(resampled({}, rate, 1).empty()) << rate;
}

}  // namespace
}  // namespace hotline::media
