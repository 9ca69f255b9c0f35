// Who may register, for how long, and what becomes of those who guess.
#include "sip/registrar.h"

#include "registrar_bench.h"

namespace hotline::sip {
namespace {

TEST_F(RegistrarTest, nobody_is_answered_where_there_are_no_users) {
  EXPECT_TRUE(registrar_.is_on());
  registrar_.use(kRealm, {});
  EXPECT_FALSE(registrar_.is_on());
  EXPECT_EQ(take(plain()).status, 0);
}

TEST_F(RegistrarTest, asks_for_a_proof_and_believes_a_right_one) {
  const auto asked = take(plain());
  EXPECT_EQ(asked.status, 401);
  const std::string nonce = nonce_in(asked.challenge);
  EXPECT_EQ(asked.challenge,
            "Digest realm=\"hotline\", nonce=\"" + nonce + "\", algorithm=MD5, qop=\"auth\"");
  EXPECT_NE(nonce_in(take(plain()).challenge), nonce);
  EXPECT_EQ(registrar_.binding("desk", now_), nullptr);

  const auto reply = take(proved("s3cret", "desk", nonce));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.contact, "sip:desk@192.168.1.5:5060");
  EXPECT_EQ(reply.expires, Seconds(300));
  const Binding* binding = registrar_.binding("desk", now_);
  ASSERT_NE(binding, nullptr);
  EXPECT_EQ(binding->contact, "sip:desk@192.168.1.5:5060");
  EXPECT_EQ(binding->source, source_);
  EXPECT_EQ(binding->call_id, "call-id-of-desk");
  EXPECT_EQ(binding->expires, now_ + Seconds(300));
  EXPECT_EQ(registrar_.binding("desk", now_ + Milliseconds(299'999)), binding);
  EXPECT_EQ(registrar_.binding("desk", now_ + Seconds(300)), nullptr);
  EXPECT_EQ(registrar_.binding("lab", now_), nullptr);
  EXPECT_EQ(registrar_.binding("nobody", now_), nullptr);
}

TEST_F(RegistrarTest, a_realm_is_quoted) {
  registrar_.use("a\"b\\c", {{"desk", ha1("desk", "s3cret")}});
  EXPECT_TRUE(take(plain()).challenge.starts_with("Digest realm=\"a\\\"b\\\\c\", nonce="));
}

// As RFC 2617 §3.5 computes, but for the method.
TEST_F(RegistrarTest, the_algorithm_may_be_left_out_or_in_small_letters) {
  for (const char* algorithm : {"", "MD5", "md5"}) {
    auto asked = proved();
    asked.proof->algorithm = algorithm;
    EXPECT_EQ(take(asked).status, 200) << algorithm;
  }
}

TEST_F(RegistrarTest, all_of_a_proof_must_be_right) {
  struct Row {
    const char* what;
    std::string Proof::*part;
    const char* value;
  };
  const Row rows[] = {
      {"another user's", &Proof::username, "lab"},
      {"no user", &Proof::username, ""},
      {"another realm", &Proof::realm, "other"},
      {"another uri", &Proof::uri, "sip:other.example"},
      {"no uri", &Proof::uri, ""},
      {"no qop", &Proof::qop, ""},
      {"body protected", &Proof::qop, "auth-int"},
      {"session", &Proof::algorithm, "MD5-sess"},
      {"another algorithm", &Proof::algorithm, "SHA-256"},
      {"no cnonce", &Proof::cnonce, ""},
      {"no count", &Proof::nc, ""},
      {"count of nothing", &Proof::nc, "00000000"},
      {"a short count", &Proof::nc, "1"},
      {"a long count", &Proof::nc, "000000001"},
      {"no number", &Proof::nc, "0000000g"},
      {"a signed count", &Proof::nc, "+0000001"},
  };
  int failed = 0;
  for (const Row& row : rows) {
    auto asked = proved();
    asked.source = stranger(++failed);
    (*asked.proof).*row.part = row.value;
    respond(*asked.proof, ha1("desk", "s3cret"));
    const auto reply = take(asked);
    EXPECT_EQ(reply.status, 401) << row.what;
    EXPECT_FALSE(is_stale(reply)) << row.what;
  }
  for (const char* response : {"", "0", "6629fae49393a05397450978507c4ef1"}) {
    auto asked = proved();
    asked.source = stranger(++failed);
    asked.proof->response = response;
    EXPECT_EQ(take(asked).status, 401) << response;
  }
  EXPECT_EQ(registrar_.failed_proofs(), static_cast<std::uint64_t>(failed));
  EXPECT_EQ(registrar_.binding("desk", now_), nullptr);
}

// Without qop the response is another one; a downgrade is not taken (RFC 2069).
TEST_F(RegistrarTest, an_old_response_is_not_believed) {
  auto asked = proved();
  Proof& proof = *asked.proof;
  proof.qop = proof.nc = proof.cnonce = "";
  proof.response = md5_hex(ha1("desk", "s3cret") + ":" + proof.nonce + ":" +
                           md5_hex(std::string("REGISTER:") + kUri));
  EXPECT_EQ(take(asked).status, 401);
}

TEST_F(RegistrarTest, an_unknown_user_looks_like_a_wrong_password) {
  const auto known = take(proved("wrong", "desk"));
  const auto unknown = take(proved("wrong", "nobody"));
  EXPECT_EQ(known.status, 401);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(known.challenge.size(), unknown.challenge.size());
  EXPECT_FALSE(is_stale(known) || is_stale(unknown));
  EXPECT_EQ(take(plain("desk")).challenge.size(), take(plain("nobody")).challenge.size());
  // Nor does an old nonce tell them apart.
  EXPECT_FALSE(is_stale(take(proved("wrong", "desk", "old"))));
  EXPECT_FALSE(is_stale(take(proved("wrong", "nobody", "old"))));
}

TEST_F(RegistrarTest, a_nonce_counts_up_and_nothing_is_taken_twice) {
  const std::string nonce = fresh_nonce();
  struct Row {
    const char* nc;
    int status;
  };
  const Row rows[] = {{"00000001", 200}, {"00000001", 401}, {"00000002", 200}, {"0000000a", 200},
                      {"00000009", 401}, {"0000000A", 401}, {"ffffffff", 200}, {"ffffffff", 401}};
  for (const Row& row : rows) {
    const auto reply = take(proved("s3cret", "desk", nonce, row.nc));
    EXPECT_EQ(reply.status, row.status) << row.nc;
    EXPECT_EQ(is_stale(reply), row.status == 401) << row.nc;
    EXPECT_NE(nonce_in(reply.challenge), nonce) << row.nc;
  }
  EXPECT_EQ(registrar_.failed_proofs(), 0u) << "they knew the password";
}

TEST_F(RegistrarTest, a_wrong_proof_uses_no_count_up) {
  const std::string nonce = fresh_nonce();
  EXPECT_EQ(take(proved("wrong", "desk", nonce, "00000009")).status, 401);
  EXPECT_EQ(take(proved("s3cret", "desk", nonce, "00000001")).status, 200);
}

TEST_F(RegistrarTest, a_nonce_is_ours_and_five_minutes_old_at_most) {
  const std::string nonce = fresh_nonce();
  now_ += Milliseconds(299'999);
  EXPECT_EQ(take(proved("s3cret", "desk", nonce)).status, 200);
  now_ += Milliseconds(1);
  EXPECT_TRUE(is_stale(take(proved("s3cret", "desk", nonce, "00000002"))));

  std::string forged = fresh_nonce();
  forged.back() = forged.back() == '0' ? '1' : '0';
  std::string later = fresh_nonce();
  later[0] = 'f';
  for (const std::string& other : {forged, later, std::string("x"), std::string(48, 'f'),
                                   std::string(600, '0'), fresh_nonce() + "0"}) {
    EXPECT_TRUE(is_stale(take(proved("s3cret", "desk", other)))) << other;
  }
  Registrar next([this] { return "token" + std::to_string(++tokens_); });
  next.use(kRealm, {{"desk", ha1("desk", "s3cret")}});
  EXPECT_TRUE(is_stale(next.take(proved(), now_))) << "of a former process";
}

TEST_F(RegistrarTest, for_how_long) {
  struct Row {
    std::optional<Seconds> param, header;
    int status;
    Seconds granted;
  };
  const Row rows[] = {
      {{}, {}, 200, Seconds(300)},
      {{}, Seconds(600), 200, Seconds(600)},
      {Seconds(120), Seconds(600), 200, Seconds(120)},
      {Seconds(60), {}, 200, Seconds(60)},
      {Seconds(59), {}, 423, Seconds(0)},
      {{}, Seconds(1), 423, Seconds(0)},
      {Seconds(3'600), {}, 200, Seconds(3'600)},
      {Seconds(3'601), {}, 200, Seconds(3'600)},
      {Seconds(4'294'967'295), {}, 200, Seconds(3'600)},
      {Seconds(0), Seconds(600), 200, Seconds(0)},
      {{}, Seconds(0), 200, Seconds(0)},
  };
  for (const Row& row : rows) {
    auto asked = proved();
    asked.contacts.front().expires = row.param;
    asked.expires = row.header;
    const auto reply = take(asked);
    const std::string what = std::to_string(&row - rows);
    EXPECT_EQ(reply.status, row.status) << what;
    EXPECT_EQ(reply.expires, row.granted) << what;
    EXPECT_EQ(reply.min_expires, Seconds(row.status == 423 ? 60 : 0)) << what;
    if (row.status == 200) {
      EXPECT_EQ(reply.contact.empty(), row.granted == Seconds(0)) << what;
      EXPECT_EQ(registrar_.binding("desk", now_) == nullptr, row.granted == Seconds(0)) << what;
    }
  }
}

TEST_F(RegistrarTest, what_is_bound_can_be_asked_for) {
  auto asked = proved();
  asked.contacts.clear();
  auto reply = take(asked);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.contact, "");
  EXPECT_TRUE(take(proved()).has_changed);
  now_ += Milliseconds(100'500);
  asked = proved();
  asked.contacts.clear();
  asked.cseq = 0;
  reply = take(asked);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.contact, "sip:desk@192.168.1.5:5060");
  EXPECT_EQ(reply.expires, Seconds(200));
  EXPECT_FALSE(reply.has_changed);
}

TEST_F(RegistrarTest, the_last_contact_is_kept) {
  take(proved());
  auto asked = proved();
  asked.call_id = "another phone";
  asked.cseq = 1;
  asked.contacts = {{"sip:desk@192.168.1.9", {}}};
  EXPECT_EQ(take(asked).contact, "sip:desk@192.168.1.9");
  // The first phone removes its own contact, which is not bound any more.
  asked = proved();
  asked.expires = Seconds(0);
  const auto reply = take(asked);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.contact, "sip:desk@192.168.1.9");
  EXPECT_EQ(reply.expires, Seconds(300));
  EXPECT_FALSE(reply.has_changed);
}

TEST_F(RegistrarTest, a_phone_moves_in_one_request) {
  take(proved());
  auto asked = proved();
  asked.contacts = {{"sip:desk@192.168.1.5:5060", Seconds(0)}, {"sip:desk@203.0.113.7:1024", {}}};
  EXPECT_EQ(take(asked).contact, "sip:desk@203.0.113.7:1024");
  asked = proved();
  asked.contacts = {{"sip:a@192.0.2.7", {}}, {"sip:b@192.0.2.8", {}}};
  EXPECT_EQ(take(asked).status, 400) << "two to stay";
  asked = proved();
  asked.contacts = {{"sip:desk@203.0.113.7:1024", Seconds(0)}, {"", {}}};
  EXPECT_EQ(take(asked).status, 400) << "one that cannot be called";
  EXPECT_EQ(registrar_.binding("desk", now_)->contact, "sip:desk@203.0.113.7:1024");
}

TEST_F(RegistrarTest, all_contacts_go_with_a_star) {
  struct Row {
    std::optional<Seconds> expires;
    bool with_contact;
    int status;
  };
  const Row rows[] = {{{}, false, 400},
                      {Seconds(60), false, 400},
                      {Seconds(0), true, 400},
                      {Seconds(0), false, 200}};
  take(proved());
  for (const Row& row : rows) {
    auto asked = proved();
    asked.removes_all = true;
    asked.expires = row.expires;
    if (!row.with_contact) asked.contacts.clear();
    const auto reply = take(asked);
    EXPECT_EQ(reply.status, row.status);
    EXPECT_EQ(reply.contact, "");
    EXPECT_EQ(registrar_.binding("desk", now_) == nullptr, row.status == 200);
    EXPECT_EQ(reply.has_changed, row.status == 200);
  }
}

TEST_F(RegistrarTest, what_was_overtaken_is_refused) {
  take(proved());
  const std::uint32_t first = registrar_.binding("desk", now_)->cseq;
  struct Row {
    std::uint32_t cseq;
    bool removes;
    const char* call_id;
    int status;
  };
  const Row rows[] = {
      {first, false, "call-id-of-desk", 400},       {first - 1, false, "call-id-of-desk", 400},
      {first, true, "call-id-of-desk", 400},        {first + 100, false, "", 400},
      {first + 100, false, "call-id-of-desk", 200}, {1, false, "another", 200}};
  for (const Row& row : rows) {
    auto asked = proved();
    asked.cseq = row.cseq;
    asked.call_id = row.call_id;
    if (row.removes) {
      asked.removes_all = true;
      asked.contacts.clear();
      asked.expires = Seconds(0);
    }
    EXPECT_EQ(take(asked).status, row.status) << row.cseq << row.call_id;
  }
  now_ += Seconds(300);
  auto asked = proved();
  asked.call_id = "another";
  asked.cseq = 1;
  EXPECT_EQ(take(asked).status, 200) << "expired: nothing to be older than";
}

TEST_F(RegistrarTest, a_configuration_keeps_who_stays_the_same) {
  take(proved());
  take(proved("x", "lab"));
  ASSERT_NE(registrar_.binding("lab", now_), nullptr);
  registrar_.use(kRealm, {{"desk", ha1("desk", "s3cret")}, {"lab", ha1("lab", "y")}});
  EXPECT_NE(registrar_.binding("desk", now_), nullptr);
  EXPECT_EQ(registrar_.binding("lab", now_), nullptr) << "another password";
  EXPECT_EQ(take(proved("x", "lab")).status, 401);
  EXPECT_EQ(take(proved("y", "lab")).status, 200);
  registrar_.use(kRealm, {{"lab", ha1("lab", "y")}});
  EXPECT_EQ(registrar_.binding("desk", now_), nullptr) << "gone";
  EXPECT_NE(registrar_.binding("lab", now_), nullptr);
}

TEST_F(RegistrarTest, bindings_of_a_former_process_count) {
  registrar_.restore("desk", {"sip:desk@h", now_ + Seconds(200), "c", 7, source_});
  registrar_.restore("nobody", {"sip:nobody@h", now_ + Seconds(200), "c", 7, source_});
  EXPECT_EQ(registrar_.binding("nobody", now_), nullptr);
  ASSERT_NE(registrar_.binding("desk", now_), nullptr);
  EXPECT_EQ(registrar_.binding("desk", now_)->contact, "sip:desk@h");
  auto asked = proved();
  asked.source = stranger(1);
  asked.call_id = "c";
  asked.cseq = 7;
  EXPECT_EQ(take(asked).status, 400);
  guesses(30, source_);
  EXPECT_FALSE(is_banned(source_)) << "a phone is there";
  now_ += Seconds(201);
  EXPECT_EQ(registrar_.binding("desk", now_), nullptr);
  EXPECT_TRUE(is_banned(source_)) << "it came to no more than that";
}

}  // namespace
}  // namespace hotline::sip
