// Writing that survives a crash: files made whole, and waited for until the disk has them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>
#include <tl/expected.hpp>

namespace hotline::config {

// Who a file belongs to.
struct Owner {
  uid_t user = 0;
  gid_t group = 0;
  friend bool operator==(const Owner&, const Owner&) = default;
};
// Nullopt: there is nothing at that path.
std::optional<Owner> owner_of(const std::filesystem::path& path);

// "cannot WHAT PATH: why", of an errno.
tl::unexpected<std::string> cannot(const std::string& what, const std::filesystem::path& path,
                                   int code);

// Makes a file that is not there yet, of exactly that mode. It goes to `owner` where one is given
// that it has not anyway. Does not wait for the disk.
// Errors: a sentence; what was made of the file stays.
tl::expected<void, std::string> write_file(const std::filesystem::path& path, std::string_view text,
                                           mode_t mode = 0600, std::optional<Owner> owner = {});

// Waits until the disk has that file, or the names in that directory.
tl::expected<void, std::string> sync(const std::filesystem::path& path);
// Waits until the disk has all that is on the file system of that directory: one wait for
// thousands of files.
tl::expected<void, std::string> sync_all(const std::filesystem::path& directory);

}  // namespace hotline::config
