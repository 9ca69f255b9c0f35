// Who may connect, as the kernel judges it over IPv6 (over IPv4 the calls of tcp_test are judged),
// and how long datagrams wait.
#include "sip/socket.h"

#include <cerrno>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hotline::sip {
namespace {

constexpr int kSilence_ms = 300;

// A port of ::1 that listens.
class Door : public testing::Test {
 protected:
  void SetUp() override {
    listener_ = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t size = sizeof at_;
    at_.sin6_family = AF_INET6;
    at_.sin6_addr = in6addr_loopback;
    if (bind(listener_, reinterpret_cast<const sockaddr*>(&at_), sizeof at_) != 0) {
      GTEST_SKIP() << "this machine has no IPv6: who may connect over it stays untested";
    }
    getsockname(listener_, reinterpret_cast<sockaddr*>(&at_), &size);
    ASSERT_EQ(listen(listener_, 64), 0);
  }
  void TearDown() override { close(listener_); }

  // Does ::1 come through where these may?
  bool admits(const std::vector<std::string>& peers) {
    std::unordered_set<Address> known;
    for (const std::string& peer : peers) known.insert(Address::parse(peer).value());
    EXPECT_TRUE(admit_only_from(known, ntohs(at_.sin6_port)));
    const int caller = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    static_cast<void>(connect(caller, reinterpret_cast<const sockaddr*>(&at_), sizeof at_));
    pollfd connected{caller, POLLOUT, 0};
    const bool came = poll(&connected, 1, kSilence_ms) == 1 && (connected.revents & POLLERR) == 0;
    close(caller);
    return came;
  }

  int listener_ = -1;
  sockaddr_in6 at_{};
};

// As many other peers; none of them is ::1.
std::vector<std::string> others(int count) {
  std::vector<std::string> peers;
  for (int i = 0; i < count; ++i) peers.push_back("2001:db8::" + std::to_string(i));
  return peers;
}

std::vector<std::string> with(std::vector<std::string> peers, const std::string& one) {
  peers.push_back(one);
  return peers;
}

// A UDP socket at a free port of 127.0.0.1, connected to itself.
class Mirror {
 public:
  Mirror() : fd(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    at_.sin_family = AF_INET;
    at_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at_;
    bind(fd, address(), size);
    getsockname(fd, address(), &size);
    connect(fd, address(), size);
  }
  ~Mirror() { close(fd); }
  std::uint16_t port() const { return ntohs(at_.sin_port); }

  const int fd;

 private:
  sockaddr* address() { return reinterpret_cast<sockaddr*>(&at_); }
  sockaddr_in at_{};
};

// The kernel begins to stamp a moment after it was asked to.
bool is_stamped(const Mirror& mirror) {
  if (stamp_arrivals(mirror.port()) != std::vector<int>{mirror.fd}) return false;
  for (int i = 0; i < 500; ++i) {
    char byte = '0';
    send(mirror.fd, &byte, 1, 0);
    std::this_thread::sleep_for(Milliseconds(2));
    recv(mirror.fd, &byte, 1, 0);
    if (age_of_last_read(mirror.fd) > Milliseconds(0)) return true;
  }
  return false;
}

TEST(Arrivals, the_oldest_unread_datagram_says_how_long_it_waits) {
  const Mirror mirror;
  ASSERT_TRUE(is_stamped(mirror));
  EXPECT_EQ(oldest_waits(mirror.fd), Milliseconds(0)) << "nothing is there";
  ASSERT_EQ(send(mirror.fd, "1", 1, 0), 1);
  std::this_thread::sleep_for(Milliseconds(30));
  ASSERT_EQ(send(mirror.fd, "2", 1, 0), 1);
  EXPECT_GE(oldest_waits(mirror.fd), Milliseconds(29));
  char byte = 0;
  ASSERT_EQ(recv(mirror.fd, &byte, 1, 0), 1);
  EXPECT_EQ(byte, '1') << "looking at it does not take it";
  ASSERT_EQ(recv(mirror.fd, &byte, 1, 0), 1);
  EXPECT_EQ(oldest_waits(mirror.fd), Milliseconds(0));
}

TEST(Arrivals, a_datagram_that_was_read_says_when_it_came) {
  const Mirror mirror;
  ASSERT_TRUE(is_stamped(mirror));
  ASSERT_EQ(send(mirror.fd, "1", 1, 0), 1);
  std::this_thread::sleep_for(Milliseconds(30));
  ASSERT_EQ(send(mirror.fd, "2", 1, 0), 1);
  char byte = 0;
  ASSERT_EQ(recv(mirror.fd, &byte, 1, 0), 1);
  EXPECT_GE(age_of_last_read(mirror.fd), Milliseconds(29));
}

TEST_F(Door, is_open_to_those_named_alone) {
  struct Row {
    const char* what;
    std::vector<std::string> peers;
    bool open;
  };
  const std::vector<std::string> alike = {"1::1", "0:0:1::1", "::1:0:0:1", "::2"};
  const Row rows[] = {
      {"nobody is known", {}, false},
      {"it is known", {"::1"}, true},
      {"differs in the first 32 bits", {alike[0]}, false},
      {"differs in the second", {alike[1]}, false},
      {"differs in the third", {alike[2]}, false},
      {"differs in the last", {alike[3]}, false},
      {"none of those alike", alike, false},
      {"one among those alike", with(alike, "::1"), true},
      {"an IPv4 address", {"127.0.0.1"}, false},
      {"beside an IPv4 address", {"127.0.0.1", "::1"}, true},
      {"nearly as many as a small kernel's filter holds, without it", others(150), false},
      {"nearly as many, with it", with(others(149), "::1"), true},
      {"nearly as many, without it again", others(150), false},
      {"more than any holds: everybody", others(460), true},
      {"fewer again", others(3), false},
  };
  for (const Row& row : rows) EXPECT_EQ(admits(row.peers), row.open) << row.what;
}

}  // namespace
}  // namespace hotline::sip
