// A client that sends whatever bytes a test wants. Every wait is bounded.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hotline::admin {

class RawClient {
 public:
  explicit RawClient(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(socket_); }

  bool connected() const { return connected_; }

  // False when the server closed meanwhile.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void no_more() { ::shutdown(socket_, SHUT_WR); }

  // Reads until the text has come so many times; false when the connection ended before.
  bool read_until(std::string_view text, int times = 1) {
    for (std::size_t at = 0; times > 0;) {
      const auto found = read_.find(text, at);
      if (found != std::string::npos) {
        at = found + text.size();
        --times;
      } else if (!read_some()) {
        return false;
      }
    }
    return true;
  }

  // Everything until the server closes; "never closed" where it does not.
  std::string read_to_end() {
    while (read_some()) {
    }
    return closed_ ? read_ : "never closed";
  }

  const std::string& read() const { return read_; }

 private:
  static constexpr int kLongestWait_ms = 20'000;

  bool read_some() {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, kLongestWait_ms) <= 0) return false;
    char bytes[4096];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    closed_ = size <= 0;
    if (size > 0) read_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }

  int socket_ = -1;
  bool connected_ = false;
  bool closed_ = false;
  std::string read_;
};

}  // namespace hotline::admin
