// How a version of the configuration is written down.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "config/history.h"

namespace hotline::config {

// Errors: a sentence: a name that is no UTF-8.
tl::expected<std::string, std::string> to_json(const Version& version);
// Errors: a sentence.
tl::expected<Version, std::string> version_from_json(std::string_view text);

}  // namespace hotline::config
