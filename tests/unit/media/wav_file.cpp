#include "unit/media/wav_file.h"

#include <cmath>
#include <numbers>

#include "hotline/base/contract.h"

#include "support/temp_dir.h"

namespace hotline::media {

void write_wav(const std::filesystem::path& path, const WavKind& kind,
               const std::vector<float>& samples) {
  SF_INFO info{};
  info.samplerate = kind.rate;
  info.channels = kind.channels;
  info.format = kind.format;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  HOTLINE_EXPECT(file != nullptr);
  const auto count = static_cast<sf_count_t>(samples.size());
  sf_command(file, SFC_SET_CLIPPING, nullptr, SF_TRUE);
  HOTLINE_EXPECT(sf_write_float(file, samples.data(), count) == count);
  HOTLINE_EXPECT(sf_close(file) == 0);
}

std::vector<float> sine(double hertz, int rate, double seconds) {
  std::vector<float> samples(static_cast<std::size_t>(std::lround(rate * seconds)));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double cycles = static_cast<double>(i) * hertz / rate;
    samples[i] = static_cast<float>(0.5 * std::sin(2.0 * std::numbers::pi * cycles));
  }
  return samples;
}

std::string u16(unsigned value) {
  return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF)};
}

std::string u32(std::uint32_t value) { return u16(value & 0xFFFF) + u16(value >> 16); }

std::string chunk(const std::string& name, const std::string& bytes) {
  return name + u32(static_cast<std::uint32_t>(bytes.size())) + bytes;
}

std::string format_chunk(unsigned channels, std::uint32_t rate) {
  const unsigned width = channels * 2;
  return chunk("fmt ",
               u16(1) + u16(channels) + u32(rate) + u32(rate * width) + u16(width) + u16(16));
}

std::string riff(const std::string& chunks) { return chunk("RIFF", "WAVE" + chunks); }

std::vector<std::int16_t> decoded(const std::vector<std::uint8_t>& bytes, int subtype) {
  const support::TempDir dir;
  const auto path = dir.write("raw", std::string(bytes.begin(), bytes.end()));
  SF_INFO info{};
  info.samplerate = 8000;
  info.channels = 1;
  info.format = SF_FORMAT_RAW | subtype;
  SNDFILE* file = sf_open(path.c_str(), SFM_READ, &info);
  HOTLINE_EXPECT(file != nullptr);
  std::vector<std::int16_t> samples(bytes.size());
  const auto count = static_cast<sf_count_t>(samples.size());
  HOTLINE_EXPECT(sf_read_short(file, samples.data(), count) == count);
  sf_close(file);
  return samples;
}

}  // namespace hotline::media
