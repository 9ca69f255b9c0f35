// Samples of a file to the 8,000 a second of a call, piece by piece (libsoxr). Used where prompts
// are loaded, off the call thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "media/g711.h"

struct soxr;

namespace hotline::media {

// One file's way down: mono, of -1 to 1, in; 16 bits out, in time with what went in.
class Resampler {
 public:
  // Requires: rate > 0.
  explicit Resampler(int rate);

  // Appends what has become complete to `out`. Louder samples are clipped.
  void put(std::span<const float> samples, std::vector<std::int16_t>& out);
  // Appends the rest; nothing may follow.
  void finish(std::vector<std::int16_t>& out);

 private:
  struct Delete {
    void operator()(soxr* state) const;
  };

  void convert(const float* samples, std::size_t count, std::vector<std::int16_t>& out);

  // None where the rate is 8,000 already.
  std::unique_ptr<soxr, Delete> state_;
};

}  // namespace hotline::media
