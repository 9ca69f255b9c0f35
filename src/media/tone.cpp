#include "media/tone.h"

#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

namespace hotline::media {
namespace {

// A sine of this level fills the whole range of A-law (G.711, table 5 and its note).
constexpr double kFullScaleDbm0 = 3.14;
constexpr double kFullScale = 32768.0;

// The level of most tones, -10 ± 3 dBm0, and of those heard during talk, -20 ± 3 dBm0.
constexpr double kUsual = -10.0;
constexpr double kSoft = -20.0;

struct Burst {
  int on_ms;
  int off_ms;
};

struct Cadence {
  int hertz;
  double dbm0;
  std::vector<Burst> bursts;
};

Cadence cadence_of(Tone tone) {
  switch (tone) {
    case Tone::ringback:
      return {450, kUsual, {{1000, 4000}}};
    case Tone::busy:
      return {450, kUsual, {{350, 350}}};
    case Tone::congestion:
      return {450, kUsual, {{700, 700}}};
    case Tone::unobtainable:
      return {450, kUsual, {{100, 100}, {100, 100}, {100, 100}, {400, 400}}};
    case Tone::call_waiting:
      return {450, kSoft, {{400, 4000}}};
    case Tone::reminder:
      return {950, kSoft, {{400, 0}}};
  }
  std::abort();
}

std::size_t samples_of(int ms) { return static_cast<std::size_t>(ms * kSamplesPerSecond / 1000); }

std::int16_t sample_of(const Cadence& cadence, std::size_t at) {
  const double amplitude = kFullScale * std::pow(10.0, (cadence.dbm0 - kFullScaleDbm0) / 20.0);
  const double cycles = static_cast<double>(at) * cadence.hertz / kSamplesPerSecond;
  return static_cast<std::int16_t>(
      std::lround(amplitude * std::sin(2.0 * std::numbers::pi * cycles)));
}

}  // namespace

std::shared_ptr<const Audio> make_tone(Tone tone) {
  const Cadence cadence = cadence_of(tone);
  std::vector<std::int16_t> samples;
  for (const Burst& burst : cadence.bursts) {
    for (std::size_t i = 0; i < samples_of(burst.on_ms); ++i) {
      samples.push_back(sample_of(cadence, i));
    }
    samples.resize(samples.size() + samples_of(burst.off_ms));
  }
  return std::make_shared<const Audio>(samples);
}

}  // namespace hotline::media
