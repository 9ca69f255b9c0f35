#include "media/g711.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace hotline::media {
namespace {

constexpr unsigned kPositive = 0x80;

unsigned width_of(unsigned value) { return static_cast<unsigned>(std::bit_width(value)); }

// The four bits that follow the highest one.
unsigned step_of(unsigned magnitude) { return (magnitude >> (width_of(magnitude) - 5)) & 0xF; }

unsigned magnitude_of(std::int16_t sample) { return static_cast<unsigned>(std::abs(int{sample})); }

unsigned sign_of(std::int16_t sample) { return sample >= 0 ? kPositive : 0; }

std::int16_t signed_by(unsigned code, int magnitude) {
  return static_cast<std::int16_t>((code & kPositive) != 0 ? magnitude : -magnitude);
}

std::int16_t pcma_sample(unsigned code) {
  const unsigned plain = code ^ 0x55;
  const unsigned segment = plain >> 4 & 0x7;
  const int step = static_cast<int>(plain & 0xF) * 16 + 8;
  return signed_by(plain, segment == 0 ? step : (step + 256) << (segment - 1));
}

std::int16_t pcmu_sample(unsigned code) {
  constexpr int kBias = 132;
  const unsigned plain = code ^ 0x7F;
  const unsigned segment = plain >> 4 & 0x7;
  const int step = static_cast<int>(plain & 0xF) * 8 + kBias;
  return signed_by(plain, (step << segment) - kBias);
}

using Samples = std::array<std::int16_t, 256>;

Samples all_of(std::int16_t (*sample)(unsigned code)) {
  Samples samples{};
  for (unsigned code = 0; code < samples.size(); ++code) samples[code] = sample(code);
  return samples;
}

}  // namespace

std::int16_t from_g711(G711 codec, std::uint8_t code) {
  static const Samples pcma = all_of(pcma_sample);
  static const Samples pcmu = all_of(pcmu_sample);
  return (codec == G711::pcma ? pcma : pcmu)[code];
}

std::uint8_t to_pcma(std::int16_t sample) {
  // Eleven bits; the lowest segment has steps as wide as the second.
  const unsigned magnitude = std::min(magnitude_of(sample) >> 4, 0x7FFU);
  const unsigned code =
      magnitude < 16 ? magnitude : (width_of(magnitude) - 4) << 4 | step_of(magnitude);
  // A-law inverts every other bit.
  return static_cast<std::uint8_t>((sign_of(sample) | code) ^ 0x55);
}

std::uint8_t to_pcmu(std::int16_t sample) {
  // Thirteen bits; the bias makes each segment begin at a power of two.
  constexpr unsigned kBias = 33;
  const unsigned magnitude = std::min((magnitude_of(sample) >> 2) + kBias, 0x1FFFU);
  const unsigned code = (width_of(magnitude) - 6) << 4 | step_of(magnitude);
  // Mu-law inverts all of the magnitude's bits.
  return static_cast<std::uint8_t>((sign_of(sample) | code) ^ 0x7F);
}

}  // namespace hotline::media
