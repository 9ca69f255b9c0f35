#include "hotline/call/after_crash.h"

#include <gtest/gtest.h>

namespace hotline::call {
namespace {

constexpr WallTime kReceived{Milliseconds{1'772'416'800'000}};

Now at(std::int64_t ms) { return Now{Instant(Milliseconds(ms)), kReceived + Milliseconds(ms)}; }

Unfinished unfinished() {
  Unfinished row;
  row.draft.received = kReceived;
  row.tariff = billing::Tariff{Money::from_li(300), Seconds(60), Seconds(60)};
  return row;
}

TEST(CloseAfterCrash, bills_no_more_than_was_proved_or_paid) {
  struct Row {
    std::int64_t answered_ms;
    std::int64_t paid_ms;
    std::int64_t heartbeat_ms;
    std::int64_t billable_ms;
    std::int64_t charge_li;
  };
  const Row rows[] = {
      {1000, 60'000, 1500, 0, 0},            // the heartbeat proves nothing
      {1000, 60'000, 4000, 1000, 300},       // two seconds may have passed until the 200
      {1000, 60'000, 63'000, 60'000, 300},   // up to the paid boundary
      {1000, 60'000, 163'000, 60'000, 300},  // never beyond it
      {1000, 120'000, 63'001, 60'001, 600},
  };
  for (const Row& row : rows) {
    Unfinished call = unfinished();
    call.answer = Unfinished::Answer{at(row.answered_ms), Milliseconds(row.paid_ms), ""};
    const cdr::Record record = close_after_crash(call, at(row.heartbeat_ms));
    EXPECT_EQ(record.billable.count(), row.billable_ms) << row.heartbeat_ms;
    EXPECT_EQ(record.charge.li(), row.charge_li) << row.heartbeat_ms;
    EXPECT_EQ(record.evidence, cdr::EndEvidence::crash);
    EXPECT_EQ(record.ended, at(row.heartbeat_ms).wall);
    EXPECT_EQ(record.release.cause, Cause::crash);
  }
}

// Six seconds free, a set-up fee, the second unit at another price; the caller's carrier takes its
// own by the minutes of the proved talk.
TEST(CloseAfterCrash, bills_by_the_whole_tariff) {
  Unfinished call = unfinished();
  call.tariff =
      *billing::tariff_from_text("0.300 60/60 setup 0.100 free 6 from 60 0.200 caller 0.050");
  call.answer = Unfinished::Answer{at(1000), Milliseconds(126'000), ""};
  const cdr::Record record = close_after_crash(call, at(3000 + 66'001));
  EXPECT_EQ(record.billable.count(), 66'001);
  EXPECT_EQ(record.billed, Seconds(120));
  EXPECT_EQ(record.charge.li(), 100 + 300 + 200);
  EXPECT_EQ(record.caller_fee.li(), 100);
}

TEST(CloseAfterCrash, a_ringing_call_costs_nothing) {
  const cdr::Record record = close_after_crash(unfinished(), at(5000));
  EXPECT_EQ(record.charge, Money());
  EXPECT_FALSE(record.answered);
  EXPECT_EQ(record.release.status, 503);
  EXPECT_EQ(record.ring, Milliseconds(5000));
}

TEST(CloseAfterCrash, ends_no_earlier_than_it_began) {
  const cdr::Record record = close_after_crash(unfinished(), at(-700));
  EXPECT_EQ(record.ended, kReceived);
}

}  // namespace
}  // namespace hotline::call
