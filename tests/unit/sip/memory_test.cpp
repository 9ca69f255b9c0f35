// Calls leave nothing behind, once sofia's transactions have expired.
#include <malloc.h>

#include "bench.h"

namespace hotline::sip {
namespace {

void confirm_refusal(Bench& bench, Invite invite, const Message& refusal) {
  invite.method = "ACK";
  invite.to_tag = refusal.tag_of("To");
  invite.body.clear();
  bench.trunk.send(invite.text(bench, bench.trunk));
}

// Early media, confirmed on both hops; a change of media; a refresh; a hang-up across a change.
void eventful_call(Bench& bench, Invite invite, int n) {
  invite.extra = "Supported: 100rel, timer\r\nSession-Expires: 600;refresher=uas\r\n";
  const CallRef call = offer(bench, invite).call;
  const LegId phone{call, 1};
  bench.signalling->perform(ring_phone(bench, call));
  const Message out = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(out, bench.phone, "183 Session Progress", "t", kAnswer,
                             "Require: 100rel\r\nRSeq: 1\r\n"));
  bench.phone.send(answer_to(bench.phone.receive("PRACK"), bench.phone, "200 OK", ""));
  bench.signalling->perform(call::TellRinging{call, bench.next<call::PhoneRang>().early});
  const Message early = bench.trunk.receive("SIP/2.0 183");
  if (n % 2 == 0) {
    bench.trunk.send(in_dialog(bench, bench.trunk, invite, early, "PRACK", 2,
                               "RAck: " + early.header("RSeq") + " 1 INVITE\r\n"));
    bench.trunk.receive("SIP/2.0 200");
  } else {
    bench.signalling->perform(call::RefuseCaller{call, Cause::no_answer});
    confirm_refusal(bench, invite, bench.trunk.receive("SIP/2.0 480"));
  }
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t"));
  bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::ConfirmPhone{phone, {}});
  bench.phone.receive("ACK");
  bench.signalling->perform(call::OfferMedia{phone, {"application/sdp", kOffer}});
  const Message change = bench.phone.receive("INVITE");
  if (n % 2 == 0) {
    bench.signalling->perform(call::AnswerCaller{call, {"application/sdp", kAnswer}});
    const Message ok = bench.trunk.receive("SIP/2.0 200");
    bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
    bench.next<call::CallerConfirmed>();
    bench.phone.send(answer_to(change, bench.phone, "200 OK", "", kAnswer));
    bench.next<call::MediaAccepted>();
    bench.signalling->perform(call::HangUp{LegId::caller(call), Cause::hung_up});
    bench.trunk.send(answer_to(bench.trunk.receive("BYE"), bench.trunk, "200 OK", ""));
  } else {
    bench.phone.send(answer_to(change, bench.phone, "491 Request Pending", "", {}, {}, false));
  }
  bench.signalling->perform(call::HangUp{phone, Cause::hung_up});
  bench.phone.send(answer_to(bench.phone.receive("BYE"), bench.phone, "200 OK", ""));
}

void whole_call(Bench& bench, int n) {
  bench.trunk.drain();
  bench.phone.drain();
  Invite invite;
  invite.branch += std::to_string(n);
  invite.call_id += std::to_string(n);
  if (n % 8 >= 6) return eventful_call(bench, invite, n);
  const CallRef call = offer(bench, invite).call;
  const LegId phone{call, 1};
  bench.signalling->perform(ring_phone(bench, call));
  const Message out = bench.phone.receive("INVITE");
  if (n % 4 == 0) {  // busy
    bench.phone.send(answer_to(out, bench.phone, "486 Busy Here", "t", {}, {}, false));
    bench.next<call::PhoneFailed>();
    bench.phone.receive("ACK");
    bench.signalling->perform(call::RefuseCaller{call, Cause::all_busy});
    confirm_refusal(bench, invite, bench.trunk.receive("SIP/2.0 486"));
    return;
  }
  bench.phone.send(answer_to(out, bench.phone, "180 Ringing", "t"));
  bench.next<call::PhoneRang>();
  if (n % 4 == 1) {  // the caller gives up
    Invite cancel = invite;
    cancel.method = "CANCEL";
    cancel.body.clear();
    bench.trunk.send(cancel.text(bench, bench.trunk));
    bench.next<call::CallerCancelled>();
    confirm_refusal(bench, invite, bench.trunk.receive("SIP/2.0 487"));
    bench.signalling->perform(call::CancelPhone{phone, false});
    bench.phone.receive("CANCEL");
    bench.phone.send(answer_to(out, bench.phone, "487 Request Terminated", "t", {}, {}, false));
    bench.next<call::PhoneFailed>();
    return;
  }
  bench.phone.send(answer_to(out, bench.phone, "200 OK", "t", kAnswer));
  bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::ConfirmPhone{phone, {}});
  bench.phone.receive("ACK");
  bench.signalling->perform(call::AnswerCaller{call, {"application/sdp", kAnswer}});
  const Message ok = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, invite, ok, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  bench.phone.send(from_phone(out, bench.phone, "t", "BYE", 1));
  bench.next<call::HungUp>();
  bench.signalling->perform(call::HangUp{LegId::caller(call), Cause::hung_up});
  const Message bye = bench.trunk.receive("BYE");
  bench.trunk.send(answer_to(bye, bench.trunk, "200 OK", ""));
}

// Some calls, and the time that all their transactions take to expire.
constexpr int kBatch = 40;

std::size_t allocated_after_a_batch(Bench& bench, int& n) {
  for (int i = 0; i < kBatch; ++i) whole_call(bench, n++);
  for (int i = 0; i < 50; ++i) {
    Loop::skip(Seconds(1));
    bench.turn();
  }
  bench.run_dry();
  EXPECT_EQ(bench.signalling->legs(), 0u);
  EXPECT_TRUE(bench.events.empty());
  return mallinfo2().uordblks;
}

TEST(Memory, is_flat_after_calls_of_every_kind) {
  Bench bench;
  int n = 0;
  std::size_t before = 0;  // once all tables have their size
  for (int i = 0; i < 8; ++i) before = allocated_after_a_batch(bench, n);
  std::size_t after = 0;
  for (int i = 0; i < 8; ++i) after = allocated_after_a_batch(bench, n);
  EXPECT_LT(after, before + 8 * kBatch * 16) << "more than sixteen bytes a call";
}

TEST(Memory, is_flat_under_rubbish) {
  Bench bench;
  Invite bad;
  bad.contact_line = "Contact: <mailto:a@b>\r\n";
  const auto storm = [&] {
    for (int n = 0; n < 500; ++n) {
      bench.trunk.send(bad.text(bench, bench.trunk));
      bench.turn();
    }
    while (bench.trunk.receive()) {
    }
    return mallinfo2().uordblks;
  };
  storm();
  const std::size_t before = storm();
  EXPECT_LT(storm(), before + 20'000);
}

}  // namespace
}  // namespace hotline::sip
