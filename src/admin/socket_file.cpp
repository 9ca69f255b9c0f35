#include "admin/socket_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace hotline::admin {
namespace {

std::string reason() { return std::strerror(errno); }

std::optional<sockaddr_un> address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

const sockaddr* generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

int new_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

// Errors: a sentence where the parent directory is missing and cannot be made.
std::optional<std::string> make_parent(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  if (parent.empty() || ::mkdir(parent.c_str(), 0750) == 0 || errno == EEXIST) return std::nullopt;
  return "cannot make the directory " + parent + " for the control socket: " + reason() +
         "; make it, or set server.control_socket to a place this user may write";
}

// Does a server listen there?
bool is_live(const sockaddr_un& address) {
  const int probe = new_socket();
  if (probe < 0) return true;  // cannot tell: rather refuse than take it away
  const bool refused =
      ::connect(probe, generic(address), sizeof address) != 0 && errno == ECONNREFUSED;
  ::close(probe);
  return !refused;
}

// Removes the socket a dead server left behind.
// Errors: a sentence where something else is there.
std::optional<std::string> clear_place(const std::string& path, const sockaddr_un& address) {
  struct stat file {};
  if (::lstat(path.c_str(), &file) != 0) return std::nullopt;  // bind() tells what is wrong
  if (!S_ISSOCK(file.st_mode)) {
    return path + " is no socket: remove it, or set server.control_socket to another path";
  }
  if (is_live(address)) {
    return "a server answers at " + path +
           " already: stop it, or give this one its own server.control_socket";
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return "cannot remove the old control socket " + path + ": " + reason();
  }
  return std::nullopt;
}

}  // namespace

tl::expected<SocketFile, std::string> SocketFile::listen_at(const std::string& path, int backlog) {
  const auto address = address_of(path);
  if (!address) {
    return tl::make_unexpected("server.control_socket must be a path of 1 to " +
                               std::to_string(sizeof(sockaddr_un::sun_path) - 1) +
                               " bytes: " + path);
  }
  if (auto problem = make_parent(path)) return tl::make_unexpected(*problem);
  if (auto problem = clear_place(path, *address)) return tl::make_unexpected(*problem);

  const int descriptor = new_socket();
  if (descriptor < 0) return tl::make_unexpected("cannot make a control socket: " + reason());
  SocketFile file(path, descriptor);
  if (::bind(descriptor, generic(*address), sizeof *address) != 0) {
    return tl::make_unexpected("cannot make the control socket " + path + ": " + reason());
  }
  file.remember_file();
  // Nobody can connect before listen(): the mode is right from the first connection on.
  if (::chmod(path.c_str(), 0600) != 0 || ::listen(descriptor, backlog) != 0) {
    return tl::make_unexpected("cannot open the control socket " + path + ": " + reason());
  }
  return file;
}

SocketFile::SocketFile(SocketFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      device_(other.device_),
      inode_(other.inode_) {}

SocketFile::~SocketFile() {
  if (descriptor_ < 0) return;
  struct stat file {};
  if (inode_ != 0 && ::lstat(path_.c_str(), &file) == 0 && file.st_dev == device_ &&
      file.st_ino == inode_) {
    ::unlink(path_.c_str());
  }
  ::close(descriptor_);
}

void SocketFile::remember_file() {
  struct stat file {};
  if (::lstat(path_.c_str(), &file) != 0) return;
  device_ = file.st_dev;
  inode_ = file.st_ino;
}

}  // namespace hotline::admin
