#include "sip/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sip/sofia.h"

namespace hotline::sip {
namespace {

constexpr std::uint32_t kUdpHeader = 8;  // where a UDP socket's filter sees the payload begin

bool put_filter(int fd) {
  std::array<sock_filter, 5> program{{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kUdpHeader),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x21, 0, 2),
      BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 0x7e, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
      BPF_STMT(BPF_RET | BPF_K, 0),
  }};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
}

bool is_bound_to(int fd, std::uint16_t port) {
  int type = 0;
  socklen_t size = sizeof type;
  if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_DGRAM) return false;
  su_sockaddr_t bound{};
  size = sizeof bound;
  if (getsockname(fd, &bound.su_sa, &size) != 0) return false;
  return (bound.su_family == AF_INET || bound.su_family == AF_INET6) &&
         ntohs(bound.su_port) == port;
}

}  // namespace

int try_to_bind(const std::string& host, std::uint16_t port) {
  const bool v6 = host.find(':') != std::string::npos;
  su_sockaddr_t address{};
  socklen_t size = 0;
  bool literal = false;
  if (v6) {
    address.su_sin6.sin6_family = AF_INET6;
    address.su_sin6.sin6_port = htons(port);
    literal = inet_pton(AF_INET6, host.c_str(), &address.su_sin6.sin6_addr) == 1;
    size = sizeof address.su_sin6;
  } else {
    address.su_sin.sin_family = AF_INET;
    address.su_sin.sin_port = htons(port);
    literal = inet_pton(AF_INET, host.c_str(), &address.su_sin.sin_addr) == 1;
    size = sizeof address.su_sin;
  }
  if (!literal) return EADDRNOTAVAIL;
  const int fd = socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  const int error = bind(fd, &address.su_sa, size) == 0 ? 0 : errno;
  close(fd);
  return error;
}

// Sofia tells nobody its descriptors; what they are bound to is no secret.
bool filter_sockets(std::uint16_t port) {
  constexpr long most = 65'536;
  const int limit = static_cast<int>(std::min(sysconf(_SC_OPEN_MAX), most));
  bool any = false;
  for (int fd = 0; fd < limit; ++fd) {
    if (!is_bound_to(fd, port)) continue;
    if (!put_filter(fd)) return false;
    any = true;
  }
  return any;
}

}  // namespace hotline::sip
