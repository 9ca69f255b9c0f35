// A UDP socket of the media plane, and what is asked of the kernel with it. It never blocks; it is
// not connected, so that packets of others are counted instead of refused by the kernel.
// Opened on the call thread, used on the media thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <netinet/in.h>

#include "media/endpoint.h"

namespace hotline::media {

class UdpSocket {
 public:
  // Binds one to that address and port. `traffic_class` is the byte of DSCP and ECN.
  // Errors: the errno, EADDRINUSE where somebody has the port.
  struct Opened;
  static Opened open(const Endpoint& local, int traffic_class);

  UdpSocket() = default;
  UdpSocket(UdpSocket&& other) noexcept;
  UdpSocket& operator=(UdpSocket&& other) noexcept;
  ~UdpSocket();

  // Takes one packet that waits. Longer ones than the buffer are cut, and their whole length told.
  // Returns: its length, nullopt when none waits.
  std::optional<std::size_t> receive(std::span<std::uint8_t> buffer, Endpoint& from) const;
  // Returns: whether the kernel took it.
  bool send(std::span<const std::uint8_t> packet, const Endpoint& to) const;

  int descriptor() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  explicit UdpSocket(int fd) : fd_(fd) {}

  int fd_ = -1;
};

struct UdpSocket::Opened {
  UdpSocket socket;
  int error = 0;
};

}  // namespace hotline::media
