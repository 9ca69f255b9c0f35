// The phone's leg, on the wire.
#include "bench.h"

namespace hotline::sip {
namespace {

constexpr CallRef kCall{7};
constexpr LegId kLeg{kCall, 1};

call::RingPhone by_trunk() {
  call::RingPhone wish;
  wish.leg = kLeg;
  wish.address = routing::TrunkNumber{"unicom", "02161234567"};
  wish.presented = "13900000000";
  wish.caller_name = "Li \"the\" caller";
  wish.hotline = "4001234567";
  wish.hops_left = 68;
  wish.offer = {"application/sdp", kOffer};
  return wish;
}

TEST(InviteOut, shows_the_phone_what_it_shall_see_and_nothing_else) {
  Bench bench;
  bench.signalling->perform(by_trunk());
  const Message out = bench.trunk.receive("INVITE");
  EXPECT_EQ(out.start(), "INVITE sip:02161234567@" + bench.trunk.at() + " SIP/2.0");
  EXPECT_EQ(out.header("Max-Forwards"), "68");
  EXPECT_EQ(out.headers("Via").size(), 1u);
  EXPECT_TRUE(
      out.header("From").starts_with("\"Li \\\"the\\\" caller\" <sip:13900000000@127.0.0.1>;tag="))
      << out.header("From");
  EXPECT_EQ(out.header("To"), "<sip:02161234567@" + bench.trunk.at() + ">");
  EXPECT_EQ(out.header("Contact"), "<sip:" + bench.at() + ">");
  EXPECT_EQ(out.header("Diversion"), "<sip:4001234567@127.0.0.1>;reason=unconditional;counter=1");
  EXPECT_EQ(out.header("P-Asserted-Identity"), "<sip:13900000000@127.0.0.1>");
  EXPECT_EQ(out.header("User-Agent"), "hotlined");
  EXPECT_EQ(out.header("Content-Type"), "application/sdp");
  EXPECT_EQ(out.body(), kOffer);
}

TEST(InviteOut, writes_numbers_as_the_trunk_wants_them) {
  Bench bench;
  auto snapshot = bench.snapshot();
  snapshot->trunks.front().number_format = number::Format::e164;
  snapshot->trunks.front().number_prefix = "9*";
  bench.signalling->use(snapshot);
  bench.signalling->perform(by_trunk());
  const Message out = bench.trunk.receive("INVITE");
  EXPECT_EQ(out.start(), "INVITE sip:9*+862161234567@" + bench.trunk.at() + " SIP/2.0");
  EXPECT_NE(out.header("From").find("<sip:+8613900000000@127.0.0.1>"), std::string::npos);
  EXPECT_EQ(out.header("P-Asserted-Identity"), "<sip:+8613900000000@127.0.0.1>");
  call::RingPhone hidden = by_trunk();
  hidden.leg.number = 2;
  hidden.presented.clear();
  bench.signalling->perform(hidden);
  EXPECT_EQ(bench.trunk.receive("INVITE").header("Privacy"), "id");
}

TEST(InviteOut, hides_who_wants_to_be_hidden) {
  Bench bench;
  call::RingPhone wish = by_trunk();
  wish.presented.clear();
  bench.signalling->perform(wish);
  const Message out = bench.trunk.receive("INVITE");
  EXPECT_TRUE(
      out.header("From").starts_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
  EXPECT_EQ(out.header("Privacy"), "id");
  EXPECT_EQ(out.header("P-Asserted-Identity"), "");
}

TEST(InviteOut, tells_a_trunk_that_keeps_it_who_is_hidden) {
  for (const bool trusted : {true, false}) {
    Bench bench;
    auto snapshot = bench.snapshot();
    snapshot->trunks.front().trusted = trusted;
    bench.signalling->use(snapshot);
    call::RingPhone wish = by_trunk();
    wish.presented.clear();
    wish.asserted = "02161234567";
    bench.signalling->perform(wish);
    const Message out = bench.trunk.receive("INVITE");
    EXPECT_EQ(out.header("Privacy"), "id");
    EXPECT_EQ(out.header("P-Asserted-Identity"), trusted ? "<sip:02161234567@127.0.0.1>" : "");
    EXPECT_EQ(out.header("From").find("02161234567"), std::string::npos);
  }
}

TEST(InviteOut, asserts_nothing_to_a_phone_of_its_own) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, kCall));
  EXPECT_EQ(bench.phone.receive("INVITE").header("P-Asserted-Identity"), "");
}

TEST(InviteOut, each_final_answer_is_classified) {
  using call::Failure;
  struct Row {
    const char* answer;
    Failure how;
    int status;
  };
  const Row rows[] = {
      {"486 Busy Here", Failure::busy, 486},
      {"600 Busy Everywhere", Failure::busy, 600},
      {"480 Temporarily Unavailable", Failure::no_answer, 480},
      {"408 Request Timeout", Failure::no_answer, 408},
      {"603 Decline", Failure::declined, 603},
      {"403 Forbidden", Failure::declined, 403},
      {"302 Moved Temporarily", Failure::failed, 302},
      {"401 Unauthorized", Failure::failed, 401},
      {"404 Not Found", Failure::failed, 404},
      {"503 Service Unavailable", Failure::failed, 503},
  };
  Bench bench;
  std::uint32_t number = 0;
  for (const Row& row : rows) {
    bench.signalling->perform(ring_phone(bench, kCall, ++number));
    const Message out = bench.phone.receive("INVITE");
    bench.phone.send(answer_to(out, bench.phone, row.answer, "t", {}, {}, false));
    const auto failed = bench.next<call::PhoneFailed>();
    EXPECT_EQ(failed.leg, (LegId{kCall, number}));
    EXPECT_EQ(failed.how, row.how) << row.answer;
    EXPECT_EQ(failed.status, row.status);
    EXPECT_TRUE(bench.phone.receive("ACK")) << row.answer;
  }
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(InviteOut, ringing_is_told_once_and_trying_is_no_ringing) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "100 Trying", ""));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
  bench.phone.send(answer_to(out, bench.phone, "180 Ringing", "t"));
  bench.phone.send(answer_to(out, bench.phone, "183 Session Progress", "t", kAnswer));
  bench.next<call::PhoneRang>();
  EXPECT_EQ(bench.next<call::PhoneRang>().early.body, kAnswer);
  Loop::skip(Seconds(30));  // it rings on; when to stop is the switchboard's business
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteOut, a_silent_gateway_gives_way_to_the_next) {
  Bench bench;
  bench.signalling->perform(by_trunk());
  const Message first = bench.trunk.receive("INVITE");
  Loop::skip(Milliseconds(4'100));
  const Message second = bench.gateway.receive("INVITE");
  EXPECT_EQ(second.start(), "INVITE sip:02161234567@" + bench.gateway.at() + " SIP/2.0");
  EXPECT_NE(second.header("Call-ID"), first.header("Call-ID"));
  while (bench.trunk.receive()) {  // what was repeated before
  }
  Loop::skip(Milliseconds(2'000));
  EXPECT_TRUE(bench.trunk.hears_nothing());
  bench.gateway.send(answer_to(second, bench.gateway, "180 Ringing", "t"));
  bench.next<call::PhoneRang>();
  EXPECT_EQ(bench.signalling->counters().rings, 2u);
  // The first one's answer comes after all: confirmed and hung up.
  bench.trunk.send(answer_to(first, bench.trunk, "200 OK", "late", kAnswer));
  EXPECT_EQ(bench.trunk.receive().header("CSeq"), "1 ACK");
  EXPECT_TRUE(bench.trunk.receive().text.starts_with("BYE"));
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteOut, silence_everywhere_is_told) {
  Bench bench;
  bench.signalling->perform(by_trunk());
  bench.trunk.receive("INVITE");
  Loop::skip(Milliseconds(4'100));
  bench.gateway.receive("INVITE");
  Loop::skip(Milliseconds(4'100));
  const auto failed = bench.next<call::PhoneFailed>();
  EXPECT_EQ(failed.how, call::Failure::silent);
  EXPECT_EQ(failed.status, 0);
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(InviteOut, a_gateways_fault_gives_way_to_the_next_but_a_verdict_counts) {
  Bench bench;
  bench.signalling->perform(by_trunk());
  bench.trunk.send(answer_to(bench.trunk.receive("INVITE"), bench.trunk, "503 Service Unavailable",
                             "t", {}, {}, false));
  const Message second = bench.gateway.receive("INVITE");
  bench.trunk.receive("ACK");
  bench.gateway.send(answer_to(second, bench.gateway, "486 Busy Here", "t", {}, {}, false));
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::busy);
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteOut, a_closed_port_gives_way_to_the_next_at_once) {
  Bench bench;
  auto snapshot = bench.snapshot();
  std::uint16_t closed = 0;
  {
    Peer gone(bench, "127.0.0.3");
    closed = gone.port();
  }
  snapshot->trunks.front().gateways.front() = {routing::Transport::udp, "127.0.0.3", closed};
  bench.signalling->use(snapshot);
  bench.signalling->perform(by_trunk());
  bench.gateway.receive("INVITE");
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteOut, no_way_to_a_phone_is_told) {
  Bench bench;
  call::RingPhone wish = by_trunk();
  wish.address = routing::TrunkNumber{"nobody", "1"};
  bench.signalling->perform(wish);
  EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::failed);
  for (const char* uri : {"sip:li@a.name.example", "tel:1", "", "sip:a>b@127.0.0.9"}) {
    wish.address = routing::PhoneUri{uri};
    bench.signalling->perform(wish);
    EXPECT_EQ(bench.next<call::PhoneFailed>().how, call::Failure::failed) << uri;
  }
  EXPECT_EQ(bench.signalling->legs(), 0u);
}

TEST(InviteOut, an_answer_repeated_is_confirmed_again_and_told_once) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  const std::string ok = answer_to(out, bench.phone, "200 OK", "t", kAnswer);
  bench.phone.send(ok);
  bench.next<call::PhoneAnswered>();
  bench.phone.send(ok);
  EXPECT_TRUE(bench.phone.hears_nothing());  // the switchboard has not confirmed yet
  bench.signalling->perform(call::ConfirmPhone{kLeg, {}});
  const Message ack = bench.phone.receive("ACK");
  bench.phone.send(ok);
  EXPECT_EQ(bench.phone.receive("ACK").text, ack.text);
  EXPECT_TRUE(bench.events.empty());
}

// Behind one URI may be a proxy that rings many: two of them answer.
TEST(InviteOut, a_second_phone_that_answers_is_hung_up) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "first", kAnswer));
  bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::ConfirmPhone{kLeg, {}});
  EXPECT_EQ(bench.phone.receive("ACK").tag_of("To"), "first");
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "second", kAnswer));
  EXPECT_EQ(bench.phone.receive("ACK").tag_of("To"), "second");
  EXPECT_EQ(bench.phone.receive("BYE").tag_of("To"), "second");
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteOut, an_answer_that_makes_no_call_is_confirmed_and_hung_up) {
  struct Row {
    const char* what;
    const char* contact;
    std::string body;
  };
  const Row rows[] = {
      {"no contact", "", kAnswer},
      {"a telephone as contact", "Contact: <tel:+8613900000000>\r\n", kAnswer},
      {"two contacts", "Contact: <sip:a@127.0.0.9>\r\nContact: <sip:b@127.0.0.9>\r\n", kAnswer},
      {"no description", "Contact: <sip:a@127.0.0.9>\r\n", ""},
      {"a broken one", "Contact: <sip:a@127.0.0.9>\r\n", "v=0\r\n"},
  };
  Bench bench;
  std::uint32_t number = 0;
  for (const Row& row : rows) {
    bench.signalling->perform(ring_phone(bench, kCall, ++number));
    const Message out = bench.phone.receive("INVITE");
    std::string contact = row.contact;
    const std::size_t host = contact.find("127.0.0.9>");
    if (host != std::string::npos) contact.replace(host, 9, bench.phone.at());
    bench.phone.send(answer_to(out, bench.phone, "200 OK", "t", row.body, contact, false));
    const auto failed = bench.next<call::PhoneFailed>();
    EXPECT_EQ(failed.how, call::Failure::failed) << row.what;
    EXPECT_EQ(failed.status, 200) << row.what;
    if (row.what == std::string_view("two contacts")) {
      // Where its BYE went is where the answer came from, as for the others.
    }
    EXPECT_TRUE(bench.phone.receive("ACK")) << row.what;
    const Message bye = bench.phone.receive("BYE");
    EXPECT_TRUE(bye) << row.what;
    bench.phone.send(answer_to(bye, bench.phone, "200 OK", ""));
    bench.run_dry();
  }
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
}

TEST(InviteOut, a_misleading_answer_is_never_read) {
  Bench bench;
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(
      answer_to(out, bench.phone, "200 OK", "t", kAnswer, "Record-Route: <sip:127.0.0.9;lrX>\r\n"));
  bench.run_dry();
  EXPECT_TRUE(bench.events.empty());
  EXPECT_EQ(bench.signalling->counters().malformed, 1u);
}

TEST(InviteOut, the_answers_route_is_followed_backwards) {
  Bench bench;
  Peer proxy(bench, "127.0.0.4");
  bench.signalling->perform(ring_phone(bench, kCall));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(
      out, bench.phone, "200 OK", "t", kAnswer,
      "Record-Route: <sip:far.example;lr>\r\nRecord-Route: <sip:" + proxy.at() + ";lr>\r\n"));
  bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::ConfirmPhone{kLeg, {}});
  const Message ack = proxy.receive("ACK");
  EXPECT_EQ(ack.start(), "ACK sip:desk@" + bench.phone.at() + " SIP/2.0");
  EXPECT_EQ(ack.headers("Route"),
            (std::vector<std::string>{"<sip:" + proxy.at() + ";lr>", "<sip:far.example;lr>"}));
}

}  // namespace
}  // namespace hotline::sip
