// Phones for bench/media/run.py: so many calls of two, each phone a UDP socket that sends 20 ms of
// PCMA fifty times a second and listens. One thread; sends and listens every millisecond.
// Usage: bench_rtp_load talk|listen CALLS SECONDS
// Says its phones' ports, a call a line ("A B"; listening "A"), reads where they are to send (the
// same way; nothing if listening), warms up, says "begin" and "end" around the seconds that count,
// then one line: sent, received and lost packets of that time, delay p50, p99 and most, jitter
// (RFC 3550 A.8, of the delays) mean and p99 of the streams, all in microseconds.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Nanoseconds = std::int64_t;

constexpr Nanoseconds kSecond = 1'000'000'000;
constexpr Nanoseconds kSlice = 1'000'000;
constexpr Nanoseconds kPacketTime = 20'000'000;
constexpr Nanoseconds kWarmUp = 2 * kSecond;
constexpr Nanoseconds kLast = kSecond / 2;  // for what is still under way
constexpr std::size_t kPacketBytes = 172;
constexpr std::size_t kStampAt = 12;

// The wall clock, for the kernel stamps arrivals with it.
Nanoseconds now() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s: %s\n", what, std::strerror(errno));
  std::exit(1);
}

void put_u32(unsigned char* at, std::uint32_t value) {
  value = htonl(value);
  std::memcpy(at, &value, sizeof value);
}

struct Phone {
  int fd = -1;
  sockaddr_in to{};
  std::uint32_t sent = 0;
  bool has_transit = false;
  Nanoseconds transit = 0;
  double jitter = 0;  // nanoseconds
};

class Load {
 public:
  Load(bool talks, std::size_t calls, Nanoseconds time)
      : talks_(talks), time_(time), phones_(talks ? 2 * calls : calls) {
    epoll_ = epoll_create1(0);
    if (epoll_ < 0) fail("epoll");
    for (std::size_t i = 0; i < phones_.size(); ++i) open(i);
  }

  void introduce() {
    const std::size_t a_line = talks_ ? 2 : 1;
    for (std::size_t i = 0; i < phones_.size(); ++i) {
      std::printf("%u%c", port_of(phones_[i]), (i + 1) % a_line == 0 ? '\n' : ' ');
    }
    std::fflush(stdout);
    for (Phone& phone : phones_) {
      std::uint16_t port = 0;
      if (talks_ && !(std::cin >> port)) fail("no port to send to");
      phone.to.sin_family = AF_INET;
      phone.to.sin_port = htons(port);
      phone.to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
  }

  void run() {
    begin_ = now();
    const Nanoseconds from = begin_ + kWarmUp;
    const Nanoseconds to = from + time_;
    for (Nanoseconds slice = begin_; slice < to + kLast; slice += kSlice) {
      wait_until(slice);
      if (!counts_ && !is_over_ && slice >= from) say_begin();
      if (counts_ && slice >= to) say_end();
      if (talks_ && !is_over_) send_due(slice);
      listen();
    }
    report();
  }

 private:
  void open(std::size_t number) {
    Phone& phone = phones_[number];
    phone.fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (phone.fd < 0) fail("socket");
    const int yes = 1;
    setsockopt(phone.fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes);
    sockaddr_in local{};
    local.sin_family = AF_INET;
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(phone.fd, reinterpret_cast<sockaddr*>(&local), sizeof local) != 0) fail("bind");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = number;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, phone.fd, &event) != 0) fail("epoll");
  }

  static unsigned port_of(const Phone& phone) {
    sockaddr_in local{};
    socklen_t size = sizeof local;
    getsockname(phone.fd, reinterpret_cast<sockaddr*>(&local), &size);
    return ntohs(local.sin_port);
  }

  static void wait_until(Nanoseconds time) {
    const timespec until{time / kSecond, time % kSecond};
    clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, nullptr);
  }

  void say_begin() {
    counts_ = true;
    std::puts("begin");
    std::fflush(stdout);
  }
  void say_end() {
    counts_ = false;
    is_over_ = true;
    std::puts("end");
    std::fflush(stdout);
  }

  // The phones are spread over the 20 ms.
  void send_due(Nanoseconds until) {
    const auto count = static_cast<Nanoseconds>(phones_.size());
    for (; begin_ + next_ * kPacketTime / count <= until; ++next_) {
      send(static_cast<std::size_t>(next_ % count));
    }
  }

  void send(std::size_t number) {
    Phone& phone = phones_[number];
    std::array<unsigned char, kPacketBytes> packet{0x80, 8};
    packet[2] = static_cast<unsigned char>(phone.sent >> 8);
    packet[3] = static_cast<unsigned char>(phone.sent);
    put_u32(packet.data() + 4, phone.sent * 160);
    put_u32(packet.data() + 8, static_cast<std::uint32_t>(number + 1));
    ++phone.sent;
    const Nanoseconds stamp = now();
    std::memcpy(packet.data() + kStampAt, &stamp, sizeof stamp);
    packet[kStampAt + sizeof stamp] = counts_ ? 1 : 0;
    sendto(phone.fd, packet.data(), packet.size(), 0, reinterpret_cast<sockaddr*>(&phone.to),
           sizeof phone.to);
    if (counts_) ++sent_;
  }

  void listen() {
    std::array<epoll_event, 512> ready;
    for (int round = 0; round < 64; ++round) {
      const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 0);
      if (count <= 0) return;
      for (int i = 0; i < count; ++i) receive(phones_[ready[static_cast<std::size_t>(i)].data.u64]);
    }
  }

  void receive(Phone& phone) {
    std::array<unsigned char, 2'048> bytes;
    alignas(cmsghdr) std::array<unsigned char, 128> control;
    iovec part{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (recvmsg(phone.fd, &message, 0) < static_cast<ssize_t>(kPacketBytes)) return;
    timespec at{};
    const cmsghdr* head = CMSG_FIRSTHDR(&message);
    if (head != nullptr && head->cmsg_type == SCM_TIMESTAMPNS) {
      std::memcpy(&at, CMSG_DATA(head), sizeof at);
    }
    count_in(phone, bytes.data(), at.tv_sec * kSecond + at.tv_nsec);
  }

  void count_in(Phone& phone, const unsigned char* packet, Nanoseconds arrival) {
    if (counts_) ++received_now_;
    Nanoseconds sent = 0;
    if (talks_) {
      if (packet[kStampAt + sizeof sent] == 0) return;
      std::memcpy(&sent, packet + kStampAt, sizeof sent);
    } else {
      if (!counts_) return;
      std::uint32_t samples = 0;
      std::memcpy(&samples, packet + 4, sizeof samples);
      sent = Nanoseconds{ntohl(samples)} * (kSecond / 8'000);
    }
    ++received_;
    const Nanoseconds transit = arrival - sent;
    if (phone.has_transit) {
      const auto change = static_cast<double>(std::abs(transit - phone.transit));
      phone.jitter += (change - phone.jitter) / 16;
    }
    phone.has_transit = true;
    phone.transit = transit;
    if (talks_) delays_.push_back(static_cast<std::uint32_t>(std::max<Nanoseconds>(0, transit)));
  }

  void report() {
    std::vector<double> jitters;
    double sum = 0;
    for (const Phone& phone : phones_) {
      jitters.push_back(phone.jitter / 1'000);
      sum += phone.jitter / 1'000;
    }
    const long lost = talks_ ? static_cast<long>(sent_) - static_cast<long>(received_) : 0;
    std::printf("%lu %lu %ld %.1f %.1f %.1f %.1f %.1f\n", sent_, received_now_, lost,
                at(delays_, 0.5) / 1'000, at(delays_, 0.99) / 1'000, at(delays_, 1) / 1'000,
                sum / static_cast<double>(jitters.size()), at(jitters, 0.99));
  }

  template <class T>
  static double at(std::vector<T>& values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return static_cast<double>(
        values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))]);
  }

  bool talks_;
  Nanoseconds time_;
  std::vector<Phone> phones_;
  int epoll_ = -1;
  Nanoseconds begin_ = 0;
  Nanoseconds next_ = 0;
  bool counts_ = false;
  bool is_over_ = false;
  unsigned long sent_ = 0;
  unsigned long received_ = 0;      // of those sent in the time that counts
  unsigned long received_now_ = 0;  // in the time that counts, whenever sent
  std::vector<std::uint32_t> delays_;
};

}  // namespace

int main(int count, char** words) {
  const std::string mode = count == 4 ? words[1] : "";
  const long calls = count == 4 ? std::strtol(words[2], nullptr, 10) : 0;
  const long seconds = count == 4 ? std::strtol(words[3], nullptr, 10) : 0;
  if ((mode != "talk" && mode != "listen") || calls < 1 || seconds < 1) {
    std::fprintf(stderr, "usage: bench_rtp_load talk|listen CALLS SECONDS\n");
    return 2;
  }
  Load load(mode == "talk", static_cast<std::size_t>(calls), seconds * kSecond);
  load.introduce();
  load.run();
}
