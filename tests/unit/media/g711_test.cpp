// G.711 against libsndfile, sample by sample.
#include "media/g711.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <sndfile.h>

#include "support/temp_dir.h"
#include "unit/media/wav_file.h"

namespace hotline::media {
namespace {

using support::TempDir;

std::vector<std::int16_t> every_sample() {
  using Limits = std::numeric_limits<std::int16_t>;
  std::vector<std::int16_t> samples;
  for (int i = Limits::min(); i <= Limits::max(); ++i) {
    samples.push_back(static_cast<std::int16_t>(i));
  }
  return samples;
}

std::string encoded_by_sndfile(const std::vector<std::int16_t>& samples, int subtype) {
  const TempDir dir;
  SF_INFO info{};
  info.samplerate = kSamplesPerSecond;
  info.channels = 1;
  info.format = SF_FORMAT_RAW | subtype;
  SNDFILE* file = sf_open((dir / "raw").c_str(), SFM_WRITE, &info);
  const auto count = static_cast<sf_count_t>(samples.size());
  EXPECT_EQ(sf_write_short(file, samples.data(), count), count);
  sf_close(file);
  return dir.read("raw");
}

TEST(G711, is_what_libsndfile_makes_of_every_sample) {
  const struct {
    std::uint8_t (*encode)(std::int16_t);
    int subtype;
  } rows[] = {{to_pcma, SF_FORMAT_ALAW}, {to_pcmu, SF_FORMAT_ULAW}};
  const std::vector<std::int16_t> samples = every_sample();
  for (const auto& row : rows) {
    const std::string bytes = encoded_by_sndfile(samples, row.subtype);
    ASSERT_EQ(bytes.size(), 65'536U);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      ASSERT_EQ(row.encode(samples[i]), static_cast<std::uint8_t>(bytes[i]))
          << samples[i] << ", subtype " << row.subtype;
    }
  }
}

TEST(G711, is_read_as_libsndfile_reads_every_code) {
  std::vector<std::uint8_t> codes;
  for (int code = 0; code < 256; ++code) codes.push_back(static_cast<std::uint8_t>(code));
  const struct {
    G711 codec;
    int subtype;
  } rows[] = {{G711::pcma, SF_FORMAT_ALAW}, {G711::pcmu, SF_FORMAT_ULAW}};
  for (const auto& row : rows) {
    const std::vector<std::int16_t> samples = decoded(codes, row.subtype);
    for (const std::uint8_t code : codes) {
      ASSERT_EQ(from_g711(row.codec, code), samples[code])
          << int{code} << ", subtype " << row.subtype;
    }
  }
}

// ITU-T G.711, tables 5 and 6: eight codes that, repeated, are 1 kHz at 0 dBm0.
TEST(G711, has_its_level_where_the_standard_has_it) {
  const struct {
    std::vector<std::uint8_t> codes;
    int subtype;
    double full_scale_dbm0;
  } rows[] = {
      {{0x34, 0x21, 0x21, 0x34, 0xB4, 0xA1, 0xA1, 0xB4}, SF_FORMAT_ALAW, 3.14},
      {{0x1E, 0x0B, 0x0B, 0x1E, 0x9E, 0x8B, 0x8B, 0x9E}, SF_FORMAT_ULAW, 3.17},
  };
  for (const auto& row : rows) {
    double power = 0;
    for (const std::int16_t sample : decoded(row.codes, row.subtype)) {
      power += static_cast<double>(sample) * sample / 8;
    }
    const double full = 32768.0 * 32768.0 / 2;
    EXPECT_NEAR(10 * std::log10(power / full) + row.full_scale_dbm0, 0.0, 0.1) << row.subtype;
  }
}

}  // namespace
}  // namespace hotline::media
