// WAV files of every kind, for tests: written by libsndfile, or byte by byte to be wrong.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sndfile.h>

namespace hotline::media {

struct WavKind {
  int rate = 8000;
  int channels = 1;
  int format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
};

// `samples`: of -1 to 1, the channels in turn.
void write_wav(const std::filesystem::path& path, const WavKind& kind,
               const std::vector<float>& samples);

// A sine at half of the range.
std::vector<float> sine(double hertz, int rate, double seconds);

// Two and four bytes, little endian.
std::string u16(unsigned value);
std::string u32(std::uint32_t value);

std::string chunk(const std::string& name, const std::string& bytes);
// The chunk "fmt ": PCM, 16 bits.
std::string format_chunk(unsigned channels, std::uint32_t rate);
std::string riff(const std::string& chunks);

// Samples of one channel, decoded by libsndfile from bytes of A-law or mu-law.
std::vector<std::int16_t> decoded(const std::vector<std::uint8_t>& bytes, int subtype);

}  // namespace hotline::media
