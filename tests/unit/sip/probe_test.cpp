// The gateways of a trunk on the wire: OPTIONS to them, and calls around those that are out.
#include "bench.h"

namespace hotline::sip {
namespace {

constexpr CallRef kCall{7};

call::RingPhone by_trunk(std::uint32_t number = 1) {
  call::RingPhone wish;
  wish.leg = LegId{kCall, number};
  wish.address = routing::TrunkNumber{"unicom", "02161234567"};
  wish.presented = "13900000000";
  wish.hotline = "4001234567";
  wish.offer = {"application/sdp", kOffer};
  return wish;
}

void use(Bench& bench, Seconds probe, std::size_t gateways = 2) {
  auto snapshot = bench.snapshot();
  snapshot->trunks.front().probe = probe;
  snapshot->trunks.front().gateways.resize(gateways);
  bench.signalling->use(snapshot);
}

Health health(const Bench& bench, std::size_t gateway) {
  return bench.signalling->trunks().front().gateways.at(gateway).health;
}

void refuse(Bench& bench, Peer& peer, const std::string& line, const std::string& extra = {}) {
  peer.send(answer_to(peer.receive("INVITE"), peer, line, "t", {}, extra, false));
  peer.receive("ACK");
  bench.run_dry();
}

TEST(Probe, asks_each_gateway_whether_it_is_there) {
  Bench bench;
  use(bench, Seconds(30));
  EXPECT_EQ(health(bench, 0), Health::unknown);
  const Message asked = bench.trunk.receive("OPTIONS");
  EXPECT_EQ(asked.start(), "OPTIONS sip:" + bench.trunk.at() + " SIP/2.0");
  EXPECT_EQ(asked.header("To"), "<sip:" + bench.trunk.at() + ">");
  EXPECT_TRUE(asked.header("From").starts_with("<sip:" + bench.at() + ">;tag="));
  EXPECT_EQ(asked.header("Max-Forwards"), "70");
  EXPECT_EQ(asked.header("CSeq"), "1 OPTIONS");
  bench.gateway.send(answer_to(bench.gateway.receive("OPTIONS"), bench.gateway,
                               "405 Method Not Allowed", "t", {}, {}, false));
  bench.trunk.send(answer_to(asked, bench.trunk, "200 OK", "t", {}, {}, false));
  bench.run_dry();
  EXPECT_EQ(health(bench, 0), Health::up);
  EXPECT_EQ(health(bench, 1), Health::up) << "a no is an answer, too";
  EXPECT_EQ(bench.signalling->trunks().front().gateways.at(1).why, "405");

  bench.trunk.drain();
  Loop::skip(Seconds(29));
  EXPECT_TRUE(bench.trunk.hears_nothing());
  Loop::skip(Seconds(2));
  EXPECT_NE(bench.trunk.receive("OPTIONS").header("Call-ID"), asked.header("Call-ID"));
}

TEST(Probe, calls_that_wait_for_a_gateway_move_on_when_it_goes_down) {
  for (const std::size_t gateways : {2U, 1U}) {
    Bench bench;
    use(bench, Seconds(0), gateways);
    const auto rings = [&](std::uint32_t from, std::uint32_t to) {
      for (; from <= to; ++from) bench.signalling->perform(by_trunk(from));
      Loop::skip(Seconds(1));
      bench.run_dry();
    };
    rings(1, 2);
    rings(3, 3);
    rings(4, 30);
    rings(31, 31);
    const std::size_t left = gateways == 2U ? 31U : 29U;
    EXPECT_EQ(bench.signalling->legs(), left) << "two silences prove nothing";
    EXPECT_EQ(bench.events.size(), 31U - left);
    Loop::skip(Seconds(1));
    if (gateways == 2U) {
      for (int i = 0; i < 31; ++i) EXPECT_TRUE(bench.gateway.receive("INVITE")) << i;
      EXPECT_TRUE(bench.events.empty());
    } else {
      for (int i = 0; i < 31; ++i) {
        EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::silent);
      }
    }
    EXPECT_EQ(health(bench, 0), Health::down);
    bench.run_dry();  // sofia's words to itself, which it forgets when it ends
  }
}

TEST(Probe, silence_takes_a_gateway_out_and_an_answer_brings_it_back) {
  Bench bench;
  use(bench, Seconds(30), 1);
  for (int i = 0; i < 3; ++i) {
    bench.trunk.receive("OPTIONS");
    Loop::skip(Seconds(4));
    bench.run_dry();
    bench.trunk.drain();
    Loop::skip(Seconds(1));
    bench.run_dry();
  }
  EXPECT_EQ(health(bench, 0), Health::down);
  bench.signalling->perform(by_trunk());
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::failed);
  EXPECT_EQ(bench.signalling->legs(), 0u);

  bench.trunk.drain();
  Loop::skip(Seconds(3));
  bench.trunk.send(
      answer_to(bench.trunk.receive("OPTIONS"), bench.trunk, "200 OK", "t", {}, {}, false));
  bench.run_dry();
  EXPECT_EQ(health(bench, 0), Health::up);
  bench.signalling->perform(by_trunk(2));
  bench.trunk.receive("INVITE");
}

TEST(Probe, none_is_asked_where_none_is_wanted) {
  Bench bench;
  use(bench, Seconds(0));
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

TEST(Probe, a_reload_forgets_the_question_to_a_gateway_that_is_gone) {
  Bench bench;
  use(bench, Seconds(30));
  const Message asked = bench.gateway.receive("OPTIONS");
  use(bench, Seconds(30), 1);
  bench.gateway.send(answer_to(asked, bench.gateway, "200 OK", "t", {}, {}, false));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->trunks().front().gateways.size(), 1u);
}

TEST(Breaker, calls_skip_a_gateway_that_was_silent_three_times) {
  Bench bench;
  for (std::uint32_t i = 1; i <= 3; ++i) {
    bench.signalling->perform(by_trunk(i));
    bench.trunk.receive("INVITE");
    Loop::skip(Seconds(4));
    refuse(bench, bench.gateway, "486 Busy Here");
    bench.next<call::PhoneFailed>();
    bench.trunk.drain();
  }
  EXPECT_EQ(health(bench, 0), Health::down);
  bench.signalling->perform(by_trunk(4));
  EXPECT_TRUE(bench.gateway.receive("INVITE")) << "at once";
  EXPECT_TRUE(bench.trunk.hears_nothing());
}

TEST(Breaker, a_gateway_that_asks_for_rest_gets_it) {
  Bench bench;
  bench.signalling->perform(by_trunk(1));
  refuse(bench, bench.trunk, "503 Service Unavailable", "Retry-After: 20\r\n");
  refuse(bench, bench.gateway, "486 Busy Here");
  bench.next<call::PhoneFailed>();
  bench.signalling->perform(by_trunk(2));
  refuse(bench, bench.gateway, "486 Busy Here");
  bench.next<call::PhoneFailed>();
  EXPECT_TRUE(bench.trunk.hears_nothing());
  Loop::skip(Seconds(21));
  bench.signalling->perform(by_trunk(3));
  EXPECT_TRUE(bench.trunk.receive("INVITE"));
}

TEST(Breaker, where_all_are_out_the_attempt_fails_at_once) {
  Bench bench;
  bench.signalling->perform(by_trunk(1));
  refuse(bench, bench.trunk, "503 Service Unavailable", "Retry-After: 20\r\n");
  refuse(bench, bench.gateway, "503 Service Unavailable", "Retry-After: 20\r\n");
  EXPECT_EQ(bench.next<call::PhoneFailed>().status, 503);
  bench.signalling->perform(by_trunk(2));
  const auto failed = bench.next<call::PhoneFailed>();
  EXPECT_EQ(failed.how, call::Failure::failed);
  EXPECT_EQ(failed.status, 0);
  EXPECT_TRUE(bench.trunk.hears_nothing());
  EXPECT_TRUE(bench.gateway.hears_nothing());
}

TEST(Breaker, a_call_under_way_skips_what_went_down_meanwhile) {
  Bench bench;
  bench.signalling->perform(by_trunk(1));
  const Message first = bench.trunk.receive("INVITE");
  bench.signalling->perform(by_trunk(2));
  const Message second = bench.trunk.receive("INVITE");
  bench.trunk.send(answer_to(second, bench.trunk, "500 No", "t", {}, {}, false));
  refuse(bench, bench.gateway, "503 Service Unavailable", "Retry-After: 20\r\n");
  bench.next<call::PhoneFailed>();
  bench.trunk.send(answer_to(first, bench.trunk, "500 No", "u", {}, {}, false));
  EXPECT_EQ(bench.next<call::PhoneFailed>().status, 500);
  EXPECT_TRUE(bench.gateway.hears_nothing());
}

TEST(Breaker, phones_with_an_address_of_their_own_have_none) {
  Bench bench;
  for (std::uint32_t i = 1; i <= 12; ++i) {
    bench.signalling->perform(ring_phone(bench, kCall, i));
    refuse(bench, bench.phone, "503 Service Unavailable", "Retry-After: 20\r\n");
    EXPECT_EQ(bench.next<call::PhoneFailed>().status, 503);
  }
}

TEST(Gateways, calls_go_by_weight) {
  Bench bench;
  auto snapshot = bench.snapshot();
  snapshot->trunks.front().weights = {1, 2};
  bench.signalling->use(snapshot);
  for (std::uint32_t i = 1; i <= 3; ++i) {
    Peer& peer = i == 2 ? bench.trunk : bench.gateway;
    bench.signalling->perform(by_trunk(i));
    refuse(bench, peer, "486 Busy Here");
    bench.next<call::PhoneFailed>();
  }
}

}  // namespace
}  // namespace hotline::sip
