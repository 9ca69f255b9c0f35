// Guessing passwords: by one, by many, slowly, from where a phone is; and what it must not spoil.
#include "sip/guessers.h"

#include "registrar_bench.h"

namespace hotline::sip {
namespace {

using GuessersTest = RegistrarTest;

TEST_F(GuessersTest, ten_failures_are_answered_then_none) {
  const Address guesser = stranger(1);
  EXPECT_EQ(guesses(9, guesser), 9);
  EXPECT_FALSE(is_banned(guesser));
  EXPECT_EQ(guesses(5, guesser), 1);
  EXPECT_TRUE(is_banned(guesser));
  EXPECT_EQ(registrar_.bans(), 1u);
  EXPECT_EQ(registrar_.failed_proofs(), 10u);
  auto asked = plain();
  asked.source = guesser;
  EXPECT_EQ(take(asked).status, 0);
  EXPECT_EQ(enter(guesser), 0) << "a right one neither";
  EXPECT_FALSE(is_banned(stranger(2)));
  EXPECT_EQ(enter(stranger(2)), 200);
}

TEST_F(GuessersTest, unknown_users_and_malformed_proofs_count_as_well) {
  EXPECT_EQ(guesses(20, stranger(1), "nobody"), 10);
  int answered = 0;
  for (int i = 0; i < 20; ++i) {
    auto asked = proved();
    asked.source = stranger(2);
    asked.proof->algorithm = "MD5-sess";
    answered += take(asked).status == 401 ? 1 : 0;
  }
  EXPECT_EQ(answered, 10);
  EXPECT_EQ(registrar_.bans(), 2u);
}

TEST_F(GuessersTest, failures_count_together_for_ten_minutes) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(guess(stranger(1), "nobody"), 401) << i;
    now_ += Milliseconds(66'667);  // nine on
  }
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(guess(stranger(2), "nobody"), 401) << i;
    now_ += Seconds(66);
  }
  EXPECT_TRUE(is_banned(stranger(2)));
}

TEST_F(GuessersTest, bans_double_up_to_an_hour_and_are_forgotten) {
  const Address guesser = stranger(1);
  for (const int minutes : {5, 10, 20, 40, 60, 60}) {
    EXPECT_EQ(guesses(20, guesser, "nobody"), 10) << minutes;
    now_ += std::chrono::minutes(minutes) - Milliseconds(1);
    EXPECT_TRUE(is_banned(guesser)) << minutes;
    now_ += Milliseconds(1);
    EXPECT_FALSE(is_banned(guesser)) << minutes;
  }
  now_ += Seconds(3'599);
  EXPECT_EQ(guesses(20, guesser, "nobody"), 10);
  now_ += Seconds(3'599);
  EXPECT_TRUE(is_banned(guesser)) << "an hour again";
  now_ += Seconds(3'601);
  EXPECT_EQ(guesses(20, guesser, "nobody"), 10);
  now_ += Seconds(300);
  EXPECT_FALSE(is_banned(guesser)) << "five minutes after a quiet hour";
}

TEST_F(GuessersTest, asking_for_nonces_all_the_time_is_a_failure) {
  int answered = 0;
  for (int i = 0; i < 60; ++i) answered += take(plain()).status == 401 ? 1 : 0;
  EXPECT_EQ(answered, 30);
  EXPECT_TRUE(is_banned(source_));
  source_ = stranger(2);
  for (int i = 0; i < 300; ++i, now_ += Seconds(2)) EXPECT_EQ(take(plain()).status, 401) << i;
}

// Nor is a nonce that is too old a way to ask more often.
TEST_F(GuessersTest, stale_proofs_count_as_asking) {
  int answered = 0;
  for (int i = 0; i < 60; ++i) answered += is_stale(take(proved("s3cret", "desk", "old"))) ? 1 : 0;
  EXPECT_EQ(answered, 30);
  EXPECT_TRUE(is_banned(source_));
}

// The power comes back in an office: all phones ask at once, and go on.
TEST_F(GuessersTest, many_phones_behind_one_address_may_start_together) {
  EXPECT_EQ(enter(source_), 200);
  now_ += Seconds(7'200);
  int waiting = 200, rounds = 0;
  for (; waiting > 0 && rounds < 20; ++rounds, now_ += Milliseconds(500)) {
    int challenged = 0;
    for (int i = 0; i < waiting; ++i) challenged += take(plain()).status == 401 ? 1 : 0;
    for (int i = 0; i < challenged; ++i) waiting -= enter(source_) == 200 ? 1 : 0;
  }
  EXPECT_EQ(waiting, 0);
  EXPECT_LT(rounds, 8);
  EXPECT_EQ(registrar_.bans(), 0u);
}

TEST_F(GuessersTest, where_a_phone_is_guesses_slow_but_do_not_ban) {
  EXPECT_EQ(enter(source_), 200);
  EXPECT_EQ(guesses(100, source_, "lab"), 10 + 1) << "ten, and the first of those a second";
  EXPECT_FALSE(is_banned(source_));
  EXPECT_EQ(registrar_.bans(), 0u);
  int answered = 0;
  for (int i = 0; i < 100; ++i, now_ += Milliseconds(100)) answered += guesses(1, source_, "lab");
  EXPECT_LE(answered, 10);
  EXPECT_GE(answered, 9);
  // The phone goes on, whoever comes before it.
  for (int i = 0; i < 20; ++i, now_ += Seconds(60)) {
    guesses(50, source_, "lab");
    guesses(50, source_, "desk");
    EXPECT_EQ(take(plain()).status, 401) << i;
    EXPECT_EQ(enter(source_), 200) << i;
    EXPECT_EQ(enter(source_), 0) << "once a second";
  }
  EXPECT_EQ(registrar_.bans(), 0u);
}

TEST_F(GuessersTest, a_phone_that_starts_anew_there_waits_its_turn) {
  EXPECT_EQ(enter(source_), 200);
  guesses(20, source_, "lab");
  now_ += Seconds(1);
  auto asked = proved();
  asked.call_id = "new";
  EXPECT_EQ(take(asked).status, 200);
  asked = proved("x", "lab");
  EXPECT_EQ(take(asked).status, 0);
  now_ += Seconds(1);
  EXPECT_EQ(take(asked).status, 200);
  now_ += Seconds(300);
  EXPECT_EQ(enter(source_), 200);
  EXPECT_EQ(enter(source_), 200) << "over";
}

TEST_F(GuessersTest, an_hour_after_the_last_right_proof_it_is_a_source_as_any) {
  EXPECT_EQ(enter(source_), 200);
  now_ += Seconds(3'599);
  guesses(20, source_, "lab");
  EXPECT_FALSE(is_banned(source_));
  now_ += Seconds(1);
  EXPECT_TRUE(is_banned(source_));
}

TEST_F(GuessersTest, a_replayed_proof_makes_nobody_known) {
  const auto seen = proved();
  EXPECT_EQ(take(seen).status, 200);
  auto replayed = seen;
  replayed.source = stranger(1);
  EXPECT_TRUE(is_stale(take(replayed)));
  guesses(20, stranger(1));
  EXPECT_TRUE(is_banned(stranger(1)));
}

TEST_F(GuessersTest, a_v6_network_is_one_source) {
  EXPECT_EQ(network_of(address("192.0.2.7")), address("192.0.2.7"));
  EXPECT_EQ(network_of(address("2001:db8:1:2:3:4:5:6")), address("2001:db8:1:2::"));
  for (int i = 0; i < 10; ++i) guess(address("2001:db8:1:2::" + std::to_string(i)));
  EXPECT_TRUE(is_banned(address("2001:db8:1:2:ffff::1")));
  EXPECT_FALSE(is_banned(address("2001:db8:1:3::1")));
}

TEST_F(GuessersTest, guesses_by_many_close_a_user_to_strangers_only) {
  EXPECT_EQ(enter(source_), 200);
  for (int i = 0; i < 101; ++i) EXPECT_EQ(guess(stranger(i)), 401);
  EXPECT_EQ(enter(stranger(1'000)), 401) << "right, but not looked at";
  EXPECT_EQ(enter(source_), 200) << "where it is known";
  EXPECT_EQ(enter(stranger(1'000), "lab", "x"), 200) << "another user";
  EXPECT_EQ(guess(source_), 401);
  // Tries that are not looked at do not keep it closed.
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(guess(stranger(2'000 + i)), 401);
  now_ += Seconds(36);
  EXPECT_EQ(enter(stranger(1'001)), 200);
}

TEST_F(GuessersTest, slow_guesses_by_many_stay_below_a_hundred_an_hour) {
  int looked_at = 0;
  for (int i = 0; i < 7'200; ++i, now_ += Seconds(1)) {
    const std::string nonce = fresh_nonce();
    if (i % 10 == 0) guess(stranger(i));
    if (i < 3'600 || i % 60 != 0) continue;
    // Would a right one be found out? That address is known from then on: it is not used again.
    looked_at += enter(stranger(100'000 + i)) == 200 ? 1 : 0;
  }
  EXPECT_LT(looked_at, 60);
}

TEST_F(GuessersTest, the_last_eight_addresses_of_a_user_are_no_strangers) {
  for (int i = 0; i < 9; ++i) EXPECT_EQ(enter(stranger(i)), 200);
  EXPECT_EQ(enter(stranger(1)), 200);
  for (int i = 0; i < 101; ++i) guess(stranger(100 + i));
  EXPECT_EQ(enter(stranger(0)), 401);
  for (int i = 1; i < 9; ++i) EXPECT_EQ(enter(stranger(i)), 200) << i;
}

TEST_F(GuessersTest, another_password_opens_the_user_again) {
  for (int i = 0; i < 101; ++i) guess(stranger(i));
  EXPECT_EQ(enter(source_), 401);
  registrar_.use(kRealm, {{"desk", ha1("desk", "s3cret")}});
  EXPECT_EQ(enter(source_), 401);
  registrar_.use(kRealm, {{"desk", ha1("desk", "new")}});
  EXPECT_EQ(enter(source_, "desk", "new"), 200);
}

TEST(GuessersMemory, is_bounded_and_keeps_phones_then_the_guiltiest) {
  Guessers guessers;
  Instant now{Seconds(10)};
  const Address phone = stranger(1), banned = stranger(2), guilty = stranger(3);
  guessers.note_right(phone, now);
  for (int i = 0; i < 10; ++i) guessers.note_failed(banned, now);
  for (int i = 0; i < 9; ++i) guessers.note_failed(guilty, now);
  for (int i = 0; i < 50'000; ++i) {
    now += Milliseconds(1);
    guessers.note_unproved(stranger(100 + i), now);
    ASSERT_LE(guessers.size(), Guessers::kMost);
  }
  guessers.note_failed(guilty, now);
  EXPECT_TRUE(guessers.is_banned(guilty, now)) << "its nine were not forgotten";
  for (int i = 0; i < 20'000; ++i) guessers.note_failed(stranger(200'000 + i), now);
  EXPECT_TRUE(guessers.is_banned(banned, now)) << "guiltier than who failed once";
  for (int i = 0; i < 12'000; ++i) {
    now += Milliseconds(1);
    for (int n = 0; n < 10; ++n) guessers.note_failed(stranger(100'000 + i), now);
    ASSERT_LE(guessers.size(), Guessers::kMost);
  }
  EXPECT_FALSE(guessers.is_banned(banned, now)) << "the oldest of too many";
  EXPECT_TRUE(guessers.is_banned(stranger(111'999), now));
  for (int i = 0; i < 10; ++i) guessers.note_failed(phone, now);
  EXPECT_FALSE(guessers.is_banned(phone, now));
}

TEST(Nonces, too_many_counts_make_the_oldest_too_old) {
  Nonces nonces("secret");
  const Instant now{Seconds(0)};
  const std::string unused = nonces.make(now), first = nonces.make(now);
  EXPECT_TRUE(nonces.spend(first, 1, now));
  for (std::size_t i = 1; i < Nonces::kMost; ++i) {
    EXPECT_TRUE(nonces.spend(nonces.make(now), 1, now));
  }
  EXPECT_TRUE(nonces.spend(first, 2, now));
  EXPECT_TRUE(nonces.spend(nonces.make(now), 1, now));
  EXPECT_FALSE(nonces.spend(first, 3, now)) << "refused, never taken anew";
  EXPECT_FALSE(nonces.spend(first, 1, now));
  EXPECT_FALSE(nonces.spend(unused, 1, now));
  EXPECT_TRUE(nonces.spend(nonces.make(now), 1, now));
  EXPECT_FALSE(nonces.spend(nonces.make(now), 0, now));
  EXPECT_FALSE(Nonces("other").spend(nonces.make(now), 1, now));
}

}  // namespace
}  // namespace hotline::sip
