// [region]: what the administrator knows better than the tables.
#pragma once

#include <memory>
#include <optional>

#include "hotline/region/entries.h"

#include "config/document.h"
#include "config/folder.h"
#include "config/problems.h"

namespace hotline::config {

// The entries of the file that `overrides` names; none where none is named, or it is wrong, which
// is reported: of a line in that file, under its name.
std::optional<region::Entries> read_overrides(const Document& document, Folder& folder,
                                              FileProblems& problems, Problems& all);

}  // namespace hotline::config
