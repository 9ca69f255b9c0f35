// A relay on loopback with a clock that stands still until told, and peers with real sockets.
// Other addresses of 127/8 play the strangers.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "media/relay.h"
#include "media/udp_socket.h"
#include "unit/media/packets.h"

namespace hotline::media {

// Waits for what another thread brings about.
// Returns: whether it came within some seconds.
inline bool comes_true(const std::function<bool()>& condition) {
  for (int i = 0; i < 10'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
  return false;
}

// A phone, or somebody else who sends and listens.
class Peer {
 public:
  explicit Peer(const std::string& address) {
    const auto local = *Endpoint::parse(address, 0);
    auto opened = UdpSocket::open(local, 0);
    EXPECT_EQ(opened.error, 0) << address;
    socket_ = std::move(opened.socket);
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    getsockname(socket_.descriptor(), reinterpret_cast<sockaddr*>(&name), &size);
    // The port is at the same place in both families.
    endpoint_ = local.with_port(ntohs(reinterpret_cast<const sockaddr_in*>(&name)->sin_port));
  }

  const Endpoint& endpoint() const { return endpoint_; }
  void send(const Packet& packet, std::uint16_t port) { send_to(packet, our_.with_port(port)); }
  void send_to(const Packet& packet, const Endpoint& to) { EXPECT_TRUE(socket_.send(packet, to)); }
  // The relay's address, before `send`.
  void talks_to(const std::string& address) { our_ = *Endpoint::parse(address, 0); }

  // The next packet; empty if none comes for seconds.
  Packet next() {
    Packet packet(2'048);
    std::optional<std::size_t> length;
    if (!comes_true([&] { return (length = socket_.receive(packet, from_)).has_value(); }))
      return {};
    packet.resize(*length);
    return packet;
  }
  RtpHeader next_rtp() { return read_rtp(next()).value_or(RtpHeader{}); }
  // Who sent the last one.
  const Endpoint& from() const { return from_; }
  bool has_nothing() {
    Packet packet(2'048);
    return !socket_.receive(packet, from_);
  }

 private:
  UdpSocket socket_;
  Endpoint endpoint_;
  Endpoint our_;
  Endpoint from_;
};

// Of a playback: so many frames, each filled with its number.
class NumberedFrames : public Frames {
 public:
  explicit NumberedFrames(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) frames_.emplace_back(160, static_cast<std::uint8_t>(i));
  }
  std::size_t count() const override { return frames_.size(); }
  std::span<const std::uint8_t> frame(std::size_t index) const override { return frames_[index]; }

 private:
  std::vector<Packet> frames_;
};

class RelayTest : public testing::Test {
 protected:
  static constexpr const char* kOurs = "127.0.0.1";

  void begin(std::uint16_t first = 21'000, std::uint16_t last = 23'999) {
    RelaySettings settings;
    settings.address_v4 = kOurs;
    settings.address_v6 = "::1";
    settings.first_port = first;
    settings.last_port = last;
    RelayEvents events;
    events.silent = [this](RelayLeg leg) { add("silent " + std::to_string(leg.value)); };
    events.pressed = [this](RelayLeg leg, const Digit& digit) {
      add("pressed " + std::to_string(leg.value) + " " + digit.key);
    };
    events.played = [this](RelayLeg leg, PlaybackId id) {
      add("played " + std::to_string(leg.value) + " " + std::to_string(static_cast<int>(id)));
    };
    events.recording_failed = [this](RecordingId id, const RecordingResult& result) {
      add("failed " + std::to_string(static_cast<int>(id)) + " " + result.error);
    };
    events.recorded = [this](RecordingId id, const RecordingResult& result) {
      const std::lock_guard lock(mutex);
      results_.emplace_back(id, result);
    };
    auto started = Relay::start(
        settings, [this] { return MediaTime(Microseconds(now_us)); }, events);
    ASSERT_TRUE(started) << started.error();
    relay = std::move(*started);
  }
  void TearDown() override { relay.reset(); }

  void pass(std::chrono::milliseconds time) { now_us += Microseconds(time).count(); }

  OpenedLeg open(Family family = Family::v4) {
    const auto opened = relay->open(family);
    EXPECT_TRUE(opened) << opened.error();
    return opened.value_or(OpenedLeg{});
  }
  // A leg whose SDP names that peer.
  OpenedLeg open_for(Peer& peer, Remote remote = {}) {
    const OpenedLeg leg = open(peer.endpoint().family);
    peer.talks_to(leg.address);
    remote.rtp = peer.endpoint();
    relay->set_remote(leg.id, remote);
    return leg;
  }
  // Two that are heard and connected: each has sent a packet, which is on its way to nobody.
  void introduce(Peer& a, const OpenedLeg& at_a, Peer& b, const OpenedLeg& at_b) {
    a.send(rtp(0xa, 0, 0), at_a.rtp_port);
    b.send(rtp(0xb, 0, 0), at_b.rtp_port);
    EXPECT_TRUE(comes_true([&] { return in(at_a) == 1 && in(at_b) == 1; }));
    relay->connect(at_a.id, at_b.id);
  }

  LegStatistics of(const OpenedLeg& leg) const { return relay->statistics(leg.id); }
  std::uint64_t in(const OpenedLeg& leg) const { return of(leg).packets_in; }

  void add(std::string text) {
    const std::lock_guard lock(mutex);
    events_.push_back(std::move(text));
  }
  std::deque<std::string> events() {
    const std::lock_guard lock(mutex);
    return events_;
  }
  // All events so far, once there are so many.
  std::deque<std::string> events(std::size_t count) {
    EXPECT_TRUE(comes_true([&] { return events().size() >= count; }));
    return events();
  }
  using Results = std::vector<std::pair<RecordingId, RecordingResult>>;
  Results results() {
    const std::lock_guard lock(mutex);
    return results_;
  }
  // All results so far, once there are so many.
  Results results(std::size_t count) {
    EXPECT_TRUE(comes_true([&] { return results().size() >= count; }));
    return results();
  }
  // Returns when the media thread has done all that was ordered so far, and looked at its sockets.
  void settle() {
    Peer probe(kOurs);
    const OpenedLeg leg = open();
    probe.talks_to(leg.address);
    probe.send(Packet(1), leg.rtp_port);
    EXPECT_TRUE(comes_true([&] { return of(leg).malformed == 1; }));
    relay->close(leg.id);
  }

  std::atomic<std::int64_t> now_us = 1'000'000'000;
  std::unique_ptr<Relay> relay;

 private:
  std::mutex mutex;
  std::deque<std::string> events_;
  Results results_;
};

}  // namespace hotline::media
