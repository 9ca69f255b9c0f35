#include "media/prompt_wav.h"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/prompt_chunks.h"
#include "support/temp_dir.h"
#include "unit/media/wav_file.h"

namespace hotline::media {
namespace {

using support::TempDir;

namespace fs = std::filesystem;

std::vector<std::uint8_t> bytes_of(const Audio& audio, G711 codec) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < audio.frames(); ++i) {
    const Audio::Frame frame = audio.frame(codec, i);
    bytes.insert(bytes.end(), frame.begin(), frame.end());
  }
  return bytes;
}

// Every kind of file that is taken, with the same half second of 1 kHz.
TEST(PromptWav, loads_every_kind_it_names) {
  const TempDir dir;
  const auto wanted = sine(1000, 8000, 0.5);
  for (const int type : {SF_FORMAT_WAV, SF_FORMAT_WAVEX}) {
    for (const int subtype :
         {SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
          SF_FORMAT_DOUBLE, SF_FORMAT_ALAW, SF_FORMAT_ULAW}) {
      for (const int rate : {8000, 16000, 44100, 48000}) {
        const auto path = dir.path() / "kind.wav";
        write_wav(path, {rate, 1, type | subtype}, sine(1000, rate, 0.5));
        const auto facts = check_prompt(path);
        ASSERT_TRUE(facts) << facts.error();
        EXPECT_DOUBLE_EQ(facts->seconds, 0.5);
        EXPECT_EQ(facts->rate, rate);
        EXPECT_EQ(facts->channels, 1);
        const auto audio = load_prompt(path);
        ASSERT_TRUE(audio) << audio.error();
        ASSERT_EQ((*audio)->frames(), 25U);
        const auto heard = decoded(bytes_of(**audio, G711::pcma), SF_FORMAT_ALAW);
        for (std::size_t i = 400; i < 3600; ++i) {
          ASSERT_NEAR(heard[i], wanted[i] * 32768, 800) << subtype << ", " << rate << ", " << i;
        }
      }
    }
  }
}

TEST(PromptWav, gives_a_files_own_a_law_back_byte_by_byte) {
  const TempDir dir;
  std::vector<std::uint8_t> codes(320);
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = static_cast<std::uint8_t>(i);
  const std::string format =
      chunk("fmt ", u16(6) + u16(1) + u32(8000) + u32(8000) + u16(1) + u16(8));
  const auto path =
      dir.write("a.wav", riff(format + chunk("data", std::string(codes.begin(), codes.end()))));
  const auto audio = load_prompt(path);
  ASSERT_TRUE(audio) << audio.error();
  EXPECT_EQ(bytes_of(**audio, G711::pcma), codes);
}

TEST(PromptWav, mixes_two_channels) {
  const TempDir dir;
  const std::vector<float> left_and_right = {0.5F, 0.25F, 0.5F, -0.5F, -1.0F, -0.5F};
  write_wav(dir.path() / "stereo.wav", {8000, 2}, left_and_right);
  const auto facts = check_prompt(dir.path() / "stereo.wav");
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->channels, 2);
  EXPECT_DOUBLE_EQ(facts->seconds, 3.0 / 8000);
  const auto audio = load_prompt(dir.path() / "stereo.wav");
  ASSERT_TRUE(audio) << audio.error();
  EXPECT_EQ(**audio, Audio(std::vector<std::int16_t>{12288, 0, -24576}));
}

TEST(PromptWav, clips_floats_and_makes_no_numbers_silence) {
  const TempDir dir;
  const float inf = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const int format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
  write_wav(dir.path() / "f.wav", {8000, 1, format}, {9.0F, -1e30F, inf, -inf, nan, 0.5F});
  const auto audio = load_prompt(dir.path() / "f.wav");
  ASSERT_TRUE(audio) << audio.error();
  EXPECT_EQ(**audio, Audio(std::vector<std::int16_t>{32767, -32768, 32767, -32768, 0, 16384}));
  for (const int rate : {16000, 44100, 48000}) {
    write_wav(dir.path() / "f.wav", {rate, 1, format}, std::vector<float>(9000, nan));
    const auto silent = load_prompt(dir.path() / "f.wav");
    ASSERT_TRUE(silent) << silent.error();
    const auto codes = bytes_of(**silent, G711::pcmu);
    EXPECT_EQ(codes, std::vector<std::uint8_t>(codes.size(), 0xFF));
  }
}

TEST(PromptWav, passes_over_what_is_no_sound) {
  const TempDir dir;
  const std::string sound = chunk("data", u16(1000) + u16(2000));
  const std::string title = chunk("LIST", "INFOINAM" + u32(4) + "abc" + '\0');
  const std::string odd = chunk("junk", "123") + '\0';
  const std::string format = format_chunk(1, 8000);
  const Audio wanted(std::vector<std::int16_t>{1000, 2000});
  for (const std::string& chunks :
       {format + title + sound, title + odd + format + odd + sound, format + sound + title}) {
    const auto audio = load_prompt(dir.write("x.wav", riff(chunks)));
    ASSERT_TRUE(audio) << audio.error();
    EXPECT_EQ(**audio, wanted);
  }
}

TEST(PromptWav, says_what_is_wrong) {
  const TempDir dir;
  const std::string sound = chunk("data", std::string(320, '\1'));
  const std::string format = format_chunk(1, 8000);
  const std::string whole = riff(format + sound);
  const std::string adpcm = chunk(
      "fmt ", u16(0x11) + u16(1) + u32(8000) + u32(4055) + u16(256) + u16(4) + u16(2) + u16(505));
  std::string many;
  for (int i = 0; i < 101; ++i) many += chunk("junk", "");
  const struct {
    const char* name;
    std::string bytes;
    const char* what;
  } rows[] = {
      {"empty", "", "is empty"},
      {"one byte", "R", "is no WAV file"},
      {"text", "[media]\nringback = 1\n", "is no WAV file"},
      {"MP3", "ID3\4" + std::string(500, '\0'), "is no WAV file"},
      {"other RIFF", chunk("RIFF", "AVI " + format + sound), "is no WAV file"},
      {"big endian", "RIFX" + whole.substr(4), "is no WAV file"},
      {"header alone", riff(""), "ends before its sound begins"},
      {"no sound", riff(format), "ends before its sound begins"},
      {"sound of no bytes", riff(format + chunk("data", "")), "holds no sound"},
      {"cut in the header", whole.substr(0, 30), "ends before its sound begins"},
      {"cut in the sound", whole.substr(0, whole.size() - 1),
       "is cut off: its header promises 320 bytes of sound, 319 are there"},
      {"endless", riff(format + "data" + u32(0xFFFFFFFF) + "abcd"),
       "is cut off: its header promises 4294967295 bytes of sound, 4 are there"},
      {"chunk past the end", riff(chunk("junk", "").substr(0, 4) + u32(0xFFFFFFFE) + format),
       "ends before its sound begins"},
      {"many chunks", riff(many + format + sound), "has more than 100 chunks before its sound"},
      {"no format", riff(sound), "has no format before its sound"},
      {"format after the sound", riff(sound + format), "has no format before its sound"},
      {"unknown kind", riff(chunk("fmt ", u16(0x1234) + format.substr(10)) + sound),
       "has a header that makes no sense: "},
      {"short format", riff(chunk("fmt ", u16(1) + u16(1) + u32(8000)) + sound),
       "has a header that makes no sense: "},
      {"no channels", riff(format_chunk(0, 8000) + sound), "has 0 channels; 1 or 2 can be read"},
      {"three channels", riff(format_chunk(3, 8000) + sound), "has 3 channels; 1 or 2 can be read"},
      {"many channels", riff(format_chunk(65535, 8000) + sound),
       "has 65535 channels; 1 or 2 can be read"},
      {"two formats", riff(format + format_chunk(3, 8000) + sound),
       "has 3 channels; 1 or 2 can be read"},
      {"11,025", riff(format_chunk(1, 11025) + sound),
       "has 11025 samples a second; 8000, 16000, 44100 or 48000 can be read"},
      {"96,000", riff(format_chunk(1, 96000) + sound), "has 96000 samples a second; "},
      {"no rate", riff(format_chunk(1, 0) + sound), "has 0 samples a second; "},
      {"absurd rate", riff(format_chunk(1, 0xFFFFFFFF) + sound),
       "has 4294967295 samples a second; "},
      {"packed", riff(adpcm + chunk("data", std::string(512, '\0'))),
       "is packed; plain samples, A-law and mu-law can be read"},
  };
  for (const auto& row : rows) {
    const auto path = dir.write("x.wav", row.bytes);
    const auto checked = check_prompt(path);
    ASSERT_FALSE(checked) << row.name;
    const std::string begin = path.string() + ": " + row.what;
    EXPECT_EQ(checked.error().substr(0, begin.size()), begin) << row.name;
    EXPECT_EQ(checked.error().find('\n'), std::string::npos) << row.name;
    const auto loaded = load_prompt(path);
    ASSERT_FALSE(loaded) << row.name;
    EXPECT_EQ(loaded.error(), checked.error()) << row.name;
  }
}

TEST(PromptWav, takes_regular_files_that_can_be_opened) {
  const TempDir dir;
  const auto pipe = dir.path() / "pipe.wav";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const auto& path : {dir.path(), pipe, fs::path("/dev/zero")}) {
    EXPECT_EQ(load_prompt(path).error(), path.string() + ": is no regular file");
  }
  const auto none = dir.path() / "none.wav";
  EXPECT_EQ(load_prompt(none).error(),
            none.string() + ": cannot be opened: No such file or directory");
}

TEST(PromptWav, has_bounds) {
  const TempDir dir;
  const auto path = dir.path() / "long.wav";
  const std::size_t most = std::size_t{kLongestPromptS} * 8000;
  const int format = SF_FORMAT_WAV | SF_FORMAT_PCM_U8;
  write_wav(path, {8000, 1, format}, std::vector<float>(most));
  EXPECT_DOUBLE_EQ(check_prompt(path)->seconds, 600);
  EXPECT_EQ((*load_prompt(path))->bytes(), 2 * most);
  write_wav(path, {8000, 1, format}, std::vector<float>(most + 1));
  EXPECT_EQ(check_prompt(path).error(), path.string() + ": lasts 600 s; 600 are the most");
  // A file with a hole: big, and yet quick to write.
  fs::resize_file(path, kMostPromptBytes + 1);
  EXPECT_EQ(check_prompt(path).error(),
            path.string() + ": has 134217729 bytes; 134217728 are the most");
}

// Checked and loaded are of one mind, also where a file has hardly any sound.
TEST(PromptWav, needs_one_sample_of_a_call) {
  const TempDir dir;
  const auto path = dir.path() / "x.wav";
  for (const int rate : {8000, 16000, 44100, 48000}) {
    for (std::size_t count = 1; count <= 24; ++count) {
      write_wav(path, {rate, 1}, std::vector<float>(count, 0.5F));
      const auto checked = check_prompt(path);
      const auto loaded = load_prompt(path);
      ASSERT_EQ(checked.has_value(), loaded.has_value()) << rate << ", " << count;
      EXPECT_EQ(loaded.has_value(), count * 8000 >= static_cast<std::size_t>(rate));
      if (!loaded) {
        EXPECT_EQ(loaded.error(), path.string() + ": holds no sound");
      }
    }
  }
}

// Files with bytes changed, left out and put in: each is a prompt or a sentence.
TEST(PromptWav, takes_or_refuses_whatever_comes) {
  const TempDir dir;
  std::mt19937 random(400);
  const auto any = [&](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  const std::string sound = chunk("data", std::string(960, '\x11'));
  const std::string seeds[] = {
      riff(format_chunk(1, 8000) + sound), riff(format_chunk(2, 48000) + sound),
      riff(chunk("LIST", "INFOINAM" + u32(4) + "abcd") + format_chunk(1, 44100) + sound),
      riff(chunk("fmt ", u16(3) + u16(1) + u32(16000) + u32(64000) + u16(4) + u16(32)) + sound)};
  int taken = 0;
  int refused = 0;
  for (int run = 0; run < 2000; ++run) {
    std::string bytes = seeds[any(std::size(seeds))];
    for (std::size_t change = 1 + any(4); change > 0; --change) {
      const std::size_t at = any(std::min(bytes.size(), std::size_t{100}));
      switch (any(4)) {
        case 0:
          bytes[at] = static_cast<char>(any(256));
          break;
        case 1:
          bytes.erase(at, 1 + any(8));
          break;
        case 2:
          bytes.insert(at, 1 + any(8), static_cast<char>(any(256)));
          break;
        default:
          bytes.resize(1 + any(bytes.size()));
      }
    }
    const auto path = dir.write("x.wav", bytes);
    const auto checked = check_prompt(path);
    const auto loaded = load_prompt(path);
    ASSERT_EQ(checked.has_value(), loaded.has_value()) << run;
    if (loaded) {
      ++taken;
      EXPECT_LE((*loaded)->bytes(), 2 * (bytes.size() + kFrameBytes)) << run;
    } else {
      ++refused;
      EXPECT_EQ(loaded.error().find(path.string() + ": "), 0U) << run;
      EXPECT_EQ(loaded.error().find('\n'), std::string::npos) << run;
    }
  }
  EXPECT_GT(taken, 100);
  EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace hotline::media
