// Puts the files of a version back into a configuration directory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/durable.h"
#include "config/folder.h"

namespace hotline::config {

struct Restored {
  std::size_t written = 0;
  std::size_t removed = 0;
};

// Writes the files that differ and removes those hotlines that are not among `files`; others stay,
// for nothing names them any more. A file that is replaced keeps its owner and its mode, a new one
// takes hotline.toml's, a new secret is `reader`'s alone. Symbolic links are followed.
// Every file is replaced in one step, and none before all are on the disk: where this fails before,
// nothing has changed. Waits for the disk.
// Errors: a sentence.
tl::expected<Restored, std::string> restore(const std::vector<KeptFile>& files,
                                            const std::filesystem::path& directory, Owner reader);

}  // namespace hotline::config
