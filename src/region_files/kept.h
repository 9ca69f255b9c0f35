// The imported regions: one CSV in the state directory, with names as this program knows them.
// hotlinectl writes it, the server and hotlinectl read it; on any thread but the call thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "hotline/region/entries.h"

namespace hotline::region_files {

std::filesystem::path kept_path(const std::filesystem::path& state_dir);

// Puts the entries in the place of what was imported before, and waits for the disk. At any
// instant, also of a crash, the file is whole, the old or the new.
// Errors: a sentence; what was there stays.
tl::expected<void, std::string> keep(const region::Entries& entries,
                                     const std::filesystem::path& state_dir);

// What was imported; none where nothing was.
// Errors: what is wrong with the file, in a sentence; none of it is to be used.
tl::expected<std::optional<region::Entries>, std::string> load_kept(
    const std::filesystem::path& state_dir);

}  // namespace hotline::region_files
