// What is remembered beyond calls: notes and the month's usage, and databases from before them.
#include <algorithm>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/database.h"
#include "store/reader.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using call::KeepNote;
using Kind = call::KeepNote::Kind;
using testing::ElementsAre;

std::vector<std::string> notes_of(const Rig& rig, WallTime now = {}) {
  const auto start = load_start(rig.opened->database, now);
  std::vector<std::string> lines;
  for (const KeepNote& note : start->notes) {
    lines.push_back(std::string(to_string(note.kind)) + " " + note.key + "=" + note.value);
  }
  return lines;
}

WallTime at_ms(std::int64_t ms) { return WallTime(Milliseconds(ms)); }

TEST(Notes, the_last_word_counts_and_empty_ones_go) {
  Rig rig;
  rig.writer->perform(KeepNote{Kind::turn, "4001234567/sales", "1,"});
  rig.writer->perform(KeepNote{Kind::turn, "4001234567/sales", "2,"});
  rig.writer->perform(KeepNote{Kind::block, "+8613900000000", "5,prank", at_ms(100)});
  rig.writer->perform(KeepNote{Kind::block, "+8613900000001", "5,prank", at_ms(100)});
  rig.writer->perform(KeepNote{Kind::block, "+8613900000001", "", {}});
  rig.stop_writer();
  EXPECT_THAT(notes_of(rig),
              ElementsAre("block +8613900000000=5,prank", "turn 4001234567/sales=2,"));
  EXPECT_THAT(notes_of(rig, at_ms(100)), ElementsAre("turn 4001234567/sales=2,"));
  EXPECT_THAT(notes_of(rig), ElementsAre("turn 4001234567/sales=2,")) << "what is over is removed";
}

TEST(Usage, adds_answered_calls_up_by_month_of_china) {
  Rig rig;
  rig.open_account("acme");
  const auto answered = [&](int n, WallTime when) {
    call::CloseCall close = close_of(n);
    close.record.answered = when;
    close.record.hotline = n == 3 ? "4007654321" : "4001234567";
    rig.writer->close_call(close, charge_of(n));
  };
  // 2026-02-28 16:00 UTC is March in China.
  const WallTime march = at_ms(1'772'294'400'000);
  answered(1, march - Milliseconds(1));
  answered(2, march);
  answered(3, march);
  answered(4, march + std::chrono::hours(24 * 30));
  rig.writer->perform(refusal_of(5));
  rig.stop_writer();
  const auto start = load_start(rig.opened->database, march + std::chrono::hours(100));
  std::vector<std::string> lines;
  for (const call::MonthUsage& usage : start->usage) {
    lines.push_back(std::to_string(usage.month) + " " + usage.hotline + " " + usage.account + " " +
                    std::to_string(usage.calls) + " " + std::to_string(usage.spent.li()));
  }
  EXPECT_THAT(lines, ElementsAre("202603 4001234567 acme 2 6", "202603 4007654321 acme 1 3"));
}

TEST(PastCalls, what_was_decided_and_who_rang_first) {
  Rig rig;
  rig.open_account("acme");
  for (int n = 1; n <= 3; ++n) rig.writer->close_call(close_of(n), charge_of(n));
  rig.writer->perform(refusal_of(4));
  rig.stop_writer();
  auto reader = Reader::open(rig.opened->database);
  cdr::Query query;
  query.limit = 1'000'000;
  EXPECT_EQ(reader->count(query), 4u);
  std::vector<cdr::PastCall> calls;
  ASSERT_TRUE(reader->past_calls(query, [&](const cdr::PastCall& one) { calls.push_back(one); }));
  ASSERT_EQ(calls.size(), 4u);
  const cdr::Record record = close_of(2).record;
  EXPECT_EQ(calls[1].id, record.id);
  EXPECT_EQ(calls[1].hotline, record.hotline);
  EXPECT_EQ(calls[1].caller_raw, record.caller_raw);
  EXPECT_EQ(calls[1].caller_e164, record.caller_e164);
  EXPECT_EQ(calls[1].caller_kind, record.caller_kind);
  EXPECT_EQ(calls[1].received, record.received);
  EXPECT_EQ(calls[1].cause, record.release.cause);
  EXPECT_EQ(calls[1].decided, record.decided);
  EXPECT_EQ(calls[1].asked, record.asked);
  EXPECT_EQ(calls[1].calls, record.calls);
  EXPECT_EQ(calls[1].first_phone, record.attempts.at(0).phone);
  EXPECT_EQ(calls[3].first_phone, "");
}

}  // namespace
}  // namespace hotline::store
