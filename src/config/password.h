// A password in a file of its own, as trunks and phones that register have one.
#pragma once

#include <string>

#include "config/folder.h"
#include "config/problems.h"
#include "config/reader.h"

namespace hotline::config {

// The first line of the file. Errors: reported, empty; no message shows a part of it.
std::string read_password(const Text& file, Folder& folder, FileProblems& problems);

}  // namespace hotline::config
