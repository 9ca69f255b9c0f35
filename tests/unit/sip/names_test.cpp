// Gateways written by name.
#include "sip/names.h"

#include <gmock/gmock.h>

#include "bench.h"

namespace hotline::sip {
namespace {

using testing::ElementsAre;

routing::Endpoint named(const char* name) { return {routing::Transport::udp, "", 5060, name}; }

TEST(Names, each_address_is_a_gateway_and_they_share_the_weight) {
  routing::Trunk trunk;
  trunk.gateways = {named("two.example"),
                    {routing::Transport::udp, "192.0.2.9", 5070, ""},
                    named("none.example")};
  trunk.weights = {3, 1, 2};
  const Names names{{"two.example", {"192.0.2.1", "192.0.2.2"}}, {"other.example", {"192.0.2.3"}}};
  const routing::Trunk resolved = by_addresses(trunk, names);
  ASSERT_EQ(resolved.gateways.size(), 4u);
  EXPECT_EQ(resolved.gateways[0].host, "192.0.2.1");
  EXPECT_EQ(resolved.gateways[1].host, "192.0.2.2");
  EXPECT_EQ(resolved.gateways[1].name, "two.example");
  EXPECT_EQ(resolved.gateways[2], trunk.gateways[1]);
  EXPECT_EQ(resolved.gateways[3], trunk.gateways[2]) << "not resolved: no host";
  EXPECT_THAT(resolved.weights, ElementsAre(3u * 420, 3u * 420, 1u * 840, 2u * 840));
}

TEST(Names, of_many_addresses_some_are_used) {
  routing::Trunk trunk;
  trunk.gateways = {named("many.example")};
  EXPECT_EQ(by_addresses(trunk, {{"many.example", std::vector<std::string>(50, "192.0.2.1")}})
                .gateways.size(),
            kMostAddresses);
}

struct Rig {
  Rig() {
    auto snapshot = bench.snapshot();
    snapshot->trunks.front().gateways = {
        {routing::Transport::udp, "", bench.gateway.port(), "sip.carrier.example"}};
    bench.signalling->use(snapshot);
    configured = snapshot;
  }
  void call(std::uint32_t number) {
    call::RingPhone wish = ring_phone(bench, CallRef{7}, number);
    wish.address = routing::TrunkNumber{"unicom", "02161234567"};
    bench.signalling->perform(wish);
  }
  GatewayView view() const { return bench.signalling->trunks().front().gateways.front(); }

  Bench bench;
  std::shared_ptr<const routing::Snapshot> configured;
};

TEST(Names, calls_wait_for_nobody_to_resolve_one) {
  Rig rig;
  rig.call(1);
  EXPECT_EQ(rig.bench.next<call::PhoneFailed>().how, call::Failure::failed);
  EXPECT_EQ(rig.view().health, Health::down);
  EXPECT_EQ(rig.view().why, "not resolved");
  EXPECT_EQ(rig.view().address,
            "udp:sip.carrier.example:" + std::to_string(rig.bench.gateway.port()));
}

TEST(Names, calls_go_to_its_address) {
  Rig rig;
  rig.bench.signalling->know("sip.carrier.example", {"127.0.0.3", "::1"});
  EXPECT_EQ(rig.bench.signalling->trunks().front().gateways.size(), 1u) << "we have no IPv6 socket";
  EXPECT_TRUE(rig.view().address.ends_with(" (127.0.0.3)")) << rig.view().address;
  rig.call(1);
  EXPECT_EQ(rig.bench.gateway.receive("INVITE").start(),
            "INVITE sip:02161234567@" + rig.bench.gateway.at() + " SIP/2.0");
}

TEST(Names, addresses_outlive_a_reload_and_a_failure_to_speak_their_family) {
  Rig rig;
  rig.bench.signalling->know("sip.carrier.example", {"127.0.0.3"});
  rig.bench.signalling->use(rig.configured);
  rig.bench.signalling->know("sip.carrier.example", {"::1"});
  rig.call(1);
  EXPECT_TRUE(rig.bench.gateway.receive("INVITE"));
}

TEST(Names, an_address_that_is_gone_is_a_stranger_once_its_calls_are_over) {
  Rig rig;
  rig.bench.signalling->know("sip.carrier.example", {"127.0.0.3"});
  const std::string asks = "OPTIONS sip:" + rig.bench.at() + " SIP/2.0\r\nVia: SIP/2.0/UDP " +
                           rig.bench.gateway.at() +
                           ";branch=z9hG4bKo\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@b>\r\n"
                           "Call-ID: o\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
  rig.bench.gateway.send(asks);
  EXPECT_TRUE(rig.bench.gateway.receive("SIP/2.0 200"));
  rig.bench.signalling->know("sip.carrier.example", {"127.0.0.8"});
  rig.bench.gateway.send(asks);
  EXPECT_TRUE(rig.bench.gateway.hears_nothing());
}

}  // namespace
}  // namespace hotline::sip
