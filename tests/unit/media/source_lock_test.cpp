#include "media/source_lock.h"

#include <gtest/gtest.h>

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kPhone = 0xaaaa;
constexpr std::uint32_t kAttack = 0xbbbb;
const Endpoint kNamed = *Endpoint::parse("203.0.113.5", 4000);
const Endpoint kNeighbour = *Endpoint::parse("203.0.113.5", 61'000);
const Endpoint kBehindNat = *Endpoint::parse("192.168.1.5", 4000);
const Endpoint kStranger = *Endpoint::parse("198.51.100.7", 5000);
const Endpoint kAttacker = *Endpoint::parse("198.51.100.66", 6666);

// A leg's lock, with its time told in milliseconds from the first SDP on.
class Lock {
 public:
  explicit Lock(const Endpoint& named, std::optional<Endpoint> signalling = {})
      : signalling_(std::move(signalling)) {
    expect(named, 0);
  }

  void expect(const Endpoint& named, int at_ms) {
    lock_.expect(named, signalling_, MediaTime(1ms * at_ms));
  }
  bool takes(const Endpoint& from, std::uint32_t ssrc, std::uint16_t sequence, int at_ms) {
    return lock_.takes(from, RtpHeader{.sequence = sequence, .ssrc = ssrc}, MediaTime(1ms * at_ms));
  }
  // How many of so many packets in sequence, one a millisecond, are taken.
  int taken(const Endpoint& from, std::uint32_t ssrc, int count, int from_ms) {
    int sum = 0;
    for (int i = 0; i < count; ++i) {
      sum += takes(from, ssrc, static_cast<std::uint16_t>(i), from_ms + i) ? 1 : 0;
    }
    return sum;
  }
  const std::optional<Endpoint>& learned() const { return lock_.learned(); }

 private:
  std::optional<Endpoint> signalling_;
  SourceLock lock_{3s};
};

TEST(SourceLock, the_named_source_is_taken_at_once_and_for_good) {
  Lock lock(kNamed);
  EXPECT_TRUE(lock.takes(kNamed, kPhone, 7, 1));
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 100, 2), 0);
  EXPECT_EQ(lock.taken(kNeighbour, kAttack, 100, 200), 0);
  EXPECT_TRUE(lock.takes(kNamed, kPhone + 1, 7'000, 9'000)) << "whatever its SSRC";
}

TEST(SourceLock, nobody_is_taken_before_an_sdp_with_an_address) {
  SourceLock lock{3s};
  for (std::uint16_t i = 0; i < 10; ++i) {
    if (i == 5) lock.expect(*Endpoint::parse("0.0.0.0", 4000), std::nullopt, MediaTime());
    EXPECT_FALSE(lock.takes(kNamed, RtpHeader{.sequence = i}, MediaTime(1ms * i)));
  }
}

TEST(SourceLock, another_source_needs_two_packets_in_sequence) {
  struct Row {
    const char* what;
    std::uint32_t ssrc;
    std::uint16_t sequence;
    bool is_taken;
  };
  const Row rows[] = {
      {"the next one", kPhone, 8, true},      {"the same again (a sprayer's)", kPhone, 7, false},
      {"one is missing", kPhone, 9, false},   {"the one before", kPhone, 6, false},
      {"another SSRC", kPhone + 1, 8, false},
  };
  for (const Endpoint& from : {kStranger, kNeighbour}) {
    for (const Row& row : rows) {
      Lock lock(kNamed);
      EXPECT_FALSE(lock.takes(from, kPhone, 7, 1)) << row.what;
      EXPECT_EQ(lock.takes(from, row.ssrc, row.sequence, 2), row.is_taken) << row.what;
    }
  }
  Lock wrapping(kBehindNat);
  EXPECT_FALSE(wrapping.takes(kStranger, kPhone, 65'535, 1));
  EXPECT_TRUE(wrapping.takes(kStranger, kPhone, 0, 2));
}

// The advisory's program: one packet, always the same, to every port, without end.
TEST(SourceLock, a_spray_of_one_packet_is_never_learned) {
  for (const Endpoint& named : {kNamed, kBehindNat}) {
    Lock lock(named);
    for (int ms = 0; ms < 10'000; ++ms) {
      ASSERT_FALSE(lock.takes(kAttacker, 0xef0a07de, 0xee3c, ms));
    }
    EXPECT_FALSE(lock.learned());
  }
}

// `immediate`: who is first. `delayed`: who is first once three seconds are over.
TEST(SourceLock, the_first_packet_wins_nothing_at_once_or_after_the_delay) {
  Lock lock(kNamed);
  EXPECT_FALSE(lock.takes(kAttacker, kAttack, 1, 0));
  EXPECT_TRUE(lock.takes(kNamed, kPhone, 1, 20));
  EXPECT_FALSE(lock.takes(kAttacker, kAttack, 2, 40));
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 100, 3'000), 0);
  EXPECT_EQ(lock.learned(), kNamed);
}

// `heuristic` before its repair: the attacker, in sequence and before the phone, kept the stream
// though the phone's address was as named.
TEST(SourceLock, the_named_source_displaces_an_attacker_that_was_earlier) {
  Lock lock(kNamed);
  EXPECT_GT(lock.taken(kAttacker, kAttack, 10, 0), 0) << "nothing tells it from a phone yet";
  EXPECT_TRUE(lock.takes(kNamed, kPhone, 1, 20));
  EXPECT_EQ(lock.learned(), kNamed) << "what is sent goes to the phone now";
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 10'000, 21), 0);
}

TEST(SourceLock, a_neighbour_displaces_a_stranger_and_not_the_other_way) {
  Lock lock(kNamed);
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 2, 0), 1);
  EXPECT_EQ(lock.taken(kNeighbour, kPhone, 3, 10), 2);
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 100, 20), 0);
  EXPECT_EQ(lock.taken(kStranger, kAttack, 100, 200), 0);
  EXPECT_TRUE(lock.takes(kNamed, kPhone, 50, 400)) << "but the named one displaces it";
}

// No `strict source`: packets from elsewhere are mixed in after the phone was learned.
TEST(SourceLock, nothing_is_injected_after_the_lock) {
  for (const Endpoint& named : {kNamed, kBehindNat}) {
    Lock lock(named);
    EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 0), 1);
    EXPECT_EQ(lock.taken(kAttacker, kPhone, 10'000, 10), 0) << "with the phone's SSRC";
    EXPECT_TRUE(lock.takes(kStranger, kPhone, 2, 20'000));
  }
}

TEST(SourceLock, after_the_window_what_is_learned_stays) {
  Lock lock(kNamed);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 0), 1);
  EXPECT_FALSE(lock.takes(kNamed, kAttack, 1, 3'000));
  EXPECT_EQ(lock.learned(), kStranger);
}

TEST(SourceLock, who_may_be_learned_late) {
  struct Row {
    const char* what;
    Endpoint named;
    Endpoint from;
    int at_ms;
    int taken;  // of three in sequence
  };
  const Row rows[] = {
      {"a phone that was silent so far", kNamed, kNamed, 60'000, 3},
      {"… with another port", kNamed, kNeighbour, 60'000, 2},
      {"a stranger in the window", kNamed, kStranger, 2'990, 2},
      {"a stranger after it", kNamed, kStranger, 3'000, 0},
      {"a phone behind NAT, whose address the SDP cannot know", kBehindNat, kStranger, 60'000, 2},
  };
  for (const Row& row : rows) {
    Lock lock(row.named);
    EXPECT_EQ(lock.taken(row.from, kPhone, 3, row.at_ms), row.taken) << row.what;
  }
}

// A phone behind NAT has the address its SIP comes from: who has another is a stranger to it.
TEST(SourceLock, the_address_of_sip_tells_who_is_behind_nat) {
  Lock lock(kBehindNat, kStranger.with_port(5'060));
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 10, 0), 9);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 3, 20), 2) << "displaces it";
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 100, 30), 0);

  Lock late(kBehindNat, kStranger.with_port(5'060));
  EXPECT_EQ(late.taken(kAttacker, kAttack, 100, 3'000), 0);
  EXPECT_EQ(late.taken(kStranger, kPhone, 3, 60'000), 2);

  Lock open(kNamed, kStranger.with_port(5'060));
  EXPECT_EQ(open.taken(kStranger, kPhone, 3, 3'000), 0) << "the named address is no private one";
}

TEST(SourceLock, a_crowd_of_strangers_does_not_push_out_a_neighbour) {
  Lock lock(kNamed);
  EXPECT_FALSE(lock.takes(kNeighbour, kPhone, 1, 0));
  for (std::uint16_t i = 0; i < 1'000; ++i) {
    EXPECT_FALSE(
        lock.takes(kAttacker.with_port(static_cast<std::uint16_t>(1'000 + i)), kAttack, i, 1));
  }
  EXPECT_TRUE(lock.takes(kNeighbour, kPhone, 2, 20));
}

// "learning again without end": every signalling event used to open the window.
TEST(SourceLock, the_same_sdp_again_opens_no_window) {
  Lock lock(kNamed);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 0), 1);
  lock.expect(kNamed, 10'000);
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 100, 10'001), 0);
  EXPECT_EQ(lock.learned(), kStranger);
}

TEST(SourceLock, the_same_sdp_again_opens_one_where_nobody_was_learned) {
  Lock lock(kNamed);
  lock.expect(kNamed, 10'000);  // early media, then the answer
  EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 10'001), 1);
}

TEST(SourceLock, hold_keeps_what_was_learned) {
  Lock lock(kNamed);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 0), 1);
  lock.expect(*Endpoint::parse("0.0.0.0", 4000), 5'000);
  EXPECT_EQ(lock.learned(), kStranger);
  lock.expect(kNamed, 9'000);
  EXPECT_EQ(lock.learned(), kStranger);
  EXPECT_EQ(lock.taken(kAttacker, kAttack, 100, 9'001), 0);
}

TEST(SourceLock, a_new_address_is_learned_anew_and_the_old_ones_tail_is_not) {
  Lock lock(kBehindNat);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 0), 1);
  lock.expect(*Endpoint::parse("192.168.1.9", 4000), 10'000);
  EXPECT_FALSE(lock.learned());
  EXPECT_EQ(lock.taken(kStranger, kPhone, 50, 10'001), 0) << "still under way";
  const Endpoint other = *Endpoint::parse("198.51.100.9", 7000);
  EXPECT_EQ(lock.taken(other, kPhone + 1, 2, 10'100), 1);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 50, 12'000), 0);
}

TEST(SourceLock, a_new_address_behind_the_same_nat_is_found_again) {
  Lock lock(kBehindNat);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 0), 1);
  lock.expect(kBehindNat.with_port(4'002), 10'000);
  EXPECT_EQ(lock.taken(kStranger, kPhone, 2, 11'500), 1);
}

TEST(RtcpLock, follows_rtp_and_keeps_the_first_port) {
  RtcpLock lock;
  EXPECT_FALSE(lock.takes(kNamed, std::nullopt)) << "nobody sends RTP yet";
  EXPECT_FALSE(lock.takes(kAttacker, kNamed));
  EXPECT_EQ(lock.destination(kNamed, kNamed.with_port(4'101)).port, 4'101) << "as the SDP says";
  EXPECT_EQ(lock.destination(kStranger, kNamed.with_port(4'101)), kStranger.with_port(5'001));
  EXPECT_EQ(lock.destination(kStranger.with_port(65'535), kNamed).port, 0) << "no port is left";
  EXPECT_TRUE(lock.takes(kNamed.with_port(4'007), kNamed));
  EXPECT_FALSE(lock.takes(kNamed.with_port(4'009), kNamed));
  EXPECT_EQ(lock.destination(kNamed, kNamed.with_port(4'101)).port, 4'007);
  lock.forget();
  EXPECT_TRUE(lock.takes(kNamed.with_port(4'009), kNamed));
}

}  // namespace
}  // namespace hotline::media
