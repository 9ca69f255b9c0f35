// Who we are, proved to a trunk that asks, and to nobody else.
#include "sip/digest.h"

#include "bench.h"

namespace hotline::sip {
namespace {

constexpr CallRef kCall{7};
constexpr LegId kLeg{kCall, 1};
constexpr const char* kAsk =
    "WWW-Authenticate: Digest realm=\"unicom\", nonce=\"n1\", qop=\"auth,auth-int\", "
    "algorithm=MD5, opaque=\"o\\\"1\"\r\n";

std::optional<Challenge> read(const std::string& headers) {
  const std::string text =
      "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKa\r\n"
      "From: <sip:a@b>;tag=1\r\nTo: <sip:b@b>;tag=2\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n" +
      headers + "Content-Length: 0\r\n\r\n";
  msg_t* message =
      msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size()));
  auto challenge = challenge_of(*sip_object(message));
  msg_destroy(message);
  return challenge;
}

TEST(Digest, proves_as_the_rfcs_example_does) {
  Challenge challenge;
  challenge.realm = "testrealm@host.com";
  challenge.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
  challenge.opaque = "5ccc069c403ebaf9f0171e9517f40e41";
  challenge.has_opaque = true;
  const routing::Credentials mufasa{"Mufasa", "Circle Of Life"};
  EXPECT_EQ(proof(challenge, mufasa, "GET", "/dir/index.html", "0a4f113b"),
            "Authorization: Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "
            "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
            "response=\"670fd8c2df070c60b045671b8b24ff02\", "
            "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
  challenge.qop_auth = challenge.by_proxy = challenge.names_md5 = true;
  EXPECT_EQ(proof(challenge, mufasa, "GET", "/dir/index.html", "0a4f113b"),
            "Proxy-Authorization: Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "
            "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
            "response=\"6629fae49393a05397450978507c4ef1\", algorithm=MD5, qop=auth, nc=00000001, "
            "cnonce=\"0a4f113b\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
}

TEST(Digest, reads_a_challenge) {
  const auto challenge = read(kAsk);
  ASSERT_TRUE(challenge);
  EXPECT_EQ(challenge->realm, "unicom");
  EXPECT_EQ(challenge->nonce, "n1");
  EXPECT_EQ(challenge->opaque, "o\"1");
  EXPECT_TRUE(challenge->qop_auth && challenge->names_md5);
  EXPECT_FALSE(challenge->stale || challenge->by_proxy);
  const auto second = read(
      "WWW-Authenticate: Digest realm=\"a\", nonce=\"x\", algorithm=SHA-256\r\n"
      "Proxy-Authenticate: digest realm=\"b\", nonce=\"y\", stale=TRUE\r\n");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->realm, "b");
  EXPECT_TRUE(second->stale && second->by_proxy);
}

TEST(Digest, leaves_a_challenge_it_cannot_answer) {
  const std::string nonce = "WWW-Authenticate: Digest realm=\"a\", nonce=\"x\"";
  for (const std::string& headers :
       {std::string(), std::string("WWW-Authenticate: Basic realm=\"a\"\r\n"),
        std::string("WWW-Authenticate: Digest realm=\"a\"\r\n"), nonce + ", algorithm=SHA-256\r\n",
        nonce + ", algorithm=MD5-sess\r\n", nonce + ", qop=\"auth-int\"\r\n",
        "WWW-Authenticate: Digest realm=\"a\", nonce=\"" + std::string(600, 'x') + "\"\r\n"}) {
    EXPECT_FALSE(read(headers)) << headers;
  }
}

struct Rig {
  Rig() {
    auto snapshot = bench.snapshot();
    snapshot->trunks.front().credentials = {"acme", "secret"};
    snapshot->trunks.front().gateways.resize(1);
    bench.signalling->use(snapshot);
  }
  call::RingPhone wish() const {
    call::RingPhone ring = ring_phone(bench, kCall);
    ring.address = routing::TrunkNumber{"unicom", "02161234567"};
    return ring;
  }
  void ask(const Message& request, const std::string& header = kAsk,
           const std::string& line = "401 Unauthorized") {
    bench.trunk.send(answer_to(request, bench.trunk, line, "asks", {}, header, false));
  }
  // The first INVITE, asked for a proof, and the one that brings it.
  Message prove_invite() {
    bench.signalling->perform(wish());
    first = bench.trunk.receive("INVITE");
    ask(first);
    EXPECT_EQ(bench.trunk.receive("ACK").tag_of("To"), "asks");
    return bench.trunk.receive("INVITE");
  }
  void bring_up() {
    const Message invite = prove_invite();
    bench.trunk.send(answer_to(invite, bench.trunk, "200 OK", "desk", kAnswer,
                               "Contact: <sip:desk@" + bench.trunk.at() + ">\r\n", false));
    bench.next<call::PhoneAnswered>();
    bench.signalling->perform(call::ConfirmPhone{kLeg, {}});
    ack = bench.trunk.receive("ACK");
  }

  Bench bench;
  Message first;
  Message ack;
};

TEST(Digest, an_invite_is_sent_again_in_its_dialog) {
  Rig rig;
  const Message again = rig.prove_invite();
  EXPECT_EQ(rig.first.header("CSeq"), "1 INVITE");
  EXPECT_EQ(rig.first.header("Authorization"), "");
  EXPECT_EQ(again.header("CSeq"), "2 INVITE");
  EXPECT_EQ(again.start(), rig.first.start());
  for (const char* name : {"Call-ID", "From", "To", "Contact", "Diversion"}) {
    EXPECT_EQ(again.header(name), rig.first.header(name)) << name;
  }
  EXPECT_NE(again.header("Via"), rig.first.header("Via"));
  EXPECT_EQ(again.body(), kOffer);
  const std::string proof = again.header("Authorization");
  EXPECT_TRUE(
      proof.starts_with("Digest username=\"acme\", realm=\"unicom\", nonce=\"n1\", "
                        "uri=\"sip:02161234567@" +
                        rig.bench.trunk.at() + "\", response=\""))
      << proof;
  EXPECT_EQ(again.text.find("secret"), std::string::npos);
  EXPECT_TRUE(rig.bench.events.empty());
}

TEST(Digest, a_prack_is_sent_again_for_the_same_answer) {
  Rig rig;
  const Message invite = rig.prove_invite();
  rig.bench.trunk.send(answer_to(invite, rig.bench.trunk, "183 Session Progress", "desk", kAnswer,
                                 "Require: 100rel\r\nRSeq: 5\r\n"));
  const Message first = rig.bench.trunk.receive("PRACK");
  EXPECT_EQ(first.header("RAck"), "5 2 INVITE");
  rig.ask(first);
  const Message again = rig.bench.trunk.receive("PRACK");
  EXPECT_EQ(again.header("RAck"), "5 2 INVITE");
  EXPECT_EQ(again.header("CSeq"), "4 PRACK");
  EXPECT_NE(again.header("Authorization"), "");
  rig.bench.trunk.send(answer_to(again, rig.bench.trunk, "200 OK", ""));
  rig.bench.next<call::PhoneRang>();
  EXPECT_TRUE(rig.bench.trunk.hears_nothing());
}

TEST(Digest, a_refresh_is_sent_again) {
  Rig rig;
  rig.bring_up();
  Loop::skip(Seconds(901));
  const Message first = rig.bench.trunk.receive("INVITE");
  EXPECT_EQ(first.body(), kOffer);
  rig.ask(first);
  const Message again = rig.bench.trunk.receive("INVITE");
  EXPECT_EQ(again.body(), kOffer);
  EXPECT_NE(again.header("Authorization"), "");
  rig.bench.trunk.send(answer_to(again, rig.bench.trunk, "200 OK", "", kAnswer));
  EXPECT_NE(rig.bench.trunk.receive("ACK ").header("Authorization"), "");
  EXPECT_TRUE(rig.bench.events.empty());
}

TEST(Digest, a_proof_that_is_not_believed_ends_the_attempt) {
  Rig rig;
  rig.ask(rig.prove_invite());
  const auto failed = rig.bench.next<call::PhoneFailed>();
  EXPECT_EQ(failed.status, 401);
  rig.bench.trunk.receive("ACK");
  EXPECT_TRUE(rig.bench.trunk.hears_nothing());
  EXPECT_EQ(rig.bench.signalling->legs(), 0u);
}

TEST(Digest, an_old_nonce_is_replaced) {
  Rig rig;
  rig.ask(rig.prove_invite(),
          "Proxy-Authenticate: Digest realm=\"unicom\", nonce=\"n2\", stale=true\r\n",
          "407 Proxy Authentication Required");
  const Message third = rig.bench.trunk.receive("INVITE");
  EXPECT_EQ(third.header("CSeq"), "3 INVITE");
  EXPECT_NE(third.header("Proxy-Authorization").find("nonce=\"n2\""), std::string::npos);
  EXPECT_EQ(third.header("Authorization"), "");
}

TEST(Digest, the_ack_repeats_the_invites_proof) {
  Rig rig;
  rig.bring_up();
  EXPECT_EQ(rig.ack.header("CSeq"), "2 ACK");
  EXPECT_TRUE(rig.ack.header("Authorization").starts_with("Digest username=\"acme\""));
}

TEST(Digest, a_bye_is_sent_again_with_its_reason) {
  Rig rig;
  rig.bring_up();
  rig.bench.signalling->perform(call::HangUp{kLeg, Cause::hung_up});
  const Message bye = rig.bench.trunk.receive("BYE");
  rig.ask(bye);
  const Message again = rig.bench.trunk.receive("BYE");
  EXPECT_EQ(bye.header("CSeq"), "3 BYE");
  EXPECT_EQ(again.header("CSeq"), "4 BYE");
  EXPECT_EQ(again.header("Reason"), bye.header("Reason"));
  EXPECT_NE(again.header("Authorization"), "");
  EXPECT_EQ(rig.bench.signalling->legs(), 1u);
  rig.ask(again);  // not believed: over all the same
  rig.bench.run_dry();
  EXPECT_EQ(rig.bench.signalling->legs(), 0u);
}

TEST(Digest, a_bye_to_the_caller_is_sent_again) {
  Rig rig;
  const UpCall up = make_call(rig.bench);
  rig.bench.signalling->perform(call::HangUp{LegId::caller(up.call), Cause::hung_up});
  rig.ask(rig.bench.trunk.receive("BYE"));
  EXPECT_NE(rig.bench.trunk.receive("BYE").header("Authorization"), "");
}

TEST(Digest, a_change_of_media_is_sent_again) {
  Rig rig;
  rig.bring_up();
  rig.bench.signalling->perform(call::OfferMedia{kLeg, {"application/sdp", kAnswer}});
  const Message change = rig.bench.trunk.receive("INVITE");
  rig.ask(change);
  rig.bench.trunk.receive("ACK");
  const Message again = rig.bench.trunk.receive("INVITE");
  EXPECT_EQ(again.header("CSeq"), "4 INVITE");
  EXPECT_EQ(again.body(), kAnswer);
  EXPECT_EQ(again.header("Content-Type"), "application/sdp");
  rig.bench.trunk.send(answer_to(again, rig.bench.trunk, "200 OK", "", kAnswer));
  rig.bench.next<call::MediaAccepted>();
  EXPECT_NE(rig.bench.trunk.receive("ACK").header("Authorization"), "");
}

TEST(Digest, what_comes_of_a_transfer_is_told_again) {
  Rig rig;
  rig.bring_up();
  rig.bench.trunk.send(from_phone(rig.first, rig.bench.trunk, "desk", "REFER", 1,
                                  "Refer-To: <sip:8001@pbx.example>\r\n"));
  rig.bench.trunk.receive("SIP/2.0 202");
  const Message told = rig.bench.trunk.receive("NOTIFY");
  rig.ask(told);
  const Message again = rig.bench.trunk.receive("NOTIFY");
  EXPECT_NE(again.header("Authorization"), "");
  for (const char* name : {"Event", "Subscription-State", "Content-Type"}) {
    EXPECT_EQ(again.header(name), told.header(name)) << name;
  }
  EXPECT_EQ(again.body(), told.body());
}

TEST(Digest, options_are_sent_again) {
  Rig rig;
  auto snapshot = rig.bench.snapshot();
  snapshot->trunks.front().credentials = {"acme", "secret"};
  snapshot->trunks.front().probe = Seconds(30);
  rig.bench.signalling->use(snapshot);
  const Message first = rig.bench.trunk.receive("OPTIONS");
  rig.ask(first);
  const Message again = rig.bench.trunk.receive("OPTIONS");
  EXPECT_EQ(again.header("CSeq"), "2 OPTIONS");
  EXPECT_EQ(again.header("Call-ID"), first.header("Call-ID"));
  EXPECT_NE(again.header("Authorization"), "");
  rig.ask(again);
  rig.bench.run_dry();
  EXPECT_EQ(rig.bench.signalling->trunks().front().gateways.front().health, Health::up);
}

TEST(Digest, nobody_else_is_told) {
  Rig rig;
  // A phone with an address of its own.
  rig.bench.signalling->perform(ring_phone(rig.bench, kCall));
  rig.bench.phone.send(answer_to(rig.bench.phone.receive("INVITE"), rig.bench.phone,
                                 "401 Unauthorized", "t", {}, kAsk, false));
  EXPECT_EQ(rig.bench.next<call::PhoneFailed>().status, 401);
  // Somebody who is no gateway, inside a call that went through one.
  rig.bring_up();
  rig.bench.signalling->perform(call::HangUp{kLeg, Cause::hung_up});
  const Message bye = rig.bench.trunk.receive("BYE");
  rig.bench.phone.send(answer_to(bye, rig.bench.phone, "401 Unauthorized", "t", {}, kAsk, false));
  EXPECT_TRUE(rig.bench.trunk.hears_nothing());
  EXPECT_EQ(rig.bench.signalling->legs(), 0u);
  // A trunk for which there are no credentials.
  rig.bench.signalling->use(rig.bench.snapshot());
  rig.bench.signalling->perform(rig.wish());
  rig.ask(rig.bench.trunk.receive("INVITE"));
  EXPECT_EQ(rig.bench.next<call::PhoneFailed>().status, 401);
}

}  // namespace
}  // namespace hotline::sip
