// An address that others know us by and that is not the one we are bound to (behind a NAT).
#include "bench.h"

namespace hotline::sip {
namespace {

constexpr const char* kKnown = "192.0.2.200";
constexpr std::uint16_t kKnownPort = 5090;

class Advertise : public OverEach {
 protected:
  Advertise() { bench.advertise(kKnown, kKnownPort); }
  std::string via() const {
    return std::string("SIP/2.0/") + (bench.phone.is_tcp() ? "TCP " : "UDP ") + bench.at() + ";";
  }
  std::string contact() const { return "<sip:" + bench.at() + bench.phone.uri_end() + ">"; }
};
INSTANTIATE_TEST_SUITE_P(Each, Advertise, testing::ValuesIn(kEach), name_of);

TEST_P(Advertise, is_what_a_phone_reads) {
  call::RingPhone wish = ring_phone(bench, CallRef{7});
  wish.address = routing::TrunkNumber{"unicom", "02161234567"};
  bench.signalling->perform(wish);
  const Message out = bench.trunk.receive("INVITE");
  EXPECT_TRUE(out.header("Via").starts_with(via())) << out.header("Via");
  EXPECT_EQ(out.header("Contact"), contact());
  EXPECT_TRUE(out.header("From").starts_with("<sip:13900000000@192.0.2.200>;tag="));
  EXPECT_EQ(out.header("Diversion"), "<sip:4001234567@192.0.2.200>;reason=unconditional;counter=1");
  EXPECT_EQ(out.header("P-Asserted-Identity"), "<sip:13900000000@192.0.2.200>");
  EXPECT_EQ(out.text.find("127.0.0.1"), std::string::npos) << out.text;
}

// What the library makes by itself, too: PRACK of ours, and its own CANCEL and ACK.
TEST_P(Advertise, stands_in_every_request) {
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(
      answer_to(out, bench.phone, "180 Ringing", "t", {}, "Require: 100rel\r\nRSeq: 1\r\n"));
  const Message prack = bench.phone.receive("PRACK");
  EXPECT_TRUE(prack.header("Via").starts_with(via())) << prack.header("Via");
  bench.phone.send(answer_to(prack, bench.phone, "200 OK", ""));
  bench.next<call::PhoneRang>();
  bench.signalling->perform(call::CancelPhone{LegId{CallRef{7}, 1}, false});
  const Message cancel = bench.phone.receive("CANCEL");
  EXPECT_EQ(cancel.header("Via"), out.header("Via"));
  bench.phone.send(answer_to(cancel, bench.phone, "200 OK", "t"));
  bench.phone.send(answer_to(out, bench.phone, "487 Request Terminated", "t"));
  EXPECT_EQ(bench.phone.receive("ACK").header("Via"), out.header("Via"));
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::cancelled);
}

// make_call's requests are for the address that our Contact names.
TEST_P(Advertise, requests_to_it_are_for_us) {
  const UpCall up = make_call(bench);
  EXPECT_EQ(up.caller_200.header("Contact"), contact());
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "UPDATE", 2));
  EXPECT_EQ(bench.trunk.receive("SIP/2.0 200").header("Contact"), contact());
  bench.phone.send(from_phone(up.phone_invite, bench.phone, "desk-tag", "BYE", 1,
                              "Route: " + contact().insert(contact().size() - 1, ";lr") + "\r\n"));
  EXPECT_TRUE(bench.phone.receive("SIP/2.0 200"));
  EXPECT_EQ(bench.next<call::HungUp>().leg, up.phone);
  bench.signalling->perform(call::HangUp{LegId::caller(up.call), Cause::hung_up});
  const Message bye = bench.trunk.receive("BYE");
  EXPECT_TRUE(bye.header("Via").starts_with(via())) << bye.header("Via");
  bench.trunk.send(answer_to(bye, bench.trunk, "200 OK", ""));
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST_P(Advertise, lasts_over_a_restart) {
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t", kAnswer));
  const auto answered = bench.next<call::PhoneAnswered>();
  bench.restart();
  EXPECT_TRUE(bench.signalling->end_recovered(answered.dialog, Recovered::answered));
  bench.phone.hang_up();  // what there is of TCP ended with the former process
  const Message bye = bench.phone.receive("BYE");
  EXPECT_TRUE(bye.header("Via").starts_with(via())) << bye.header("Via");
  EXPECT_EQ(bye.header("From"), out.header("From"));
}

TEST_P(Advertise, the_usual_port_is_left_out_of_via_alone) {
  bench.advertise(kKnown, 5060);
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  const Message out = bench.phone.receive("INVITE");
  const std::string proto = bench.phone.is_tcp() ? "SIP/2.0/TCP" : "SIP/2.0/UDP";
  EXPECT_TRUE(out.header("Via").starts_with(proto + " 192.0.2.200;")) << out.header("Via");
  EXPECT_EQ(out.header("Contact"), "<sip:192.0.2.200:5060" + bench.phone.uri_end() + ">");
}

TEST(AdvertiseOne, leaves_our_other_addresses_as_they_are) {
  Bench bench(true);  // over TCP it is known by another address
  bench.advertise(kKnown, kKnownPort);
  const std::string bound = "127.0.0.1:" + std::to_string(bench.port);
  bench.signalling->perform(ring_phone(bench, CallRef{7}));
  const Message out = bench.phone.receive("INVITE");
  EXPECT_TRUE(out.header("Via").starts_with("SIP/2.0/UDP " + bound + ";")) << out.header("Via");
  EXPECT_EQ(out.header("Contact"), "<sip:" + bound + ">");
}

TEST(AdvertiseOne, stands_for_all_addresses_where_we_listen_everywhere) {
  Bench bench;
  bench.listen_at = "0.0.0.0";
  bench.advertise(kKnown, kKnownPort);
  const UpCall up = make_call(bench);
  EXPECT_EQ(up.caller_200.header("Contact"), "<sip:192.0.2.200:5090>");
  EXPECT_EQ(up.phone_invite.header("Contact"), "<sip:192.0.2.200:5090>");
  EXPECT_TRUE(up.phone_invite.header("Via").starts_with("SIP/2.0/UDP 192.0.2.200:5090;"));
}

}  // namespace
}  // namespace hotline::sip
