#include "sip/peers.h"

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

const Address kStranger = *Address::parse("127.0.0.50");

TEST(Peers, are_those_that_a_configuration_names) {
  routing::Snapshot snapshot;
  routing::Trunk& trunk = snapshot.trunks.emplace_back();
  trunk.sources = {"127.0.0.2", "::1"};
  trunk.gateways = {{{}, "127.0.0.3", 5060}};
  auto hotline = std::make_unique<routing::Hotline>();
  auto phone = std::make_unique<routing::Phone>();
  phone->address = routing::PhoneUri{"sip:li@127.0.0.9:5070"};
  hotline->phones.push_back(std::move(phone));
  snapshot.hotlines.add("4001234567", std::move(hotline));
  Peers peers;
  peers.use(snapshot);

  struct Row {
    const char* address;
    bool known;
    bool calls;
  };
  const Row rows[] = {
      {"127.0.0.2", true, true},  {"::1", true, true},         {"::ffff:127.0.0.2", true, true},
      {"127.0.0.3", true, false}, {"127.0.0.9", true, false},  {"127.0.0.50", false, false},
      {"::2", false, false},      {"127.0.0.1", false, false},
  };
  for (const Row& row : rows) {
    const Address address = *Address::parse(row.address);
    EXPECT_EQ(peers.knows(address), row.known) << row.address;
    EXPECT_EQ(peers.trunk_at(address) != nullptr, row.calls) << row.address;
  }
  peers.use(routing::Snapshot{});
  EXPECT_FALSE(peers.knows(*Address::parse("127.0.0.2")));
}

TEST(Peers, of_a_live_leg_are_known_until_a_while_after_it) {
  const Instant start{Milliseconds(1'000)};
  Peers peers;
  peers.learn(kStranger);
  peers.learn(kStranger);
  peers.forget(kStranger, start);
  EXPECT_TRUE(peers.knows(kStranger));
  peers.forget(kStranger, start);
  EXPECT_TRUE(peers.knows(kStranger));

  // Another leg's end, later, is when the old are swept out; one that came back stays.
  const Address other = *Address::parse("127.0.0.51");
  const auto end_of_another_leg = [&](Instant when) {
    peers.learn(other);
    peers.forget(other, when);
  };
  end_of_another_leg(start + Seconds(31));
  EXPECT_TRUE(peers.knows(kStranger));
  end_of_another_leg(start + Seconds(33));
  EXPECT_FALSE(peers.knows(kStranger));
}

TEST(Peers, that_come_back_in_time_are_not_swept_out) {
  const Instant start{Milliseconds(1'000)};
  Peers peers;
  peers.learn(kStranger);
  peers.forget(kStranger, start);
  peers.learn(kStranger);
  const Address other = *Address::parse("127.0.0.51");
  peers.learn(other);
  peers.forget(other, start + Seconds(60));
  EXPECT_TRUE(peers.knows(kStranger));
}

}  // namespace
}  // namespace hotline::sip
