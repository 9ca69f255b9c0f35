#include "sip/socket.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <vector>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sip/sofia.h"

namespace hotline::sip {
namespace {

using Program = std::vector<sock_filter>;

constexpr std::uint32_t kUdpHeader = 8;  // where a UDP socket's filter sees the payload begin
constexpr std::uint32_t kTake = 0xffffffff;
constexpr std::uint32_t kDrop = 0;
// Where the two IP headers have the source address.
constexpr std::uint32_t kSource4 = 12;
constexpr std::uint32_t kSource6 = 8;
constexpr std::uint32_t kLength6 = 16;

std::uint32_t word_of(const Address& address, std::size_t at) {
  const std::uint8_t* bytes = address.bytes.data() + at;
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

std::uint32_t in_ip_header(std::uint32_t offset) {
  return static_cast<std::uint32_t>(SKF_NET_OFF) + offset;
}

Program begins_like_text() {
  return {BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kUdpHeader),
          BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x21, 0, 2),
          BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 0x7e, 1, 0), BPF_STMT(BPF_RET | BPF_K, kTake),
          BPF_STMT(BPF_RET | BPF_K, kDrop)};
}

Program comes_from_v4(const std::unordered_set<Address>& peers) {
  Program program{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, in_ip_header(kSource4))};
  for (const Address& peer : peers) {
    if (!peer.is_v4()) continue;
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, word_of(peer, 12), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, kTake));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, kDrop));
  return program;
}

Program comes_from_v6(const std::unordered_set<Address>& peers) {
  Program program;
  // Read once: in the kernel's own form a look into the packet is long, and memory for it short.
  for (std::uint32_t at = 0; at < kLength6; at += 4) {
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, in_ip_header(kSource6 + at)));
    program.push_back(BPF_STMT(BPF_ST, at / 4));
  }
  for (const Address& peer : peers) {
    if (peer.is_v4()) continue;
    for (std::uint32_t at = 0; at < kLength6; at += 4) {
      // A word that differs leaps to the next peer: over what is left of this one.
      const auto leap = static_cast<std::uint8_t>((kLength6 - at) / 2 - 1);
      program.push_back(BPF_STMT(BPF_LD | BPF_MEM, at / 4));
      program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, word_of(peer, at), 0, leap));
    }
    program.push_back(BPF_STMT(BPF_RET | BPF_K, kTake));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, kDrop));
  return program;
}

// The former filter goes first: both at once may be more than the socket may hold
// (net.core.optmem_max), and one that stays would keep out whom the new one admits.
bool put_filter(int fd, Program program) {
  const int none = 0;
  if (setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &none, sizeof none) != 0 && errno != ENOENT) {
    return false;
  }
  if (program.size() > BPF_MAXINSNS) return true;
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  const int put = setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
  return put == 0 || errno == ENOMEM;
}

// What a socket of ours is bound to; AF_UNSPEC where it is none of that type.
su_sockaddr_t bound_to(int fd, int type) {
  su_sockaddr_t bound{};
  int is = 0;
  socklen_t size = sizeof is;
  if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &is, &size) != 0 || is != type) return bound;
  int listens = 0;
  size = sizeof listens;
  if (type == SOCK_STREAM &&
      (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0)) {
    return bound;
  }
  size = sizeof bound;
  if (getsockname(fd, &bound.su_sa, &size) != 0) bound.su_family = AF_UNSPEC;
  return bound;
}

// Sofia tells nobody its descriptors; what they are bound to is no secret.
int most_descriptors() {
  constexpr long most = 65'536;
  return static_cast<int>(std::min(sysconf(_SC_OPEN_MAX), most));
}

struct OurSocket {
  int fd = -1;
  int family = AF_UNSPEC;
};

std::vector<OurSocket> sockets_at(std::uint16_t port, int type) {
  std::vector<OurSocket> found;
  const int most = most_descriptors();
  for (int fd = 0; fd < most; ++fd) {
    const su_sockaddr_t bound = bound_to(fd, type);
    const bool is_ip = bound.su_family == AF_INET || bound.su_family == AF_INET6;
    if (is_ip && ntohs(bound.su_port) == port) found.push_back({fd, bound.su_family});
  }
  return found;
}

// The kernel's civil clock is asked, by which it stamps; the process may have been given another.
Milliseconds age_of(const timespec& came) {
  timespec now{};
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  return std::chrono::duration_cast<Milliseconds>(
      Seconds(now.tv_sec - came.tv_sec) + std::chrono::nanoseconds(now.tv_nsec - came.tv_nsec));
}

template <class MakeProgram>
bool put_filters(int type, std::uint16_t port, MakeProgram program_for) {
  const std::vector<OurSocket> sockets = sockets_at(port, type);
  return !sockets.empty() &&
         std::all_of(sockets.begin(), sockets.end(), [&](const OurSocket& socket) {
           return put_filter(socket.fd, program_for(socket.family));
         });
}

}  // namespace

int try_to_bind(const routing::Endpoint& endpoint) {
  const bool v6 = endpoint.host.find(':') != std::string::npos;
  const int family = v6 ? AF_INET6 : AF_INET;
  su_sockaddr_t address{};
  address.su_family = static_cast<sa_family_t>(family);
  address.su_port = htons(endpoint.port);
  void* host = v6 ? static_cast<void*>(&address.su_sin6.sin6_addr) : &address.su_sin.sin_addr;
  if (inet_pton(family, endpoint.host.c_str(), host) != 1) return EADDRNOTAVAIL;

  const bool stream = endpoint.transport == routing::Transport::tcp;
  const int fd = socket(family, (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  const int reuse = stream ? 1 : 0;  // as sofia does: connections of a former process may linger
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  const socklen_t size = v6 ? sizeof address.su_sin6 : sizeof address.su_sin;
  const bool free = bind(fd, &address.su_sa, size) == 0 && (!stream || listen(fd, 1) == 0);
  const int error = free ? 0 : errno;
  close(fd);
  return error;
}

bool admit_only_text(std::uint16_t port) {
  return put_filters(SOCK_DGRAM, port, [](int) { return begins_like_text(); });
}

bool admit_only_from(const std::unordered_set<Address>& peers, std::uint16_t port) {
  return put_filters(SOCK_STREAM, port, [&peers](int family) {
    return family == AF_INET ? comes_from_v4(peers) : comes_from_v6(peers);
  });
}

bool admit_everybody(std::uint16_t port) {
  return put_filters(SOCK_STREAM, port,
                     [](int) { return Program{BPF_STMT(BPF_RET | BPF_K, kTake)}; });
}

std::vector<int> listeners_at(std::uint16_t port) {
  std::vector<int> listeners;
  for (const OurSocket& socket : sockets_at(port, SOCK_STREAM)) listeners.push_back(socket.fd);
  return listeners;
}

std::vector<int> stamp_arrivals(std::uint16_t port) {
  std::vector<int> stamped;
  for (const OurSocket& socket : sockets_at(port, SOCK_DGRAM)) {
    timespec first{};  // to ask once makes the kernel keep them; ENOENT: nothing was read yet
    if (ioctl(socket.fd, SIOCGSTAMPNS, &first) == 0 || errno == ENOENT) {
      stamped.push_back(socket.fd);
    }
  }
  return stamped;
}

Milliseconds oldest_waits(int fd) {
  char byte = 0;
  if (recv(fd, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) < 0) return {};
  return age_of_last_read(fd);  // to look at it is to read it
}

Milliseconds age_of_last_read(int fd) {
  timespec came{};
  if (ioctl(fd, SIOCGSTAMPNS, &came) != 0) return {};
  return std::max(age_of(came), Milliseconds(0));
}

std::vector<std::pair<Address, std::uint16_t>> deaf_peers() {
  std::vector<std::pair<Address, std::uint16_t>> peers;
  const int most = most_descriptors();
  for (int fd = 0; fd < most; ++fd) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || info.tcpi_retransmits == 0) {
      continue;
    }
    su_sockaddr_t other{};
    size = sizeof other;
    if (getpeername(fd, &other.su_sa, &size) != 0) continue;
    if (other.su_family != AF_INET && other.su_family != AF_INET6) continue;
    peers.emplace_back(Address::of(other), ntohs(other.su_port));
  }
  return peers;
}

}  // namespace hotline::sip
