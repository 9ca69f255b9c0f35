#include "media/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include <soxr.h>

#include "hotline/base/contract.h"

namespace hotline::media {
namespace {

constexpr std::size_t kPiece = 4096;

std::int16_t sample_of(float value) {
  return static_cast<std::int16_t>(std::lrint(std::clamp(value * 32768.0F, -32768.0F, 32767.0F)));
}

}  // namespace

void Resampler::Delete::operator()(soxr* state) const { soxr_delete(state); }

Resampler::Resampler(int rate) {
  HOTLINE_EXPECT(rate > 0);
  if (rate == kSamplesPerSecond) return;
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  state_.reset(soxr_create(rate, kSamplesPerSecond, 1, nullptr, nullptr, &quality, nullptr));
  HOTLINE_EXPECT(state_ != nullptr);
}

void Resampler::put(std::span<const float> samples, std::vector<std::int16_t>& out) {
  if (samples.empty()) return;
  if (state_) return convert(samples.data(), samples.size(), out);
  std::transform(samples.begin(), samples.end(), std::back_inserter(out), sample_of);
}

void Resampler::finish(std::vector<std::int16_t>& out) {
  if (state_) convert(nullptr, 0, out);
}

// No samples: flushes what the filter holds back.
void Resampler::convert(const float* samples, std::size_t count, std::vector<std::int16_t>& out) {
  std::array<float, kPiece> piece;
  while (true) {
    std::size_t taken = 0;
    std::size_t made = 0;
    const soxr_error_t error =
        soxr_process(state_.get(), samples, count, &taken, piece.data(), piece.size(), &made);
    HOTLINE_EXPECT(error == nullptr);
    std::transform(piece.data(), piece.data() + made, std::back_inserter(out), sample_of);
    if (samples != nullptr) {
      samples += taken;
      count -= taken;
    }
    if (count == 0 && made < piece.size()) return;
  }
}

}  // namespace hotline::media
