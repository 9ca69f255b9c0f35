// The bytes of a file of regions, as an admin downloaded it: plain, or packed by gzip. Used by
// hotlinectl; on any thread but the call thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include "hotline/region/reading.h"

namespace hotline::region_files {

// Five times what a table of every mobile prefix takes.
inline constexpr std::size_t kMostBytes = std::size_t{128} << 20;

// At most `most` bytes, counted unpacked. `progress` counts the bytes of the file as it is.
// Errors: why not, in a sentence that goes on after the file's name.
tl::expected<std::string, std::string> read_file(const std::filesystem::path& path,
                                                 const region::ReadingProgress& progress = {},
                                                 std::size_t most = kMostBytes);

}  // namespace hotline::region_files
