// Strangers and rubbish: silence, and a server that lives.
#include "sip/gate.h"

#include <sys/socket.h>

#include "bench.h"

namespace hotline::sip {
namespace {

TEST(Gate, keeps_from_the_library_what_misleads_it) {
  struct Row {
    const char* what;
    const char* headers;
    bool request;
    bool safe;
  };
  const Row rows[] = {
      {"plain", "Via: SIP/2.0/UDP 127.0.0.2:5060;branch=z", true, true},
      {"no port", "Via: SIP/2.0/UDP 127.0.0.2;branch=z", true, true},
      {"IPv6", "Via: SIP/2.0/UDP [::1]:5060;branch=z", true, true},
      {"IPv6 without a port", "v: SIP/2.0/UDP [::1];branch=z", true, true},
      {"no Via at all", "Subject: x", true, true},
      {"another transport", "Via: SIP/2.0/TCP 127.0.0.2:5060;branch=z", true, false},
      {"another version", "Via: SIP/7.0/UDP 127.0.0.2:5060;branch=z", true, false},
      {"as it may be written", "Via: sip / 2.0 / Udp 127.0.0.2:5060;branch=z", true, true},
      {"port zero", "Via: SIP/2.0/UDP 127.0.0.2:0;branch=z", true, false},
      {"port too high: sofia reads no Via", "Via: SIP/2.0/UDP 127.0.0.2:99999", true, true},
      {"answers elsewhere", "Via: SIP/2.0/UDP 127.0.0.2;maddr=victim", true, false},
      {"answers elsewhere, folded", "VIA : SIP/2.0/UDP h\r\n ; maddr=victim", true, false},
      {"a misleading answer", "Record-Route: <sip:127.0.0.2;lrX>", false, false},
      {"a misleading Contact", "m: <sip:127.0.0.2;transportX>", false, false},
      {"a plain answer", "Record-Route: <sip:127.0.0.2;lr>\r\nm: <sip:h;lr>", false, true},
      {"in the body it is nobody's business", "Subject: x\r\n\r\n;lrX", false, true},
  };
  for (const Row& row : rows) {
    const std::string text =
        std::string(row.request ? "OPTIONS sip:a SIP/2.0\r\n" : "SIP/2.0 200 OK\r\n") +
        row.headers + "\r\n\r\n";
    msg_t* message =
        msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size()));
    EXPECT_EQ(is_safe_for_sofia(*sip_object(message), routing::Transport::udp), row.safe)
        << row.what;
    msg_destroy(message);
  }
}

std::vector<std::string> rubbish(const Bench& bench, const Peer& peer) {
  Invite invite;
  const std::string good = invite.text(bench, peer);
  std::string no_via = good;
  no_via.erase(no_via.find("Via:"), no_via.find("Max-Forwards") - no_via.find("Via:"));
  std::string bad_cseq = good;
  bad_cseq.replace(bad_cseq.find("CSeq: 1"), 7, "CSeq: x");
  std::string old = good;
  old.replace(old.find("SIP/2.0"), 7, "SIP/7.0");
  return {good,
          no_via,
          bad_cseq,
          old,
          good.substr(0, good.size() / 2),
          "INVITE\r\n\r\n",
          "OPTIONS sip:x SIP/2.0\r\n\r\n",
          "SIP/2.0 200 OK\r\n\r\n",
          "\r\n\r\n",
          std::string("\x00\x01\x00\x00\x21\x12\xa4\x42"
                      "123456789012",
                      20),  // STUN
          std::string("\xf8SigComp", 8),
          std::string(60'000, 'A')};
}

TEST(Gate, strangers_meet_silence_whatever_they_send) {
  Bench bench;
  Peer stranger(bench, "127.0.0.50");
  for (const std::string& text : rubbish(bench, stranger)) stranger.send(text);
  EXPECT_TRUE(stranger.hears_nothing());
  EXPECT_TRUE(bench.events.empty());
  EXPECT_GE(bench.signalling->counters().strangers, 8u);
  EXPECT_EQ(bench.signalling->counters().calls, 0u);
}

TEST(Gate, what_is_refused_out_of_hand_is_refused_to_its_sender) {
  Bench bench;
  Peer victim(bench, "127.0.0.50");
  std::string old = Invite{}.text(bench, bench.trunk);
  old.replace(old.find(" SIP/2.0\r"), 8, " SIP/7.0");
  const std::size_t at = old.find(bench.trunk.host(), old.find("Via:"));
  old.replace(at, bench.trunk.host().size(), victim.host());
  bench.trunk.send(old);
  EXPECT_EQ(bench.trunk.receive().start(), "SIP/2.0 505 Version Not Supported");
  // Sofia would send its 400 to where a Via of another transport leads.
  std::string bad = old;
  bad.replace(bad.find("/UDP"), 4, "/TCP");
  bench.trunk.send(bad);
  EXPECT_TRUE(bench.trunk.hears_nothing());
  EXPECT_TRUE(victim.hears_nothing());
  EXPECT_EQ(bench.signalling->counters().malformed, 1u);
}

TEST(Gate, a_phone_is_no_stranger_but_may_not_call) {
  Bench bench;
  bench.phone.send(Invite{}.text(bench, bench.phone));
  EXPECT_TRUE(bench.phone.hears_nothing());
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->counters().strangers, 1u);
}

TEST(Gate, rubbish_from_a_trunk_leaves_the_server_alive) {
  Bench bench;
  for (const std::string& text : rubbish(bench, bench.trunk)) {
    if (text.starts_with("INVITE sip") && text.find("z9hG4bK") != std::string::npos) continue;
    bench.trunk.send(text);
  }
  bench.run_dry();
  while (bench.trunk.receive()) {
  }
  EXPECT_TRUE(bench.events.empty());
  bench.trunk.send(Invite{}.text(bench, bench.trunk));
  bench.next<call::CallOffered>();
}

TEST(Gate, a_strangers_cancel_ends_nothing) {
  Bench bench;
  Invite invite;
  offer(bench, invite);
  Peer stranger(bench, "127.0.0.50");
  Invite cancel = invite;
  cancel.method = "CANCEL";
  cancel.body.clear();
  stranger.send(cancel.text(bench, bench.trunk));
  EXPECT_TRUE(stranger.hears_nothing());
  EXPECT_TRUE(bench.events.empty());
}

}  // namespace
}  // namespace hotline::sip
