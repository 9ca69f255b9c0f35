// The last accepted configuration, kept in the state directory: if the files are bad at a restart,
// the server loads good_directory() instead, loudly.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/folder.h"

namespace hotline::config {

// Where it is kept; a directory like any other configuration, to be given to load().
std::filesystem::path good_directory(const std::filesystem::path& state_dir);

// Keeps what a load was made of, and forgets what was kept before. At any instant, also of a crash,
// good_directory() is a whole accepted configuration, the old or the new.
// Requires: the state directory exists; one caller at a time. Waits for the disk.
// Errors: a sentence; the one kept before stays.
tl::expected<void, std::string> save_good(const std::vector<KeptFile>& files,
                                          const std::filesystem::path& state_dir);

// The state directory a configuration names, even if the configuration is bad (so that its
// config.good can be found); the default where it names none.
std::filesystem::path state_dir_even_if_bad(const Files& files);

}  // namespace hotline::config
