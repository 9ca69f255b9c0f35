// The tones, as a phone decodes them: pitch, level, cadence, and whether their loop clicks.
#include "media/tone.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "unit/media/wav_file.h"

namespace hotline::media {
namespace {

// Seconds, in turn on and off; the last may be 0.
struct Row {
  Tone tone;
  double hertz;
  double dbm0;
  std::vector<double> cadence_s;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {Tone::ringback, 450, -10, {1, 4}},
      {Tone::busy, 450, -10, {0.35, 0.35}},
      {Tone::congestion, 450, -10, {0.7, 0.7}},
      {Tone::unobtainable, 450, -10, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.4}},
      {Tone::call_waiting, 450, -20, {0.4, 4}},
      {Tone::reminder, 950, -20, {0.4, 0}},
  };
  return kRows;
}

std::vector<std::int16_t> heard(const Audio& audio, G711 codec) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < audio.frames(); ++i) {
    const Audio::Frame frame = audio.frame(codec, i);
    bytes.insert(bytes.end(), frame.begin(), frame.end());
  }
  return decoded(bytes, codec == G711::pcma ? SF_FORMAT_ALAW : SF_FORMAT_ULAW);
}

// Of a sine of that frequency in the samples (its Fourier coefficient). Units: dBm0.
double level(std::span<const std::int16_t> samples, double hertz) {
  double cosine = 0;
  double sine = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / kSamplesPerSecond;
    cosine += samples[i] * std::cos(angle);
    sine += samples[i] * std::sin(angle);
  }
  const double amplitude = 2 * std::hypot(cosine, sine) / static_cast<double>(samples.size());
  return 20 * std::log10(amplitude / 32768) + 3.14;
}

TEST(Tones, have_the_pitch_level_and_cadence_of_the_standard) {
  for (const Row& row : rows()) {
    const auto audio = make_tone(row.tone);
    for (const G711 codec : {G711::pcma, G711::pcmu}) {
      const auto samples = heard(*audio, codec);
      std::size_t at = 0;
      for (std::size_t i = 0; i < row.cadence_s.size(); ++i) {
        const auto count = static_cast<std::size_t>(std::lround(row.cadence_s[i] * 8000));
        ASSERT_LE(at + count, samples.size());
        const std::span part(samples.data() + at, count);
        if (i % 2 == 0) {
          EXPECT_NEAR(level(part, row.hertz), row.dbm0, 0.1) << int(row.tone);
          EXPECT_LT(level(part, row.hertz * 2), row.dbm0 - 30) << int(row.tone);
        } else {
          // A-law has no zero: its smallest step is 8.
          for (const std::int16_t sample : part) ASSERT_LE(std::abs(sample), 8);
        }
        at += count;
      }
      EXPECT_EQ(at, samples.size()) << int(row.tone);
    }
  }
}

TEST(Tones, begin_and_end_every_burst_at_a_zero_of_the_wave) {
  for (const Row& row : rows()) {
    const auto samples = heard(*make_tone(row.tone), G711::pcmu);
    // No step is wider than the wave's own steepest one, also from the end to the beginning.
    const double amplitude = 32768 * std::pow(10, (row.dbm0 - 3.14) / 20);
    const double steepest = 2 * amplitude * std::sin(std::numbers::pi * row.hertz / 8000);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const int step = samples[(i + 1) % samples.size()] - samples[i];
      ASSERT_LE(std::abs(step), steepest * 1.05) << int(row.tone) << " at " << i;
    }
  }
}

}  // namespace
}  // namespace hotline::media
