#include "sip/filter.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sip/address.h"

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

bool is_bound_to(int fd, const std::string& host, std::uint16_t port) {
  int type = 0;
  socklen_t size = sizeof type;
  if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_DGRAM) return false;
  su_sockaddr_t bound{};
  size = sizeof bound;
  if (getsockname(fd, &bound.su_sa, &size) != 0) return false;
  if (bound.su_family != AF_INET && bound.su_family != AF_INET6) return false;
  return ntohs(bound.su_port) == port && Address::parse(host) == Address::of(bound);
}

}  // namespace

// Sofia tells nobody its descriptors; what they are bound to is no secret.
bool filter_socket(const std::string& host, std::uint16_t port) {
  constexpr long most = 65'536;
  const int limit = static_cast<int>(std::min(sysconf(_SC_OPEN_MAX), most));
  for (int fd = 0; fd < limit; ++fd) {
    if (is_bound_to(fd, host, port)) return put_filter(fd);
  }
  return false;
}

}  // namespace hotline::sip
