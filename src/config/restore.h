// Puts the files of a version back into a configuration directory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/durable.h"
#include "config/folder.h"

namespace hotline::config {

// In the directory while its files may be of two versions: from before the first of them is
// replaced until the disk has the last, also where the process dies between. Holds the version's
// number. Nothing loads beside it.
inline constexpr const char* kRollbackMark = ".rollback";

struct Restored {
  std::size_t written = 0;
  std::size_t removed = 0;
};

// Writes the files that differ and removes those hotlines that are not among `files`; others stay,
// for nothing names them any more. A file that is replaced keeps its owner and its mode, a new one
// takes hotline.toml's, a new secret is `reader`'s alone. Symbolic links are followed.
// Every file is replaced in one step, and none before all are on the disk: where this fails before,
// nothing has changed. Where it fails later, or its process dies, kRollbackMark stays; another
// restore, of this version or any, puts the directory right. Waits for the disk.
// Errors: a sentence.
tl::expected<Restored, std::string> restore(const std::vector<KeptFile>& files,
                                            const std::filesystem::path& directory, Owner reader,
                                            std::uint32_t number);

}  // namespace hotline::config
