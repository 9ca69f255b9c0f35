#include "media/prompt_audio.h"

#include <algorithm>

#include "hotline/base/contract.h"

namespace hotline::media {
namespace {

std::vector<std::uint8_t> encoded(std::span<const std::int16_t> samples,
                                  std::uint8_t (*encode)(std::int16_t)) {
  const std::size_t frames = (samples.size() + kFrameBytes - 1) / kFrameBytes;
  std::vector<std::uint8_t> bytes(frames * kFrameBytes, encode(0));
  std::transform(samples.begin(), samples.end(), bytes.begin(), encode);
  return bytes;
}

}  // namespace

Audio::Audio(std::span<const std::int16_t> samples)
    : pcma_(encoded(samples, to_pcma)), pcmu_(encoded(samples, to_pcmu)) {
  HOTLINE_EXPECT(!samples.empty());
}

Audio::Frame Audio::frame(G711 codec, std::size_t index) const {
  HOTLINE_EXPECT(index < frames());
  const std::vector<std::uint8_t>& bytes = codec == G711::pcma ? pcma_ : pcmu_;
  return Frame(bytes.data() + index * kFrameBytes, kFrameBytes);
}

}  // namespace hotline::media
