// Calls over TCP, and over TCP on one side only (RFC 3261 §18).
#include "bench.h"

namespace hotline::sip {
namespace {

using routing::Transport;

call::RingPhone ring_over_tcp(const Peer& phone, CallRef call) {
  call::RingPhone wish;
  wish.leg = LegId{call, 1};
  wish.address = routing::PhoneUri{"sip:desk@" + phone.at() + phone.uri_end()};
  wish.hotline = "4001234567";
  wish.offer = {"application/sdp", kOffer};
  return wish;
}

TEST(Tcp, a_call_from_a_carrier_stays_on_its_connection) {
  Bench bench(true);
  Peer carrier(bench, "127.0.0.2", Transport::tcp);
  const Invite invite;
  carrier.send(invite.text(bench, carrier));
  const CallRef call = bench.next<call::CallOffered>().call;
  EXPECT_TRUE(carrier.receive("SIP/2.0 100"));
  bench.signalling->perform(call::AnswerCaller{call, {"application/sdp", kAnswer}});
  const Message ok = carrier.receive("SIP/2.0 200");
  EXPECT_EQ(ok.header("Contact"), "<sip:" + bench.at() + ";transport=tcp>");
  carrier.send(in_dialog(bench, carrier, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  carrier.send(in_dialog(bench, carrier, invite, ok, "BYE", 2));
  EXPECT_TRUE(carrier.receive("SIP/2.0 200"));
  bench.next<call::HungUp>();
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

TEST(Tcp, a_phone_is_rung_over_it_and_hung_up_over_the_same_connection) {
  Bench bench(true);
  Peer desk(bench, "127.0.0.9", Transport::tcp);
  const CallRef call{7};
  bench.signalling->perform(ring_over_tcp(desk, call));
  const Message out = desk.receive("INVITE");
  EXPECT_TRUE(out.header("Via").starts_with("SIP/2.0/TCP " + bench.at() + ";"));
  EXPECT_EQ(out.header("Contact"), "<sip:" + bench.at() + ";transport=tcp>");
  desk.send(answer_to(out, desk, "200 OK", "t", kAnswer));
  bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::ConfirmPhone{LegId{call, 1}, {}});
  EXPECT_TRUE(desk.receive("ACK"));
  bench.signalling->perform(call::HangUp{LegId{call, 1}, Cause::hung_up});
  const Message bye = desk.receive("BYE");
  EXPECT_TRUE(bye.header("Via").starts_with("SIP/2.0/TCP"));
  desk.send(answer_to(bye, desk, "200 OK", "t"));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(Tcp, a_connection_is_used_again_and_opened_anew_when_it_is_gone) {
  Bench bench(true);
  Peer desk(bench, "127.0.0.9", Transport::tcp);
  for (std::uint64_t n = 1; n <= 3; ++n) {
    bench.signalling->perform(ring_over_tcp(desk, CallRef{n}));
    const Message out = desk.receive("INVITE");
    desk.send(answer_to(out, desk, "486 Busy Here", "t"));
    EXPECT_TRUE(desk.receive("ACK"));
    EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::busy);
    if (n < 3) continue;
    desk.hang_up();
    bench.run_dry();
  }
  bench.signalling->perform(ring_over_tcp(desk, CallRef{4}));
  EXPECT_TRUE(desk.receive("INVITE"));
}

TEST(Tcp, a_dead_connection_is_found_out_and_left) {
  Bench bench(true);
  Peer desk(bench, "127.0.0.9", Transport::tcp);
  bench.signalling->perform(ring_over_tcp(desk, CallRef{1}));
  desk.send(answer_to(desk.receive("INVITE"), desk, "486 Busy Here", "t"));
  bench.next<call::PhoneFailed>();
  desk.go_deaf();
  bench.signalling->perform(ring_over_tcp(desk, CallRef{2}));
  for (int i = 0; i < 120; ++i) bench.turn();  // the kernel tries again meanwhile
  Loop::skip(Milliseconds(4'100));
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::silent);
  bench.run_dry();
  bench.signalling->perform(ring_over_tcp(desk, CallRef{3}));
  EXPECT_TRUE(desk.receive("INVITE"));
}

TEST(Tcp, a_phone_that_does_not_listen_fails_at_once) {
  Bench bench(true);
  std::string gone;
  {
    const Peer desk(bench, "127.0.0.9", Transport::tcp);
    gone = desk.at();
  }
  call::RingPhone wish = ring_over_tcp(bench.phone, CallRef{7});
  wish.address = routing::PhoneUri{"sip:desk@" + gone + ";transport=tcp"};
  bench.signalling->perform(wish);
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::failed);
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(Tcp, messages_come_in_pieces_and_together) {
  Bench bench(true);
  Peer carrier(bench, "127.0.0.2", Transport::tcp);
  Invite big;
  big.extra = "Subject: " + std::string(20'000, 'x') + "\r\n";
  const std::string text = big.text(bench, carrier);
  for (std::size_t at = 0; at < text.size(); at += 7'001) {
    carrier.send(text.substr(at, 7'001));
    bench.run_dry();
  }
  bench.next<call::CallOffered>();
  Invite second;
  second.branch += "-2";
  second.call_id = "call-2@caller";
  Invite third;
  third.branch += "-3";
  third.call_id = "call-3@caller";
  carrier.send(second.text(bench, carrier) + third.text(bench, carrier));
  EXPECT_EQ(bench.next<call::CallOffered>().leg_id, "call-2@caller");
  EXPECT_EQ(bench.next<call::CallOffered>().leg_id, "call-3@caller");
}

TEST(Tcp, keepalive_is_answered) {
  Bench bench(true);
  Peer carrier(bench, "127.0.0.2", Transport::tcp);
  carrier.send("\r\n\r\n");
  bench.run_dry();
  EXPECT_TRUE(carrier.is_connected());
  carrier.send(Invite{}.text(bench, carrier));
  bench.next<call::CallOffered>();
  EXPECT_TRUE(carrier.receive("\r\nSIP/2.0 100"));  // RFC 5626 §3.5.1: the pong, then the answer
}

// More than 65,535 bytes (as much as a datagram can have) are not even read.
TEST(Tcp, too_large_a_message_is_refused_and_ends_the_connection) {
  Bench bench(true);
  Peer carrier(bench, "127.0.0.2", Transport::tcp);
  Invite invite;
  invite.body = std::string(kOffer) + "a=x:" + std::string(70'000, 'x') + "\r\n";
  carrier.send(invite.text(bench, carrier));
  EXPECT_EQ(carrier.receive().start(), "SIP/2.0 413 Request Entity Too Large");
  EXPECT_FALSE(carrier.receive());
  EXPECT_FALSE(carrier.is_connected());
  carrier.send(Invite{}.text(bench, carrier));
  bench.next<call::CallOffered>();
}

TEST(Tcp, headers_without_an_end_end_the_connection_without_a_word) {
  Bench bench(true);
  Peer carrier(bench, "127.0.0.2", Transport::tcp);
  Invite invite;
  invite.extra = "Subject: " + std::string(70'000, 'x');
  carrier.send(invite.text(bench, carrier).substr(0, 69'000));
  EXPECT_FALSE(carrier.receive());
  EXPECT_FALSE(carrier.is_connected());
  EXPECT_TRUE(bench.events.empty());
}

// Half a message, and then nothing: who sends it is told, and nothing is kept for him.
TEST(Tcp, a_message_that_stops_half_way_is_given_up) {
  Bench bench(true);
  Peer carrier(bench, "127.0.0.2", Transport::tcp);
  const std::string text = Invite{}.text(bench, carrier);
  carrier.send(text.substr(0, text.find("From:")));
  EXPECT_TRUE(carrier.hears_nothing());
  EXPECT_TRUE(carrier.is_connected());
  Loop::skip(Seconds(11));
  carrier.receive();
  EXPECT_FALSE(carrier.receive());
  EXPECT_FALSE(carrier.is_connected());
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(Tcp, strangers_do_not_even_connect) {
  Bench bench(true);
  Peer stranger(bench, "127.0.0.50", Transport::tcp);
  stranger.send(Invite{}.text(bench, stranger));
  EXPECT_FALSE(stranger.is_connected());
  EXPECT_TRUE(bench.events.empty());
}

TEST(Tcp, unsafe_headers_end_the_connection_without_a_word) {
  Bench bench(true);
  Peer carrier(bench, "127.0.0.2", Transport::tcp);
  std::string text = Invite{}.text(bench, carrier);
  text.insert(text.find(";rport"), ";maddr=127.0.0.77");
  carrier.send(text);
  EXPECT_TRUE(carrier.hears_nothing());
  EXPECT_EQ(bench.signalling->counters().malformed, 1u);
  EXPECT_TRUE(bench.events.empty());
}

TEST(Tcp, is_not_taken_to_a_phone_without_it_though_it_is_listened_to_first) {
  Bench bench(true);
  bench.tcp_first = true;
  bench.restart();
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  EXPECT_TRUE(bench.phone.receive("INVITE").header("Via").starts_with("SIP/2.0/UDP"));
}

// Near 2^32 such an announcement crashed the library, in answers too.
TEST(Tcp, a_body_longer_than_any_is_refused_unread) {
  for (const char* length : {"65536", "4294967290", "4294967295", "18446744073709551615"}) {
    Bench bench(true);
    Peer carrier(bench, "127.0.0.2", Transport::tcp);
    std::string text = Invite{}.text(bench, carrier);
    const std::size_t at = text.find("Content-Length: ") + 16;
    text.replace(at, text.find("\r\n", at) - at, length);
    carrier.send(text);
    EXPECT_TRUE(carrier.receive().start().starts_with("SIP/2.0 400")) << length;
    Peer other(bench, "127.0.0.2", Transport::tcp);
    text.replace(0, text.find("\r\n"), "SIP/2.0 200 OK");
    other.send(text);
    EXPECT_TRUE(other.hears_nothing()) << length;
    EXPECT_TRUE(bench.events.empty());
  }
}

TEST(Tcp, a_message_over_the_mtu_goes_to_a_udp_phone_whole) {
  Bench bench(true);
  call::RingPhone wish = ring_phone(bench, CallRef{7});
  wish.offer.body += "a=x-long:" + std::string(4'000, 'x') + "\r\n";
  bench.signalling->perform(wish);
  const Message out = bench.phone.receive("INVITE");
  EXPECT_EQ(out.body(), wish.offer.body);
  EXPECT_TRUE(out.header("Via").starts_with("SIP/2.0/UDP"));
}

}  // namespace
}  // namespace hotline::sip
