#include "region_files/kept.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotline/region/reading.h"

#include "region_files/read_file.h"

namespace hotline::region_files {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "regions.csv";
// Nobody's secret, and the server may run as another user than the admin.
constexpr mode_t kMode = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;

using Result = tl::expected<void, std::string>;

Result cannot(const std::string& what, const fs::path& path, int code) {
  return tl::make_unexpected("cannot " + what + " " + path.string() + ": " +
                             std::generic_category().message(code));
}

Result make_directory(const fs::path& path) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error) return cannot("make", path.parent_path(), error.value());
  if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) return cannot("make", path, errno);
  return {};
}

// Returns: 0, or errno.
int write_all(int fd, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t put = ::write(fd, text.data() + written, text.size() - written);
    if (put < 0 && errno != EINTR) return errno;
    if (put > 0) written += static_cast<std::size_t>(put);
  }
  return ::fchmod(fd, kMode) == 0 && ::fsync(fd) == 0 ? 0 : errno;
}

Result sync_directory(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return cannot("open", path, errno);
  const int failed = ::fsync(fd) == 0 ? 0 : errno;
  ::close(fd);
  return failed == 0 ? Result() : cannot("sync", path, failed);
}

}  // namespace

fs::path kept_path(const fs::path& state_dir) { return state_dir / kName; }

Result keep(const region::Entries& entries, const fs::path& state_dir) {
  if (auto made = make_directory(state_dir); !made) return made;
  const fs::path path = kept_path(state_dir);
  std::string draft = path.string() + ".XXXXXX";
  const int fd = ::mkstemp(draft.data());
  if (fd < 0) return cannot("write", path, errno);
  int failed = write_all(fd, region::to_csv(entries));
  if (::close(fd) != 0 && failed == 0) failed = errno;
  if (failed == 0 && std::rename(draft.c_str(), path.c_str()) != 0) failed = errno;
  if (failed != 0) {
    ::unlink(draft.c_str());
    return cannot("write", path, failed);
  }
  return sync_directory(state_dir);
}

tl::expected<std::optional<region::Entries>, std::string> load_kept(const fs::path& state_dir) {
  const fs::path path = kept_path(state_dir);
  std::error_code ignored;
  if (fs::symlink_status(path, ignored).type() == fs::file_type::not_found) return std::nullopt;
  const auto text = read_file(path);
  if (!text) return tl::make_unexpected(text.error());
  region::Reading reading = region::read_csv(*text);
  if (reading.flaw_count > 0) {
    const region::Flaw& first = reading.flaws.front();
    return tl::make_unexpected(
        (first.at > 0 ? "line " + std::to_string(first.at) + ": " : "") + first.what +
        (reading.flaw_count > 1 ? " (and " + std::to_string(reading.flaw_count - 1) + " more)"
                                : ""));
  }
  return std::optional(std::move(reading.entries));
}

}  // namespace hotline::region_files
