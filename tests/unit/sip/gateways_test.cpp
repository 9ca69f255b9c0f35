// Which gateways a call is sent through, by what became of those before it.
#include "sip/gateways.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr GatewayId kA{1};
constexpr GatewayId kB{2};
constexpr GatewayId kC{3};
constexpr Seconds kNone{0};

constexpr Instant at(std::int64_t ms) { return Instant(Milliseconds(1'000'000 + ms)); }

routing::Trunk trunk(std::size_t gateways, std::vector<std::uint32_t> weights = {},
                     Seconds probe = Seconds(0)) {
  routing::Trunk made;
  made.name = "unicom";
  for (std::size_t i = 0; i < gateways; ++i) {
    made.gateways.push_back({routing::Transport::udp, "192.0.2." + std::to_string(i + 1), 5060});
  }
  made.weights = std::move(weights);
  made.probe = probe;
  return made;
}

struct Rig {
  explicit Rig(const routing::Trunk& configured)
      : gateways([this](const GatewayNews& one) {
          news.push_back((one.up ? "up " : "down ") + one.address + ": " + one.why +
                         (one.trunk_up ? "" : ", trunk down"));
        }) {
    gateways.use({configured}, at(0));
  }
  std::vector<GatewayId> choose(std::int64_t ms) { return gateways.choose("unicom", at(ms)); }
  void missed(GatewayId id, std::int64_t ms, Asked asked = Asked::by_call) {
    gateways.missed(id, asked, Missed::silent, at(ms));
  }
  void heard(GatewayId id, std::int64_t ms, int status = 200, Seconds after = kNone,
             Asked asked = Asked::by_call) {
    gateways.heard(id, asked, status, after, at(ms));
  }
  void bring_down(GatewayId id, std::int64_t ms) {
    for (int i = 0; i < 3; ++i) missed(id, ms);
  }
  GatewayView view(std::size_t which, std::int64_t ms) {
    return gateways.view(at(ms)).front().gateways.at(which);
  }

  std::vector<std::string> news;
  Gateways gateways;
};

TEST(Gateways, are_tried_in_the_order_written) {
  Rig rig(trunk(3));
  EXPECT_THAT(rig.choose(0), ElementsAre(kA, kB, kC));
  EXPECT_THAT(rig.choose(0), ElementsAre(kA, kB, kC));
  EXPECT_THAT(rig.gateways.choose("nobody", at(0)), IsEmpty());
}

TEST(Gateways, share_calls_by_weight_smoothly) {
  Rig rig(trunk(3, {3, 1, 0}));
  std::string turns;
  for (int i = 0; i < 8; ++i) {
    const auto order = rig.choose(0);
    ASSERT_EQ(order.size(), 3u);
    EXPECT_EQ(order.back(), kC) << "one of weight 0 only helps out";
    turns += order.front() == kA ? 'a' : 'b';
  }
  EXPECT_EQ(turns, "aabaaaba");
  rig.bring_down(kA, 0);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(rig.choose(1), ElementsAre(kB, kC));
  rig.bring_down(kB, 2);
  EXPECT_THAT(rig.choose(3), ElementsAre(kC));
}

TEST(Gateways, three_silences_in_a_row_take_one_out) {
  Rig rig(trunk(2));
  rig.missed(kA, 0);
  rig.missed(kA, 10);
  rig.heard(kA, 20, 486);  // it lives
  rig.missed(kA, 30);
  rig.missed(kA, 40);
  EXPECT_THAT(rig.choose(45), ElementsAre(kA, kB));
  EXPECT_THAT(rig.news, IsEmpty());
  rig.missed(kA, 50);
  EXPECT_THAT(rig.choose(60), ElementsAre(kB));
  EXPECT_FALSE(rig.gateways.takes_calls(kA, at(60)));
  EXPECT_THAT(rig.news, ElementsAre("down udp:192.0.2.1:5060: silent"));
  const GatewayView view = rig.view(0, 60);
  EXPECT_EQ(view.health, Health::down);
  EXPECT_EQ(view.why, "silent");
  EXPECT_EQ(view.since, at(50));
}

TEST(Gateways, an_error_about_a_call_says_nothing_of_the_gateway) {
  Rig rig(trunk(2));
  for (int i = 0; i < 50; ++i) rig.heard(kA, i, 500);
  EXPECT_THAT(rig.choose(60), ElementsAre(kA, kB));
  for (int i = 0; i < 9; ++i) rig.heard(kA, 100 + i, 503);
  EXPECT_THAT(rig.choose(110), ElementsAre(kA, kB));
  rig.heard(kA, 111, 503);
  EXPECT_THAT(rig.choose(120), ElementsAre(kB));
  EXPECT_THAT(rig.news, ElementsAre("down udp:192.0.2.1:5060: 503"));
}

TEST(Gateways, retry_after_is_honoured_and_bounded) {
  Rig rig(trunk(2));
  rig.heard(kA, 0, 503, Seconds(30));
  EXPECT_THAT(rig.choose(29'999), ElementsAre(kB));
  EXPECT_EQ(rig.view(0, 29'999).health, Health::down);
  EXPECT_EQ(rig.view(0, 29'999).why, "503 for 30 s");
  rig.heard(kA, 10, 200);  // a call sent before
  EXPECT_THAT(rig.choose(29'999), ElementsAre(kB));
  EXPECT_THAT(rig.choose(30'000), ElementsAre(kA, kB));
  EXPECT_EQ(rig.view(0, 30'000).health, Health::unknown);
  rig.heard(kA, 30'001, 180);
  EXPECT_EQ(rig.view(0, 30'001).health, Health::up);
  rig.heard(kA, 40'000, 503, Seconds(86'400));
  EXPECT_THAT(rig.choose(339'999), ElementsAre(kB));
  EXPECT_THAT(rig.choose(340'000), ElementsAre(kA, kB));
  EXPECT_THAT(rig.news,
              ElementsAre("down udp:192.0.2.1:5060: 503 for 30 s", "up udp:192.0.2.1:5060: 180",
                          "down udp:192.0.2.1:5060: 503 for 300 s"));
}

TEST(Gateways, where_all_are_out_one_call_tries_at_growing_intervals) {
  Rig rig(trunk(1));
  rig.bring_down(kA, 0);
  EXPECT_THAT(rig.news, ElementsAre("down udp:192.0.2.1:5060: silent, trunk down"));
  std::int64_t now = 0;
  for (const std::int64_t wait : {2'000, 4'000, 8'000, 16'000, 30'000, 30'000}) {
    EXPECT_THAT(rig.choose(now + wait - 1), IsEmpty()) << wait;
    now += wait;
    EXPECT_THAT(rig.choose(now), ElementsAre(kA)) << wait;
    EXPECT_EQ(rig.view(0, now).health, Health::probing);
    EXPECT_THAT(rig.choose(now), IsEmpty()) << "one at a time";
    rig.missed(kA, now);
    rig.missed(kA, now);  // a call from before: its silence is no news
  }
  EXPECT_THAT(rig.choose(now + 30'000), ElementsAre(kA));
  rig.heard(kA, now + 30'100, 100);
  EXPECT_THAT(rig.choose(now + 30'101), ElementsAre(kA));
  EXPECT_THAT(rig.choose(now + 30'101), ElementsAre(kA));
  EXPECT_EQ(rig.news.back(), "up udp:192.0.2.1:5060: 100");
}

TEST(Gateways, a_trial_that_ends_without_a_word_on_it_is_tried_again) {
  Rig rig(trunk(1));
  rig.bring_down(kA, 0);
  EXPECT_THAT(rig.choose(2'000), ElementsAre(kA));  // its caller gives up at once
  EXPECT_THAT(rig.choose(5'000), IsEmpty());
  EXPECT_THAT(rig.choose(6'000), ElementsAre(kA));
}

TEST(Gateways, without_probes_a_call_tries_first_the_one_that_is_down) {
  Rig rig(trunk(2));
  rig.bring_down(kA, 0);
  EXPECT_THAT(rig.choose(1'999), ElementsAre(kB));
  EXPECT_THAT(rig.choose(2'000), ElementsAre(kA, kB));
  EXPECT_THAT(rig.choose(2'001), ElementsAre(kB));
}

TEST(Gateways, with_probes_no_call_waits_for_the_one_that_is_down) {
  Rig rig(trunk(2, {}, Seconds(30)));
  rig.bring_down(kA, 0);
  EXPECT_THAT(rig.choose(100'000), ElementsAre(kB));
  rig.bring_down(kB, 100'000);
  EXPECT_THAT(rig.choose(102'000), ElementsAre(kA)) << "but when none is left";
}

TEST(Gateways, are_probed_at_once_then_at_the_interval) {
  Rig rig(trunk(2, {}, Seconds(30)));
  EXPECT_EQ(rig.gateways.next_probe(), at(0));
  EXPECT_THAT(rig.gateways.take_due(at(0)), ElementsAre(kA, kB));
  EXPECT_EQ(rig.gateways.next_probe(), Instant::max()) << "both are under way";
  rig.heard(kA, 5, 404, kNone, Asked::by_probe);
  rig.heard(kB, 9, 200, kNone, Asked::by_probe);
  EXPECT_EQ(rig.view(0, 10).health, Health::up);
  EXPECT_EQ(rig.gateways.next_probe(), at(30'005));
  EXPECT_THAT(rig.gateways.take_due(at(30'005)), ElementsAre(kA));
}

TEST(Gateways, a_silent_one_is_probed_soon_then_ever_more_rarely) {
  Rig rig(trunk(1, {}, Seconds(30)));
  std::int64_t now = 0;
  const auto probe = [&](std::int64_t wait) {
    now += wait;
    EXPECT_EQ(rig.gateways.next_probe(), at(now));
    EXPECT_THAT(rig.gateways.take_due(at(now)), ElementsAre(kA));
    rig.missed(kA, now, Asked::by_probe);
  };
  for (const std::int64_t wait : {0, 1'000, 1'000}) probe(wait);
  EXPECT_EQ(rig.view(0, now).health, Health::down);
  for (const std::int64_t wait : {2'000, 4'000, 8'000, 16'000, 30'000, 30'000}) probe(wait);
  EXPECT_THAT(rig.gateways.take_due(at(now + 30'000)), ElementsAre(kA));
  EXPECT_EQ(rig.view(0, now + 30'000).health, Health::probing);
  rig.heard(kA, now + 30'001, 200, kNone, Asked::by_probe);
  EXPECT_THAT(rig.choose(now + 30'002), ElementsAre(kA));
  EXPECT_EQ(rig.gateways.next_probe(), at(now + 60'001));
}

TEST(Gateways, a_calls_silence_has_it_probed_at_once) {
  Rig rig(trunk(1, {}, Seconds(30)));
  rig.gateways.take_due(at(0));
  rig.heard(kA, 1, 200, kNone, Asked::by_probe);
  rig.missed(kA, 5'000);
  EXPECT_EQ(rig.gateways.next_probe(), at(5'000));
}

TEST(Gateways, silence_to_options_means_nothing_where_only_calls_are_answered) {
  Rig rig(trunk(1, {}, Seconds(30)));
  rig.heard(kA, 0, 180);
  for (int i = 0; i < 10; ++i) {
    rig.gateways.take_due(at(i));
    rig.missed(kA, i, Asked::by_probe);
  }
  EXPECT_EQ(rig.view(0, 10).health, Health::up);
  EXPECT_EQ(rig.view(0, 10).why, "180");
}

TEST(Gateways, one_that_refuses_calls_is_not_brought_back_by_options) {
  Rig rig(trunk(1, {}, Seconds(30)));
  for (int i = 0; i < 10; ++i) rig.heard(kA, i, 503);
  rig.gateways.take_due(at(2'009));
  rig.heard(kA, 2'010, 200, kNone, Asked::by_probe);
  EXPECT_EQ(rig.view(0, 2'011).health, Health::down);
  EXPECT_THAT(rig.choose(2'011), ElementsAre(kA));  // a trial
  rig.heard(kA, 2'020, 180);
  EXPECT_EQ(rig.view(0, 2'021).health, Health::up);
}

TEST(Gateways, options_answered_503_count_as_silence) {
  Rig rig(trunk(1, {}, Seconds(30)));
  for (int i = 0; i < 3; ++i) {
    rig.gateways.take_due(at(1'000 * i));
    rig.heard(kA, 1'000 * i, 503, kNone, Asked::by_probe);
  }
  EXPECT_EQ(rig.view(0, 2'000).health, Health::down);
}

TEST(Gateways, what_is_known_outlives_a_reload) {
  Rig rig(trunk(2));
  rig.bring_down(kA, 0);
  routing::Trunk fewer = trunk(1);
  fewer.gateways.push_back({routing::Transport::udp, "192.0.2.9", 5060});
  rig.gateways.use({fewer}, at(10));
  EXPECT_THAT(rig.choose(20), ElementsAre(kC));
  EXPECT_EQ(rig.gateways.endpoint(kB), nullptr);
  rig.missed(kB, 30);  // a late word of one that is gone
  rig.heard(kB, 30);
  EXPECT_EQ(rig.view(0, 40).health, Health::down);
  EXPECT_EQ(rig.view(1, 40).address, "udp:192.0.2.9:5060");
}

TEST(Gateways, a_trunk_is_up_while_one_of_its_gateways_is) {
  Rig rig(trunk(2));
  EXPECT_EQ(rig.gateways.view(at(0)).front().health, Health::unknown);
  rig.heard(kB, 0);
  EXPECT_EQ(rig.gateways.view(at(0)).front().health, Health::up);
  rig.bring_down(kA, 1);
  EXPECT_EQ(rig.gateways.view(at(1)).front().health, Health::up);
  rig.bring_down(kB, 2);
  EXPECT_EQ(rig.gateways.view(at(2)).front().health, Health::down);
}

}  // namespace
}  // namespace hotline::sip
