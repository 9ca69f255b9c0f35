#include "media/relay.h"

#include <gtest/gtest.h>

#include "unit/media/relay_rig.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;
using Told = std::deque<std::string>;

class RelayOf : public RelayTest, public testing::WithParamInterface<const char*> {};

TEST_P(RelayOf, each_hears_the_other) {
  begin();
  Peer caller(GetParam());
  Peer phone(GetParam());
  const OpenedLeg at_caller = open_for(caller);
  const OpenedLeg at_phone = open_for(phone);
  EXPECT_EQ(at_caller.rtp_port % 2, 0);
  EXPECT_EQ(at_caller.rtcp_port, at_caller.rtp_port + 1);
  introduce(caller, at_caller, phone, at_phone);

  const Packet sent = rtp(0xa, 1, 160);
  caller.send(sent, at_caller.rtp_port);
  const Packet heard = phone.next();
  ASSERT_EQ(heard.size(), sent.size());
  EXPECT_EQ(phone.from().port, at_phone.rtp_port) << "from where the phone sends to";
  EXPECT_TRUE(std::equal(sent.begin() + 12, sent.end(), heard.begin() + 12));
  phone.send(rtp(0xb, 1, 160), at_phone.rtp_port);
  EXPECT_EQ(caller.next().size(), sent.size());
  EXPECT_EQ(caller.from().port, at_caller.rtp_port);

  const LegStatistics caller_s = of(at_caller);
  EXPECT_EQ(caller_s.packets_in, 2u);
  EXPECT_EQ(caller_s.bytes_in, 2u * 172);
  EXPECT_TRUE(comes_true([&] { return of(at_caller).packets_out == 1; }));
  EXPECT_EQ(caller_s.last_packet, Instant(Milliseconds(1'000'000)));
}
INSTANTIATE_TEST_SUITE_P(, RelayOf, testing::Values("127.0.0.1", "::1"),
                         [](const auto& one) { return one.index == 0 ? "IPv4" : "IPv6"; });

TEST_F(RelayTest, families_meet) {
  begin();
  Peer caller("127.0.0.1");
  Peer phone("::1");
  const OpenedLeg at_caller = open_for(caller);
  const OpenedLeg at_phone = open_for(phone);
  introduce(caller, at_caller, phone, at_phone);
  caller.send(rtp(0xa, 1, 160), at_caller.rtp_port);
  EXPECT_EQ(phone.next().size(), 172u);
  phone.send(rtp(0xb, 1, 160), at_phone.rtp_port);
  EXPECT_EQ(caller.next().size(), 172u);
}

TEST_F(RelayTest, what_was_heard_is_one_stream) {
  begin();
  Peer caller(kOurs);
  Peer first(kOurs);
  Peer second(kOurs);
  const OpenedLeg at_caller = open_for(caller, {.is_near = true});
  const OpenedLeg at_first = open_for(first);
  const OpenedLeg at_second = open_for(second);

  settle();  // the frame's turn comes as time passes
  relay->play(at_caller.id, {.frames = std::make_shared<NumberedFrames>(1)});
  settle();
  pass(20ms);
  const RtpHeader prompt = caller.next_rtp();
  EXPECT_TRUE(prompt.marker);
  EXPECT_EQ(caller.from().port, at_caller.rtp_port);
  pass(20ms);
  EXPECT_EQ(events(1), Told{"played 1 1"});

  relay->connect(at_caller.id, at_first.id);
  settle();
  pass(60ms);
  first.send(rtp(0xb, 700, 90'000), at_first.rtp_port);
  const RtpHeader one = caller.next_rtp();
  relay->connect(at_caller.id, at_second.id);
  settle();
  first.send(rtp(0xb, 701, 90'160), at_first.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_first) == 2; }));
  pass(20ms);
  second.send(rtp(0xc, 3, 5), at_second.rtp_port);
  const RtpHeader two = caller.next_rtp();
  second.send(rtp(0xc, 4, 165), at_second.rtp_port);
  const RtpHeader three = caller.next_rtp();

  EXPECT_TRUE(one.marker && two.marker && !three.marker);
  for (const RtpHeader& header : {one, two, three}) EXPECT_EQ(header.ssrc, prompt.ssrc);
  EXPECT_EQ(sequence_step(prompt.sequence, one.sequence), 1);
  EXPECT_EQ(sequence_step(one.sequence, two.sequence), 1);
  EXPECT_EQ(sequence_step(two.sequence, three.sequence), 1);
  EXPECT_EQ(timestamp_step(prompt.timestamp, one.timestamp), 8 * 80);
  EXPECT_EQ(timestamp_step(one.timestamp, two.timestamp), 160);
  EXPECT_EQ(timestamp_step(two.timestamp, three.timestamp), 160);
}

TEST_F(RelayTest, rtcp_goes_its_own_way_and_fits_the_stream) {
  begin();
  Peer caller(kOurs);
  Peer phone(kOurs);
  Peer caller_rtcp(kOurs);
  Peer phone_rtcp(kOurs);
  const OpenedLeg at_caller = open_for(caller, {.rtcp_port = caller_rtcp.endpoint().port});
  const OpenedLeg at_phone = open_for(phone);
  caller_rtcp.talks_to(kOurs);
  phone_rtcp.talks_to(kOurs);
  introduce(caller, at_caller, phone, at_phone);
  phone.send(rtp(0xb, 1, 0), at_phone.rtp_port);
  const RtpHeader heard = caller.next_rtp();

  phone_rtcp.send(report(200, 0xb, 160, {}), at_phone.rtcp_port);
  const Packet told = caller_rtcp.next();
  ASSERT_EQ(told.size(), 28u);
  EXPECT_EQ(caller_rtcp.from().port, at_caller.rtcp_port);
  EXPECT_EQ(read_u32(told.data() + 4), heard.ssrc);
  EXPECT_EQ(read_u32(told.data() + 16), heard.timestamp + 160);
  caller_rtcp.send(report(201, 0xa, 0, {heard.ssrc}), at_caller.rtcp_port);
  const Packet back = phone_rtcp.next();
  ASSERT_EQ(back.size(), 32u);
  EXPECT_EQ(read_u32(back.data() + 8), 0xbu) << "about the phone's own stream";
  EXPECT_EQ(of(at_phone).rtcp_in, 1u);
}

TEST_F(RelayTest, rtcp_on_the_port_of_rtp_where_that_was_agreed_on) {
  begin();
  Peer caller(kOurs);
  Peer phone(kOurs);
  const OpenedLeg at_caller = open_for(caller, {.rtcp_mux = true});
  const OpenedLeg at_phone = open_for(phone);
  introduce(caller, at_caller, phone, at_phone);

  phone.send(report(201, 0xb, 0, {}), at_phone.rtp_port);
  EXPECT_TRUE(comes_true([&] { return of(at_phone).malformed == 1; })) << "not agreed on there";
  Peer phone_rtcp(kOurs);
  phone_rtcp.talks_to(kOurs);
  phone_rtcp.send(report(201, 0xb, 0, {}), at_phone.rtcp_port);
  EXPECT_EQ(caller.next().size(), 8u);
  EXPECT_EQ(caller.from().port, at_caller.rtp_port);
  caller.send(report(201, 0xa, 0, {}), at_caller.rtp_port);
  EXPECT_EQ(phone_rtcp.next().size(), 8u);
}

TEST_F(RelayTest, a_private_address_gets_nothing_before_it_sends) {
  begin();
  Peer caller(kOurs);
  Peer near(kOurs);
  const auto frames = std::make_shared<NumberedFrames>(2);
  const OpenedLeg at_caller = open_for(caller);
  const OpenedLeg at_near = open_for(near, {.is_near = true});
  relay->play(at_caller.id, {.frames = frames, .repeats = true});
  relay->play(at_near.id, {.frames = frames, .repeats = true});
  settle();
  for (int i = 0; i < 5; ++i) {
    pass(20ms);
    EXPECT_NE(near.next().size(), 0u);
  }
  EXPECT_TRUE(caller.has_nothing());
  EXPECT_EQ(of(at_caller).packets_out, 0u);
  caller.send(rtp(0xa, 1, 0), at_caller.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_caller) == 1; }));
  pass(20ms);
  EXPECT_NE(caller.next().size(), 0u);
}

TEST_F(RelayTest, on_hold_nothing_is_sent) {
  begin();
  Peer caller(kOurs);
  Peer phone(kOurs);
  const OpenedLeg at_caller = open_for(caller);
  const OpenedLeg at_phone = open_for(phone);
  introduce(caller, at_caller, phone, at_phone);
  relay->set_remote(at_phone.id, {.rtp = *Endpoint::parse("0.0.0.0", 9)});
  settle();
  caller.send(rtp(0xa, 1, 160, 8, 33), at_caller.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_caller) == 2; }));
  relay->set_remote(at_phone.id, {.rtp = phone.endpoint()});
  settle();
  caller.send(rtp(0xa, 2, 320), at_caller.rtp_port);
  EXPECT_EQ(phone.next().size(), 172u);
  EXPECT_TRUE(phone.has_nothing());
  EXPECT_EQ(of(at_phone).packets_out, 1u);
}

TEST_F(RelayTest, a_playback_keeps_its_pace_repeats_and_gives_way) {
  begin();
  Peer caller(kOurs);
  Peer phone(kOurs);
  const OpenedLeg at_caller = open_for(caller);
  const OpenedLeg at_phone = open_for(phone);
  introduce(caller, at_caller, phone, at_phone);
  relay->play(at_caller.id,
              {.frames = std::make_shared<NumberedFrames>(2), .payload_type = 0, .repeats = true});
  settle();
  std::optional<RtpHeader> before;
  for (const int number : {0, 1, 0, 1, 0}) {
    pass(20ms);
    const Packet packet = caller.next();
    ASSERT_EQ(packet.size(), 172u);
    EXPECT_EQ(packet[12], number);
    const auto header = read_rtp(packet);
    EXPECT_EQ(header->payload_type, 0);
    EXPECT_EQ(header->marker, !before);
    EXPECT_EQ(header->timestamp, before ? before->timestamp + 160 : header->timestamp);
    before = header;
  }
  settle();
  EXPECT_TRUE(caller.has_nothing()) << "nothing while no time passes";
  phone.send(rtp(0xb, 1, 160), at_phone.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_phone) == 2; }));
  EXPECT_TRUE(caller.has_nothing()) << "the phone is not heard meanwhile";

  relay->stop(at_caller.id);
  settle();
  phone.send(rtp(0xb, 2, 320), at_phone.rtp_port);
  EXPECT_EQ(caller.next()[12], 0xd5);
  EXPECT_TRUE(events().empty()) << "it did not end by itself";
}

TEST_F(RelayTest, keys_are_told_once_each) {
  begin();
  Peer caller(kOurs);
  const OpenedLeg leg = open_for(caller, {.telephone_event = 101});
  for (const int code : {4, 0, 0}) {
    const auto key = static_cast<std::uint8_t>(code);
    pass(100ms);
    const auto timestamp = static_cast<std::uint32_t>(now_us / 125);
    for (std::uint16_t i = 1; i <= 3; ++i) {
      caller.send(telephone_event(0xa, i, timestamp, key, true, 800), leg.rtp_port);
    }
    const std::uint64_t so_far = in(leg);
    EXPECT_TRUE(comes_true([&] { return in(leg) >= so_far + 1; }));
    settle();
  }
  // A key whose end is lost.
  caller.send(telephone_event(0xa, 9, static_cast<std::uint32_t>(now_us / 125) + 9, 11, false, 160),
              leg.rtp_port);
  settle();
  pass(200ms);
  EXPECT_EQ(events(4), (Told{"pressed 1 4", "pressed 1 0", "pressed 1 0", "pressed 1 #"}));
}

TEST_F(RelayTest, silence_is_told_once_and_not_of_who_need_not_speak) {
  begin();
  Peer caller(kOurs);
  Peer phone(kOurs);
  Peer held(kOurs);
  const OpenedLeg at_caller = open_for(caller);
  const OpenedLeg at_phone = open_for(phone);
  const OpenedLeg at_held = open_for(held);
  for (const OpenedLeg& leg : {at_caller, at_phone, at_held}) relay->watch_silence(leg.id, 30s);
  relay->expect_media(at_held.id, false);
  settle();
  pass(29s);
  phone.send(rtp(0xb, 1, 160), at_phone.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_phone) == 1; }));
  pass(2s);
  EXPECT_EQ(events(1), Told{"silent 1"});
  pass(10s);
  settle();
  EXPECT_EQ(events(), Told{"silent 1"});
  pass(20s);
  EXPECT_EQ(events(2), (Told{"silent 1", "silent 2"}));
  relay->expect_media(at_held.id, true);
  settle();
  pass(29s);
  settle();
  EXPECT_EQ(events().size(), 2u) << "its time begins anew";
  pass(2s);
  EXPECT_EQ(events(3).back(), "silent 3");
}

TEST_F(RelayTest, a_loss_and_what_was_late_are_counted) {
  begin();
  Peer caller(kOurs);
  const OpenedLeg leg = open_for(caller);
  for (std::uint16_t i = 0; i < 50; ++i) {
    pass(i % 2 == 0 ? 15ms : 25ms);
    if (i == 20 || i == 21) continue;
    const std::uint64_t before = in(leg);
    caller.send(rtp(0xa, i, 160u * i), leg.rtp_port);
    ASSERT_TRUE(comes_true([&] { return in(leg) == before + 1; }));
  }
  EXPECT_TRUE(comes_true([&] { return of(leg).lost == 2; }));
  EXPECT_GE(of(leg).jitter, 30u);
  EXPECT_LE(of(leg).jitter, 40u);
}

TEST_F(RelayTest, ports_that_are_taken_are_passed_over_and_their_end_is_told) {
  Peer other(kOurs);  // has one port, of no pair that we could have
  const auto first = static_cast<std::uint16_t>(other.endpoint().port & ~1);
  if (first > 65'500) GTEST_SKIP() << "no room above " << first;
  begin(static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(first + 9));
  std::vector<OpenedLeg> legs;
  while (const auto leg = relay->open(Family::v4)) legs.push_back(*leg);
  EXPECT_GE(legs.size(), 1u);
  EXPECT_LE(legs.size(), 4u) << "one of five pairs is taken";
  for (const OpenedLeg& leg : legs) EXPECT_NE(leg.rtp_port, first);
  const auto refused = relay->open(Family::v4);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "media: no pair of ports is free in " + std::to_string(first) +
                                 " to " + std::to_string(first + 9));
  EXPECT_EQ(relay->counters().range_exhausted, 2u);
  EXPECT_EQ(relay->counters().legs, legs.size());

  relay->close(legs.front().id);
  EXPECT_TRUE(comes_true([&] { return relay->open(Family::v4).has_value(); }));
}

TEST_F(RelayTest, ports_can_be_had_again_after_a_crash) {
  begin();
  const OpenedLeg before = open();
  relay.reset();
  begin();
  const auto again = relay->open_again(Family::v4, before.rtp_port);
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again->rtp_port, before.rtp_port);
  EXPECT_EQ(again->rtcp_port, before.rtcp_port);
  EXPECT_EQ(relay->open_again(Family::v4, before.rtp_port).error(),
            "media: port " + std::to_string(before.rtp_port) + " is not free, or none of ours");

  const auto elsewhere = Relay::start({.address_v4 = kOurs}, [] { return MediaTime(); }, {});
  ASSERT_TRUE(elsewhere) << elsewhere.error();
  EXPECT_EQ(
      (*elsewhere)->open_again(Family::v4, before.rtp_port).error(),
      "media: cannot open port " + std::to_string(before.rtp_port) + ": Address already in use");
}

TEST_F(RelayTest, a_closed_leg_is_gone) {
  begin();
  Peer caller(kOurs);
  Peer phone(kOurs);
  const OpenedLeg at_caller = open_for(caller);
  const OpenedLeg at_phone = open_for(phone);
  introduce(caller, at_caller, phone, at_phone);
  relay->play(at_phone.id, {.frames = std::make_shared<NumberedFrames>(1), .repeats = true});
  relay->close(at_phone.id);
  relay->close(at_phone.id);
  relay->set_remote(at_phone.id, {.rtp = phone.endpoint()});
  relay->connect(at_caller.id, at_phone.id);
  settle();
  caller.send(rtp(0xa, 1, 160), at_caller.rtp_port);
  EXPECT_TRUE(comes_true([&] { return in(at_caller) == 2; }));
  EXPECT_EQ(of(at_phone).packets_in, 0u);
  EXPECT_EQ(relay->counters().legs, 1u);
  const std::uint64_t taken = relay->traffic().packets_in;
  EXPECT_GE(taken, 2u);
  relay->close(at_caller.id);
  EXPECT_EQ(relay->traffic().packets_in, taken) << "legs that are closed count";
}

TEST_F(RelayTest, what_cannot_be_is_said) {
  struct Row {
    RelaySettings settings;
    const char* error;
  };
  const Row rows[] = {
      {{.address_v4 = "localhost"}, "media: “localhost” is no IPv4 address"},
      {{.address_v4 = "::1"}, "media: “::1” is no IPv4 address"},
      {{.address_v6 = "127.0.0.1"}, "media: “127.0.0.1” is no IPv6 address"},
      {{.address_v4 = "192.0.2.1"},
       "media: cannot bind to 192.0.2.1: Cannot assign requested "
       "address"},
      {{.address_v4 = kOurs, .first_port = 30'000, .last_port = 20'000},
       "media: the ports 30000 to 20000 are no range"},
      {{.address_v4 = kOurs, .first_port = 20'001, .last_port = 20'002},
       "media: there is no even port with an odd one above it in 20001 to 20002"},
      {{.address_v4 = kOurs, .tick = 0us}, "media: a tick of 0 µs is not one of 1 to 20000"},
      {{.address_v4 = kOurs, .tick = 1s}, "media: a tick of 1000000 µs is not one of 1 to 20000"},
      {{.address_v4 = kOurs, .realtime_priority = 100},
       "media: no realtime priority 100: Invalid argument"},
  };
  for (const Row& row : rows) {
    const auto started = Relay::start(row.settings, [] { return MediaTime(); }, {});
    ASSERT_FALSE(started) << row.error;
    EXPECT_EQ(started.error(), row.error);
  }
  const auto started = Relay::start({.address_v4 = kOurs}, [] { return MediaTime(); }, {});
  ASSERT_TRUE(started) << started.error();
  EXPECT_EQ((*started)->open(Family::v6).error(), "media: no address of ours for IPv6");
}

}  // namespace
}  // namespace hotline::media
