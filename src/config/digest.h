// SHA-256: how a file of the configuration is known again.
#pragma once

#include <string>
#include <string_view>

namespace hotline::config {

// As sha256sum prints it: 64 digits and small letters.
std::string sha256(std::string_view text);

}  // namespace hotline::config
