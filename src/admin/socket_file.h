// The socket file of the admin interface: who may open it may run the server. Its mode 0600 is
// the lock, so it is set before anybody can connect.
#pragma once

#include <string>

#include <sys/types.h>
#include <tl/expected.hpp>

namespace hotline::admin {

// A listening Unix socket at a path; closed and removed with the object.
class SocketFile {
 public:
  // Creates the parent directory (0750) where it is missing and replaces the file a dead server
  // left behind.
  // Errors: a sentence; a live server's socket and files of other kinds stay untouched.
  static tl::expected<SocketFile, std::string> listen_at(const std::string& path, int backlog);

  SocketFile(SocketFile&& other) noexcept;
  SocketFile& operator=(SocketFile&&) = delete;
  ~SocketFile();

  // The listening descriptor, which stays this object's.
  int descriptor() const { return descriptor_; }

 private:
  SocketFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  void remember_file();

  std::string path_;
  int descriptor_ = -1;
  dev_t device_ = 0;  // of the file as we made it: another server's is not ours to remove
  ino_t inode_ = 0;
};

}  // namespace hotline::admin
