#include "config/durable.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hotline::config {
namespace {

namespace fs = std::filesystem;

using Result = tl::expected<void, std::string>;

// Returns: 0, or an errno.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(fd, text.data(), text.size());
    if (put < 0 && errno != EINTR) return errno;
    if (put > 0) text.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

// Returns: 0, or an errno.
int dress(int fd, mode_t mode, const std::optional<Owner>& owner) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return errno;
  if (owner && *owner != Owner{status.st_uid, status.st_gid} &&
      ::fchown(fd, owner->user, owner->group) != 0) {
    return errno;
  }
  return ::fchmod(fd, mode) == 0 ? 0 : errno;
}

Result sync_by(const fs::path& path, int (*how)(int)) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return cannot("open", path, errno);
  const int failed = how(fd) == 0 ? 0 : errno;
  ::close(fd);
  return failed == 0 ? Result() : cannot("sync", path, failed);
}

}  // namespace

std::optional<Owner> owner_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Owner{status.st_uid, status.st_gid};
}

tl::unexpected<std::string> cannot(const std::string& what, const fs::path& path, int code) {
  return tl::unexpected("cannot " + what + " " + path.string() + ": " +
                        std::generic_category().message(code));
}

Result write_file(const fs::path& path, std::string_view text, mode_t mode,
                  std::optional<Owner> owner) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return cannot("create", path, errno);
  int failed = write_all(fd, text);
  const int undressed = dress(fd, mode, owner);
  if (::close(fd) != 0 && failed == 0) failed = errno;
  if (failed != 0) return cannot("write", path, failed);
  if (undressed != 0) return cannot("set the owner and the mode of", path, undressed);
  return {};
}

Result sync(const fs::path& path) { return sync_by(path, ::fsync); }
Result sync_all(const fs::path& directory) { return sync_by(directory, ::syncfs); }

}  // namespace hotline::config
