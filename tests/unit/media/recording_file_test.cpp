#include "media/recording_file.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sndfile.h>

#include "support/temp_dir.h"
#include "unit/media/file_limit.h"

namespace hotline::media {
namespace {

namespace fs = std::filesystem;
using support::TempDir;

RecordingFile create(const fs::path& path, std::size_t channels = 2) {
  auto file = RecordingFile::create({path}, channels);
  EXPECT_TRUE(file) << file.error();
  return std::move(*file);
}

// As another program reads it.
struct Read {
  SF_INFO info{};
  std::vector<std::int16_t> samples;
};

Read read(const fs::path& path) {
  Read read;
  SNDFILE* file = sf_open(path.c_str(), SFM_READ, &read.info);
  EXPECT_NE(file, nullptr) << path << ": " << sf_strerror(nullptr);
  if (file == nullptr) return read;
  read.samples.resize(static_cast<std::size_t>(read.info.frames * read.info.channels));
  EXPECT_EQ(sf_readf_short(file, read.samples.data(), read.info.frames), read.info.frames);
  sf_close(file);
  return read;
}

TEST(RecordingFile, is_a_wav_under_its_name_once_it_is_finished) {
  const TempDir dir;
  const fs::path path = dir / "2026-11-26/4001234567/a.wav";
  RecordingFile file = create(path);
  const std::vector<std::int16_t> samples{1, -1, 32'767, -32'768};
  ASSERT_TRUE(file.append(samples));
  EXPECT_FALSE(fs::exists(path));
  ASSERT_TRUE(file.finish());
  EXPECT_FALSE(fs::exists(path.string() + ".part"));
  EXPECT_EQ(file.bytes(), fs::file_size(path));

  const Read heard = read(path);
  EXPECT_EQ(heard.info.channels, 2);
  EXPECT_EQ(heard.info.samplerate, 8'000);
  EXPECT_EQ(heard.info.format, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  EXPECT_EQ(heard.samples, samples);
}

TEST(RecordingFile, lasts_as_long_as_its_samples) {
  const TempDir dir;
  RecordingFile stereo = create(dir / "s.wav", 2);
  RecordingFile mono = create(dir / "m.wav", 1);
  const std::vector<std::int16_t> samples(12'000);
  ASSERT_TRUE(stereo.append(samples));
  ASSERT_TRUE(mono.append(samples));
  EXPECT_EQ(stereo.duration(), Milliseconds(750));
  EXPECT_EQ(mono.duration(), Milliseconds(1'500));
}

TEST(RecordingFile, has_the_hash_that_sha256sum_gives) {
  const TempDir dir;
  RecordingFile file = create(dir / "a.wav");
  const std::vector<std::int16_t> samples(100'000, 77);
  ASSERT_TRUE(file.append(samples));
  ASSERT_TRUE(file.finish());
  std::optional<std::string> hash;
  int pieces = 0;
  while (!(hash = file.hash_some(70'000))) ++pieces;
  EXPECT_EQ(pieces, 2);

  FILE* pipe = popen(("sha256sum " + dir / "a.wav").c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  char said[64];
  ASSERT_EQ(fread(said, 1, sizeof said, pipe), sizeof said);
  pclose(pipe);
  EXPECT_EQ(*hash, std::string(said, sizeof said));
}

TEST(RecordingFile, takes_no_others_place) {
  const TempDir dir;
  dir.write("a.wav", "mine");
  EXPECT_EQ(RecordingFile::create({dir / "a.wav"}, 2).error(),
            dir / "a.wav: cannot be written: File exists");
  const RecordingFile first = create(dir / "b.wav");
  EXPECT_EQ(RecordingFile::create({dir / "b.wav"}, 2).error(),
            dir / "b.wav.part: cannot be written: File exists");
  RecordingFile late = create(dir / "c.wav");
  dir.write("c.wav", "mine");
  EXPECT_EQ(late.finish().error(), dir / "c.wav.part: cannot be renamed: File exists");
  EXPECT_EQ(dir.read("c.wav"), "mine");
}

TEST(RecordingFile, says_where_it_cannot_be) {
  const TempDir dir;
  dir.write("file", "");
  EXPECT_EQ(RecordingFile::create({dir / "file/a.wav"}, 2).error(),
            dir / "file: cannot be made: Not a directory");
}

TEST(RecordingFile, leaves_the_disk_what_it_needs) {
  const TempDir dir;
  const auto file = RecordingFile::create({dir / "a.wav", "", 1'000'000'000'000'000'000}, 2);
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().find("MB left; 1000000000000 have to stay free"), std::string::npos)
      << file.error();
  EXPECT_TRUE(fs::is_empty(dir.path())) << "nothing is left behind";
}

TEST(RecordingFile, keeps_what_went_on_a_full_disk) {
  const TempDir dir;
  RecordingFile file = create(dir / "a.wav");
  const std::vector<std::int16_t> samples(1'000, 5);
  ASSERT_TRUE(file.append(samples));
  {
    const FileLimit limit(3'001);
    EXPECT_EQ(file.append(samples).error(), dir / "a.wav.part: cannot be written: File too large");
  }
  ASSERT_TRUE(file.finish());
  EXPECT_EQ(read(dir / "a.wav").samples, samples);
  EXPECT_EQ(fs::file_size(dir / "a.wav"), 2'044u) << "not the half sample behind it";
}

TEST(RecordingFile, can_be_heard_while_it_is_written) {
  const TempDir dir;
  RecordingFile file = create(dir / "a.wav");
  const std::vector<std::int16_t> piece(8'192, 9);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(file.append(piece));
  const Read heard = read(dir / "a.wav.part");
  EXPECT_GE(heard.info.frames, 10 * 4'096);
  EXPECT_LE(heard.info.frames, 20 * 4'096);
}

TEST(LeftOver, is_finished_to_its_last_sample) {
  const TempDir dir;
  const std::vector<std::int16_t> samples(5'000, 3);
  {
    RecordingFile killed = create(dir / "day/a.wav");
    ASSERT_TRUE(killed.append(samples));
  }
  std::ofstream(dir / "day/a.wav.part", std::ios::app | std::ios::binary) << "xyz";
  const auto results = finish_left_over(dir.path(), WallTime::max());
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].path, dir / "day/a.wav");
  EXPECT_EQ(results[0].error, "");
  EXPECT_EQ(results[0].duration, Milliseconds(312));
  EXPECT_EQ(results[0].bytes, 10'044u);
  EXPECT_EQ(results[0].sha256.size(), 64u);
  EXPECT_EQ(read(dir / "day/a.wav").samples, samples);
  EXPECT_TRUE(finish_left_over(dir.path(), WallTime::max()).empty());
}

TEST(LeftOver, what_is_being_written_is_not) {
  const TempDir dir;
  const RecordingFile live = create(dir / "a.wav");
  EXPECT_TRUE(finish_left_over(dir.path(), WallTime()).empty());
  EXPECT_TRUE(fs::exists(dir / "a.wav.part"));
}

TEST(Examined, says_what_the_writer_would_have_said) {
  const TempDir dir;
  RecordingFile file = create(dir / "a.wav", 1);
  ASSERT_TRUE(file.append(std::vector<std::int16_t>(4'000, 9)));
  ASSERT_TRUE(file.finish());
  const auto result = examine_recording(dir / "a.wav");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->path, dir / "a.wav");
  EXPECT_EQ(result->duration, Milliseconds(500));
  EXPECT_EQ(result->bytes, 8'044u);
  EXPECT_EQ(result->sha256, file.hash_some(100'000));
  EXPECT_FALSE(examine_recording(dir / "b.wav"));
}

TEST(LeftOver, other_files_are_left_alone) {
  const TempDir dir;
  dir.write("notes.part", "short");
  dir.write("film.wav.part", std::string(5'000, 'x'));
  dir.write("done.wav", "RIFF");
  fs::create_directory(dir / "folder.part");
  fs::create_symlink("/etc/passwd", dir / "link.part");
  EXPECT_TRUE(finish_left_over(dir.path(), WallTime::max()).empty());
  EXPECT_EQ(dir.read("film.wav.part").size(), 5'000u);
  EXPECT_TRUE(finish_left_over(dir / "missing", WallTime::max()).empty());
}

TEST(LeftOver, does_not_take_the_place_of_a_finished_one) {
  const TempDir dir;
  { create(dir / "a.wav"); }
  dir.write("a.wav", "mine");
  const auto results = finish_left_over(dir.path(), WallTime::max());
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].error, dir / "a.wav.part: cannot be renamed: File exists");
  EXPECT_EQ(dir.read("a.wav"), "mine");
}

}  // namespace
}  // namespace hotline::media
