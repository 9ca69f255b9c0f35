// The file of a recording: a WAV that is written at its end and whose header says now and then how
// much there is, so that it can be heard even where the server was killed. While it is written it
// has another name; one that was left so is finished at the next start.
// Thread: the recordings' writer; `finish_left_over` on any that may take its time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "media/recording.h"
#include "media/sha256.h"

namespace hotline::media {

// Behind the name of a file that is being written.
inline constexpr const char* kPartSuffix = ".part";

class RecordingFile {
 public:
  // A new file, its folders with it.
  // Errors: a sentence: the name is taken, the disk is full, nothing may be written there.
  static tl::expected<RecordingFile, std::string> create(const RecordingStart& start,
                                                         std::size_t channels);
  // Of one that is open already, with a header.
  RecordingFile(std::filesystem::path path, int descriptor, std::size_t channels,
                std::uint64_t data_bytes);
  ~RecordingFile();
  RecordingFile(RecordingFile&& other) noexcept;
  RecordingFile& operator=(RecordingFile&&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t bytes() const;
  Milliseconds duration() const;

  // Samples of 16 bits, the channels in turn.
  // Errors: a sentence; nothing more can be written then, but what was written stays.
  tl::expected<void, std::string> append(std::span<const std::int16_t> samples);
  // Gives it its right header and its name, on the disk.
  // Errors: a sentence.
  tl::expected<void, std::string> finish();
  // Goes on with the hash of the finished file, for so many bytes.
  // Returns: the hash in hex once all is read, an empty text where it cannot be read; nullopt:
  // there is more.
  std::optional<std::string> hash_some(std::size_t bytes);

 private:
  tl::expected<void, std::string> write_header();

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::size_t channels_;
  std::uint64_t least_free_bytes_ = 0;
  std::uint64_t data_bytes_ = 0;
  std::uint64_t data_bytes_in_header_ = 0;
  std::uint64_t hashed_bytes_ = 0;
  Sha256 hash_;
};

// Finishes what a server that was killed left in this directory and below: what was last written
// before then. Files that are not recordings are left alone.
std::vector<RecordingResult> finish_left_over(const std::filesystem::path& directory,
                                              WallTime before);

// What is in a finished recording. Errors: nullopt: it is not there, or not ours.
std::optional<RecordingResult> examine_recording(const std::filesystem::path& path);

}  // namespace hotline::media
