// What a relay meets that stands in the open: packets of strangers, garbage, floods, its own.
#include <gtest/gtest.h>

#include "unit/media/relay_rig.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

class HostileRelay : public RelayTest {
 protected:
  void SetUp() override { begin(); }

  // A few at a time, for a socket's buffer is bounded: what the kernel drops nobody counts.
  void send_all(Peer& from, int count, const OpenedLeg& to, std::uint16_t port,
                const std::function<Packet(int)>& make) {
    from.talks_to(kOurs);
    const auto dropped = [&] { return of(to).foreign + of(to).malformed + of(to).looped; };
    for (int sent = 0; sent < count;) {
      const std::uint64_t before = dropped();
      const int some = std::min(20, count - sent);
      for (int i = 0; i < some; ++i) from.send(make(sent++), port);
      ASSERT_TRUE(comes_true([&] { return dropped() == before + static_cast<unsigned>(some); }))
          << dropped() - before << " of " << some;
    }
  }

  Peer caller{kOurs};
  Peer phone{kOurs};
  OpenedLeg at_caller;
  OpenedLeg at_phone;

  void connect(const Remote& remote = {}) {
    at_caller = open_for(caller, remote);
    at_phone = open_for(phone, remote);
    introduce(caller, at_caller, phone, at_phone);
  }
  // Nothing came through but what the two send.
  void expect_only_these_two() {
    caller.send(rtp(0xa, 1, 160, 8, 33), at_caller.rtp_port);
    EXPECT_EQ(phone.next().size(), 45u);
    phone.send(rtp(0xb, 1, 160, 8, 44), at_phone.rtp_port);
    EXPECT_EQ(caller.next().size(), 56u);
    EXPECT_TRUE(caller.has_nothing());
    EXPECT_TRUE(phone.has_nothing());
  }
};

TEST_F(HostileRelay, ten_thousand_packets_of_a_stranger_reach_nobody) {
  connect();
  Peer stranger("127.0.0.66");
  send_all(stranger, 10'000, at_caller, at_caller.rtp_port,
           [](int i) { return rtp(0xa, static_cast<std::uint16_t>(i), 160u * unsigned(i)); });
  EXPECT_EQ(of(at_caller).foreign, 10'000u);
  EXPECT_EQ(of(at_caller).packets_in, 1u);
  EXPECT_EQ(of(at_phone).packets_out, 0u);
  expect_only_these_two();
  EXPECT_TRUE(stranger.has_nothing());
}

TEST_F(HostileRelay, so_do_those_of_another_port_of_the_phone_and_to_the_rtcp_port) {
  connect();
  Peer neighbour(kOurs);
  send_all(neighbour, 100, at_phone, at_phone.rtp_port,
           [](int i) { return rtp(0xb, static_cast<std::uint16_t>(i), 0); });
  Peer stranger("127.0.0.66");
  send_all(stranger, 100, at_phone, at_phone.rtcp_port,
           [](int) { return report(200, 0xb, 0, {}); });
  EXPECT_EQ(of(at_phone).foreign, 200u);
  expect_only_these_two();
}

TEST_F(HostileRelay, so_does_rtcp_of_a_stranger_among_rtp) {
  connect({.rtcp_mux = true});
  Peer stranger("127.0.0.66");
  send_all(stranger, 100, at_phone, at_phone.rtp_port, [](int) { return report(201, 0xb, 0, {}); });
  EXPECT_EQ(of(at_phone).foreign, 100u);
  expect_only_these_two();
  EXPECT_EQ(of(at_caller).rtcp_out, 0u);
}

// RTP bleed: the program of CVE-2025-53399's advisory, before and after the phone is heard.
TEST_F(HostileRelay, a_sprayer_is_sent_nothing) {
  at_caller = open_for(caller);
  at_phone = open_for(phone);
  relay->connect(at_caller.id, at_phone.id);
  Peer sprayer("127.0.0.66");
  const auto same = [](int) { return rtp(0xef0a07de, 0xee3c, 0x0442a2c1, 0); };
  send_all(sprayer, 200, at_phone, at_phone.rtp_port, same);
  caller.send(rtp(0xa, 0, 0), at_caller.rtp_port);
  phone.send(rtp(0xb, 0, 0), at_phone.rtp_port);
  EXPECT_NE(caller.next().size(), 0u);
  pass(3s);
  send_all(sprayer, 200, at_phone, at_phone.rtp_port, same);
  expect_only_these_two();
  EXPECT_TRUE(sprayer.has_nothing());
}

// One who sends in sequence, and first, is not to be told from a phone behind NAT, until the phone
// is heard: from then on it gets nothing and is not heard.
TEST_F(HostileRelay, an_early_attacker_loses_the_stream_to_the_phone) {
  at_caller = open_for(caller);
  at_phone = open_for(phone);
  Peer attacker("127.0.0.66");
  attacker.talks_to(kOurs);
  for (std::uint16_t i = 0; i < 2; ++i) attacker.send(rtp(0xbad, i, 0), at_phone.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_phone) == 1; }));
  caller.send(rtp(0xa, 0, 0), at_caller.rtp_port);
  phone.send(rtp(0xb, 0, 0), at_phone.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_phone) == 2 && in(at_caller) == 1; }));
  relay->connect(at_caller.id, at_phone.id);
  settle();
  send_all(attacker, 1'000, at_phone, at_phone.rtp_port,
           [](int i) { return rtp(0xbad, static_cast<std::uint16_t>(i + 2), 0); });
  expect_only_these_two();
  EXPECT_TRUE(attacker.has_nothing());
}

// A carrier's private line needs no learning of strangers, however late it is heard.
TEST_F(HostileRelay, near_peers_are_not_looked_for_elsewhere) {
  at_phone = open_for(phone, {.is_near = true});
  settle();
  pass(3s);
  Peer attacker("127.0.0.66");
  send_all(attacker, 100, at_phone, at_phone.rtp_port,
           [](int i) { return rtp(0xbad, static_cast<std::uint16_t>(i), 0); });
  phone.send(rtp(0xb, 1, 0), at_phone.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_phone) == 1; }));
}

TEST_F(HostileRelay, garbage_is_dropped_and_counted) {
  connect({.rtcp_mux = true});
  struct Row {
    const char* what;
    Packet packet;
  };
  Packet version = rtp(0xa, 1, 160);
  version[0] = 0x00;
  Packet truncated = rtp(0xa, 1, 160);
  truncated[0] = 0x8f;
  truncated.resize(40);
  const Row rows[] = {
      {"nothing", {}},
      {"one byte", Packet(1, 0x80)},
      {"eleven bytes", Packet(11, 0x80)},
      {"another version", version},
      {"cut in its sources", truncated},
      {"jumbo", rtp(0xa, 1, 160, 8, 9'000)},
      {"as long as the buffer", rtp(0xa, 1, 160, 8, 2'048 - 12)},
      {"RTCP without an end", from_hex("80 c8 ff ff 00 00 00 0a")},
      {"RTCP in name only", Packet(50, 0xc8)},
  };
  std::uint64_t malformed = 0;
  for (const Row& row : rows) {
    caller.send(row.packet, at_caller.rtp_port);
    EXPECT_TRUE(comes_true([&] { return of(at_caller).malformed == malformed + 1; })) << row.what;
    ++malformed;
  }
  for (const Packet& packet : {Packet(1, 0x80), Packet(50, 0x80), rtp(0xa, 1, 160)}) {
    caller.send(packet, at_caller.rtcp_port);
  }
  EXPECT_TRUE(comes_true([&] { return of(at_caller).malformed == malformed + 3; }));
  expect_only_these_two();
}

TEST_F(HostileRelay, our_own_packets_coming_back_end_here) {
  connect();
  caller.send(rtp(0xa, 1, 160), at_caller.rtp_port);
  const Packet ours = phone.next();
  phone.send(ours, at_phone.rtp_port);
  EXPECT_TRUE(comes_true([&] { return of(at_phone).looped == 1; }));
  expect_only_these_two();
}

// An SDP that names our own ports: each leg's packets would go to the other, without end.
TEST_F(HostileRelay, legs_that_name_each_other_do_not_go_round) {
  connect();
  const Endpoint first = *Endpoint::parse(kOurs, at_caller.rtp_port);
  const Endpoint second = *Endpoint::parse(kOurs, at_phone.rtp_port);
  relay->set_remote(at_caller.id, {.rtp = second, .is_near = true});
  relay->set_remote(at_phone.id, {.rtp = first, .is_near = true});
  relay->play(at_caller.id, {.frames = std::make_shared<NumberedFrames>(1)});
  settle();
  pass(20ms);
  EXPECT_TRUE(comes_true([&] { return of(at_phone).looped == 1; }));
  EXPECT_EQ(of(at_caller).packets_out, 1u);
}

TEST_F(HostileRelay, a_flood_on_one_leg_starves_no_other) {
  connect();
  Peer flooded(kOurs);
  const OpenedLeg at_flooded = open_for(flooded);
  std::atomic<bool> is_over = false;
  std::thread flood([&] {
    Peer stranger("127.0.0.66");
    const Packet packet = rtp(1, 1, 1);
    const Endpoint to = *Endpoint::parse(kOurs, at_flooded.rtp_port);
    for (int i = 0; i < 300'000 && !is_over; ++i) stranger.send_to(packet, to);
  });
  EXPECT_TRUE(comes_true([&] { return of(at_flooded).foreign > 0; }));
  for (std::uint16_t i = 1; i <= 100; ++i) {
    caller.send(rtp(0xa, i, 160u * i), at_caller.rtp_port);
    EXPECT_EQ(phone.next().size(), 172u) << i;
  }
  is_over = true;
  flood.join();
  EXPECT_EQ(of(at_flooded).packets_in, 0u);
}

TEST_F(HostileRelay, a_storm_of_keys_is_bounded) {
  at_caller = open_for(caller, {.telephone_event = 101});
  for (int i = 0; i < 1'000; ++i) {
    const auto n = static_cast<std::uint16_t>(i);
    const auto key = static_cast<std::uint8_t>(i % 10);
    caller.send(telephone_event(0xa, n, 1'000u * n, key, true, 800), at_caller.rtp_port);
    ASSERT_TRUE(comes_true([&] { return in(at_caller) == n + 1u; }));
  }
  settle();
  EXPECT_EQ(events().size(), 10u) << "no time has passed: no more than may come at once";
  EXPECT_EQ(of(at_caller).digits_dropped, 990u);
}

TEST_F(HostileRelay, after_a_new_sdp_only_its_source_is_heard) {
  connect();
  Peer moved("127.0.0.7");
  moved.talks_to(kOurs);
  relay->set_remote(at_phone.id, {.rtp = moved.endpoint()});
  settle();
  send_all(phone, 50, at_phone, at_phone.rtp_port,
           [](int i) { return rtp(0xb, static_cast<std::uint16_t>(i + 1), 0); });
  moved.send(rtp(0xc, 1, 0, 8, 20), at_phone.rtp_port);
  EXPECT_EQ(caller.next().size(), 32u);
  caller.send(rtp(0xa, 1, 160), at_caller.rtp_port);
  EXPECT_EQ(moved.next().size(), 172u);
  EXPECT_TRUE(phone.has_nothing());
}

}  // namespace
}  // namespace hotline::media
