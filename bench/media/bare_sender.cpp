// The least that can be done for bench/media/run.py's ringback: for each peer whose port it reads a
// socket, and every 20 ms one RTP packet from each, all in a row. Ends with its input.
// Usage: bench_bare_sender     a line "A" of a peer's port: answers the port it sends from
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace {

constexpr std::size_t kPacketBytes = 12 + 160;  // RTP and 20 ms of PCMA
constexpr std::chrono::milliseconds kFrameTime{20};

struct Stream {
  int socket;
  sockaddr_in to;
};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

class Sender {
 public:
  std::uint16_t add(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in own = loopback(0);
    socklen_t size = sizeof own;
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&own), size) != 0 ||
        getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) != 0) {
      std::perror("bench_bare_sender");
      std::exit(1);
    }
    const std::lock_guard lock(mutex_);
    streams_.push_back({fd, loopback(port)});
    return ntohs(own.sin_port);
  }

  void run() {
    auto next = std::chrono::steady_clock::now();
    while (!is_over_) {
      send_all();
      std::this_thread::sleep_until(next += kFrameTime);
    }
  }
  void end() { is_over_ = true; }

 private:
  void send_all() {
    packet_[0] = 0x80;  // version 2
    packet_[1] = 8;     // PCMA
    ++sequence_;
    packet_[2] = static_cast<std::uint8_t>(sequence_ >> 8);
    packet_[3] = static_cast<std::uint8_t>(sequence_);
    const std::uint32_t time = htonl(160U * sequence_);
    std::copy_n(reinterpret_cast<const std::uint8_t*>(&time), sizeof time, &packet_[4]);
    const std::lock_guard lock(mutex_);
    for (const Stream& one : streams_) {
      sendto(one.socket, packet_.data(), packet_.size(), MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&one.to), sizeof one.to);
    }
  }

  std::mutex mutex_;
  std::vector<Stream> streams_;
  std::array<std::uint8_t, kPacketBytes> packet_{};
  std::uint16_t sequence_ = 0;
  std::atomic<bool> is_over_ = false;
};

}  // namespace

int main() {
  Sender sender;
  std::thread sending([&] { sender.run(); });
  int port = 0;
  while (std::cin >> port) std::cout << sender.add(static_cast<std::uint16_t>(port)) << std::endl;
  sender.end();
  sending.join();
  return 0;
}
