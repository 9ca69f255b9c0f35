#include "store/lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace hotline::store {
namespace {

// Leaves our process id in the file, for the message the next one gets; where the disk is too
// full for it, nothing else is lost.
void sign(int file) {
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file, 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::pwrite(file, pid.data(), pid.size(), 0);
  }
}

std::string in_use(const std::filesystem::path& directory, int file) {
  std::array<char, 16> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  std::string_view pid(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  pid = pid.substr(0, pid.find_first_not_of("0123456789"));
  std::string sentence = directory.string() + " is in use by another hotlined or hotlinectl";
  if (!pid.empty()) sentence.append(" (process ").append(pid).append(")");
  return sentence;
}

}  // namespace

tl::expected<Lock, std::string> Lock::take(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / "lock";
  Lock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock.file_ < 0) {
    return tl::unexpected("cannot open " + path.string() + ": " + std::strerror(errno));
  }
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return tl::unexpected(in_use(directory, lock.file_));
    return tl::unexpected("cannot lock " + path.string() + ": " + std::strerror(errno));
  }
  sign(lock.file_);
  return lock;
}

Lock::Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

Lock::~Lock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace hotline::store
