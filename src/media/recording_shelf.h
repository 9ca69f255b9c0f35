// The directory of recordings, kept in bounds: what is too old goes, and the oldest go where there
// is too much or the disk has too little left. What is being written stays.
// Thread: any that may take its time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "hotline/base/time.h"

namespace hotline::media {

// 0 is no limit, of each.
struct ShelfLimits {
  std::chrono::days retention{0};
  std::uint64_t most_bytes = 0;
  std::uint64_t least_free_bytes = 0;  // of the disk
};

struct ShelfFile {
  std::filesystem::path path;
  std::uint64_t bytes = 0;
  WallTime written{};    // last
  bool is_open = false;  // it is being written: it counts, and is never removed
};

// Which of them go, oldest first.
std::vector<ShelfFile> to_remove(std::vector<ShelfFile> files, const ShelfLimits& limits,
                                 WallTime now, std::uint64_t free_bytes);

struct ShelfTidied {
  std::uint64_t kept = 0;
  std::uint64_t kept_bytes = 0;
  std::uint64_t removed = 0;
  std::uint64_t removed_bytes = 0;
  std::string error;  // the first; empty: none
};

// Looks at all recordings in a directory and below, and removes those. Other files, and what links
// lead to, are nobody's business here. A directory that is not there is empty.
ShelfTidied tidy_shelf(const std::filesystem::path& directory, const ShelfLimits& limits,
                       WallTime now);

}  // namespace hotline::media
