#include "sip/reserve.h"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sip/socket.h"

namespace hotline::sip {
namespace {

constexpr std::size_t kMostAtOnce = 1000;

bool none_is_left() {
  const int probe = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (probe < 0) return errno == EMFILE || errno == ENFILE;
  close(probe);
  return false;
}

bool somebody_waits(int listener) {
  pollfd wanted{listener, POLLIN, 0};
  return poll(&wanted, 1, 0) == 1 && (wanted.revents & POLLIN) != 0;
}

}  // namespace

Reserve::Reserve(const std::set<std::uint16_t>& ports) {
  for (const std::uint16_t port : ports) {
    const std::vector<int> found = listeners_at(port);
    listeners_.insert(listeners_.end(), found.begin(), found.end());
  }
  if (!listeners_.empty()) take();
}

Reserve::~Reserve() {
  if (kept_ >= 0) close(kept_);
}

void Reserve::take() { kept_ = open("/dev/null", O_RDONLY | O_CLOEXEC); }

std::size_t Reserve::send_away() {
  std::size_t sent = 0;
  if (kept_ < 0) {
    if (!listeners_.empty()) take();  // it was lost to somebody else
    return sent;
  }
  if (!none_is_left()) return sent;
  for (const int listener : listeners_) {
    while (sent < kMostAtOnce && somebody_waits(listener)) {
      close(kept_);
      const int guest = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (guest >= 0) close(guest);
      take();
      if (guest < 0 || kept_ < 0) return sent;
      ++sent;
    }
  }
  return sent;
}

}  // namespace hotline::sip
