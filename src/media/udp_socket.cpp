#include "media/udp_socket.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace hotline::media {
namespace {

// The kernel doubles it, and counts its own overhead: about a second of packets.
constexpr int kReceiveBytes = 32'768;

union KernelAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

socklen_t to_kernel(const Endpoint& endpoint, KernelAddress& address) {
  if (endpoint.family == Family::v4) {
    address.v4 = {};
    address.v4.sin_family = AF_INET;
    address.v4.sin_port = htons(endpoint.port);
    std::memcpy(&address.v4.sin_addr, endpoint.address.data(), sizeof address.v4.sin_addr);
    return sizeof address.v4;
  }
  address.v6 = {};
  address.v6.sin6_family = AF_INET6;
  address.v6.sin6_port = htons(endpoint.port);
  std::memcpy(&address.v6.sin6_addr, endpoint.address.data(), sizeof address.v6.sin6_addr);
  return sizeof address.v6;
}

Endpoint from_kernel(const KernelAddress& address) {
  Endpoint endpoint;
  if (address.any.sa_family == AF_INET) {
    endpoint.port = ntohs(address.v4.sin_port);
    std::memcpy(endpoint.address.data(), &address.v4.sin_addr, sizeof address.v4.sin_addr);
  } else {
    endpoint.family = Family::v6;
    endpoint.port = ntohs(address.v6.sin6_port);
    std::memcpy(endpoint.address.data(), &address.v6.sin6_addr, sizeof address.v6.sin6_addr);
  }
  return endpoint;
}

void set(int fd, int level, int option, int value) {
  // None of them is needed: audio flows without, so their failure stops nothing.
  setsockopt(fd, level, option, &value, sizeof value);
}

}  // namespace

UdpSocket::Opened UdpSocket::open(const Endpoint& local, int traffic_class) {
  const bool v6 = local.family == Family::v6;
  const int fd =
      ::socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);
  if (fd < 0) return {UdpSocket(), errno};
  UdpSocket socket(fd);
  set(fd, SOL_SOCKET, SO_RCVBUF, kReceiveBytes);
  if (v6) {
    set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    set(fd, IPPROTO_IPV6, IPV6_TCLASS, traffic_class);
  } else {
    set(fd, IPPROTO_IP, IP_TOS, traffic_class);
  }
  KernelAddress address;
  const socklen_t size = to_kernel(local, address);
  if (bind(fd, &address.any, size) != 0) return {UdpSocket(), errno};
  return {std::move(socket), 0};
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

UdpSocket::~UdpSocket() {
  if (fd_ >= 0) close(fd_);
}

std::optional<std::size_t> UdpSocket::receive(std::span<std::uint8_t> buffer,
                                              Endpoint& from) const {
  KernelAddress address;
  socklen_t size = sizeof address;
  const ssize_t length =
      recvfrom(fd_, buffer.data(), buffer.size(), MSG_TRUNC, &address.any, &size);
  if (length < 0) return std::nullopt;
  from = from_kernel(address);
  return static_cast<std::size_t>(length);
}

bool UdpSocket::send(std::span<const std::uint8_t> packet, const Endpoint& to) const {
  KernelAddress address;
  const socklen_t size = to_kernel(to, address);
  return sendto(fd_, packet.data(), packet.size(), MSG_NOSIGNAL, &address.any, size) >= 0;
}

}  // namespace hotline::media
