// What is asked of a recording, and what is told of it once it is over.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "hotline/base/time.h"

namespace hotline::media {

// A recording, never used again; 0 is none.
enum class RecordingId : std::uint32_t { none = 0 };

// The caller is heard on the left, the phone on the right.
enum class RecordingSide : std::uint8_t { caller, phone };

struct RecordingStart {
  // Of the finished file; until then it stands there as PATH.part. Its folders are made.
  std::filesystem::path path;
  std::string label{};  // comes back in what is told
  // It does not begin, or ends early, where the disk has less than so many bytes left.
  std::uint64_t least_free_bytes = 0;
};

// WAV, 16 bits, 8,000 samples a second; stereo, or mono where there is a caller alone.
struct RecordingResult {
  std::filesystem::path path;
  std::string label;
  Milliseconds duration{};
  std::uint64_t bytes = 0;  // of the file; 0: there is none
  std::string sha256;       // of the file, in hex
  // Packets that are missing because the disk was too slow for them.
  std::uint64_t dropped = 0;
  // Why there is no more of it: a sentence; empty: it is whole.
  std::string error;
};

}  // namespace hotline::media
