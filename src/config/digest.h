// Digests: SHA-256, by which a file is known again, and MD5, which SIP's passwords need.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::config {

// As sha256sum prints it: 64 digits and small letters.
std::string sha256(std::string_view text);
// 32 digits and small letters. For HA1 of RFC 2617 alone: nothing else may trust it.
std::string md5(std::string_view text);
// Of a file of any size. Errors: nullopt where it cannot be read.
std::optional<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace hotline::config
