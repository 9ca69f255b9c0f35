#include "media/g711.h"

#include <algorithm>
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

}  // namespace

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
