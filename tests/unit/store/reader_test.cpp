#include "store/reader.h"

#include <algorithm>
#include <limits>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "store/record_row.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

constexpr int kCalls = 700;  // several fetches

class ReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    rig_.open_account("acme");
    rig_.open_account("other");
    for (int n = 1; n <= kCalls; ++n) {
      call::CloseCall close = close_of(n);
      if (n % 100 == 0) close.record.account = "other";
      close.record.hotline = n % 2 == 0 ? "4000000002" : "4000000001";
      rig_.writer->close_call(close, charge_of(n));
    }
    rig_.append(billing::recharge("other", Money::from_li(50), "r", WallTime(Milliseconds(9))));
    auto reader = Reader::open(rig_.opened->database);
    ASSERT_TRUE(reader) << reader.error();
    reader_.emplace(std::move(*reader));
  }

  std::vector<std::uint64_t> seqs(const cdr::Query& query) {
    std::vector<std::uint64_t> seqs;
    const auto read = reader_->records(query, [&](const cdr::Filed& filed) {
      seqs.push_back(filed.seq);
      EXPECT_EQ(filed.record.attempts.size(), 2U);
    });
    EXPECT_TRUE(read) << read.error();
    return seqs;
  }

  Rig rig_;
  std::optional<Reader> reader_;
};

TEST_F(ReaderTest, asks_records_by_every_condition) {
  const auto all = std::numeric_limits<std::size_t>::max();
  const auto any = std::nullopt;
  const std::string even = "4000000002";
  const std::string e164 = sample_record(5).caller_e164;
  const std::string raw = sample_record(6).caller_raw;
  const auto at = [](int n) { return sample_record(n).received; };
  const struct {
    const char* what;
    cdr::Query query;  // from, to, hotline, account, caller, after, limit, newest first
    std::size_t count;
    std::uint64_t first;
    std::uint64_t last;
  } rows[] = {
      {"one page", {any, any, "", "", "", 0, 100, false}, 100, 1, 100},
      {"all", {any, any, "", "", "", 0, all, false}, kCalls, 1, kCalls},
      {"newest first", {any, any, "", "", "", 0, 300, true}, 300, 700, 401},
      {"the next page", {any, any, "", "", "", 100, 100, false}, 100, 101, 200},
      {"the next page, newest first", {any, any, "", "", "", 101, 100, true}, 100, 100, 1},
      {"from", {at(650), any, "", "", "", 0, all, false}, 51, 650, 700},
      {"to", {any, at(51), "", "", "", 0, all, false}, 50, 1, 50},
      {"from and to", {at(10), at(12), "", "", "", 0, all, false}, 2, 10, 11},
      {"nothing so late", {at(701), any, "", "", "", 0, all, false}, 0, 0, 0},
      {"a hotline", {any, any, even, "", "", 0, all, false}, 350, 2, 700},
      {"an account", {any, any, "", "other", "", 0, all, false}, 7, 100, 700},
      {"a caller in E.164", {any, any, "", "", e164, 0, all, false}, 1, 5, 5},
      {"a caller as received", {any, any, "", "", raw, 0, all, false}, 1, 6, 6},
      {"nobody", {any, any, "", "", "+8613", 0, all, false}, 0, 0, 0},
      {"many conditions", {at(100), any, even, "other", "", 100, all, false}, 6, 200, 700},
      {"none wanted", {any, any, "", "", "", 0, 0, false}, 0, 0, 0},
  };
  for (const auto& row : rows) {
    const auto found = seqs(row.query);
    ASSERT_EQ(found.size(), row.count) << row.what;
    if (found.empty()) continue;
    EXPECT_EQ(found.front(), row.first) << row.what;
    EXPECT_EQ(found.back(), row.last) << row.what;
  }
}

TEST(Recordings, whose_note_is_missing_are_found) {
  Rig rig;
  rig.open_account("acme");
  for (int n = 1; n <= 4; ++n) rig.writer->close_call(close_of(n), charge_of(n));
  const WallTime now = rig.clock.read().wall;
  rig.writer->add_note(sample_record(2).id, {now, cdr::NoteKind::remark, "a", "w"},
                       [](ports::Applied) {});
  rig.writer->add_note(sample_record(3).id, {now, cdr::NoteKind::recording, "a", "w"},
                       [](ports::Applied) {});
  rig.stop_writer();
  auto reader = Reader::open(rig.opened->database);
  ASSERT_TRUE(reader);
  // The first one was not recorded, the last one is too late.
  const auto found =
      reader->recordings_without_note(sample_record(1).received, sample_record(4).received);
  ASSERT_TRUE(found) << found.error();
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().call, sample_record(2).id);
  EXPECT_EQ(found->front().path, sample_record(2).recording);
}

// Of every four calls: one refused at the door, one rung in vain, two answered, by li and by desk.
class FilterTest : public testing::Test {
 protected:
  void SetUp() override {
    rig_.open_account("acme");
    for (int n = 1; n <= 40; ++n) {
      call::CloseCall close = close_of(n);
      cdr::Record& record = close.record;
      record.province = n % 10 == 0 ? "浙江" : "江苏";
      record.phone_province = "上海";
      record.answered_by = n % 4 == 3 ? "li" : "desk";
      record.attempts[1].phone = "desk";
      if (n % 4 == 1) record.attempts.clear();
      if (n % 4 == 1) record.release.cause = Cause::closed;
      if (n % 4 == 2) record.release.cause = Cause::no_answer;
      if (n % 4 == 1 || n % 4 == 2) {
        record.answered.reset();
        record.answered_by = record.phone_province = "";
      }
      rig_.writer->close_call(close, charge_of(n));
    }
    rig_.stop_writer();
    reader_.emplace(*Reader::open(rig_.opened->database));
  }
  Rig rig_;
  std::optional<Reader> reader_;
};

TEST_F(FilterTest, asks_records_by_place_result_and_phone) {
  const struct {
    const char* what;
    void (*ask)(cdr::Query&);
    std::vector<std::uint64_t> first;  // of those found
    std::size_t count;
  } rows[] = {
      {"caller's province", [](cdr::Query& q) { q.caller_province = "浙江"; }, {10, 20}, 4},
      {"phone's province", [](cdr::Query& q) { q.phone_province = "上海"; }, {3, 4, 7}, 20},
      {"answered", [](cdr::Query& q) { q.outcome = cdr::Outcome::answered; }, {3, 4, 7}, 20},
      {"unanswered", [](cdr::Query& q) { q.outcome = cdr::Outcome::unanswered; }, {1, 2, 5}, 20},
      {"refused", [](cdr::Query& q) { q.outcome = cdr::Outcome::refused; }, {1, 5}, 10},
      {"a cause", [](cdr::Query& q) { q.cause = Cause::no_answer; }, {2, 6}, 10},
      {"answered by", [](cdr::Query& q) { q.phone = "li"; }, {3, 7}, 10},
      {"rang", [](cdr::Query& q) { q.rang = "desk"; }, {2, 3, 4, 6}, 30},
      {"all of it",
       [](cdr::Query& q) {
         q.caller_province = "浙江";
         q.phone_province = "上海";
         q.outcome = cdr::Outcome::answered;
         q.phone = q.rang = "desk";
       },
       {20, 40},
       2},
  };
  for (const auto& row : rows) {
    cdr::Query query;
    query.limit = 1'000'000;
    row.ask(query);
    std::vector<std::uint64_t> found;
    ASSERT_TRUE(reader_->records(query, [&](const auto& filed) { found.push_back(filed.seq); }));
    EXPECT_EQ(found.size(), row.count) << row.what;
    found.resize(std::min(found.size(), row.first.size()));
    EXPECT_EQ(found, row.first) << row.what;
    EXPECT_EQ(*reader_->count(query), row.count) << row.what;
  }
}

TEST_F(FilterTest, asks_entries_by_kind) {
  billing::Query query;
  std::size_t found = 0;
  query.kind = billing::EntryKind::recharge;
  ASSERT_TRUE(reader_->entries(query, [&](const auto&) { ++found; }));
  EXPECT_EQ(found, 0U);
  query.kind = billing::EntryKind::call_charge;
  ASSERT_TRUE(reader_->entries(query, [&](const auto&) { ++found; }));
  EXPECT_EQ(found, 40U);
}

TEST_F(FilterTest, knows_between_which_numbers_records_lie) {
  const auto span = [&](const cdr::Query& query) {
    const auto found = reader_->span(query);
    return std::pair(found->first, found->last);
  };
  using Numbers = std::pair<std::uint64_t, std::uint64_t>;
  cdr::Query query;
  EXPECT_EQ(span(query), Numbers(1, 40));
  query.from = sample_record(7).received;
  query.to = sample_record(12).received;
  EXPECT_EQ(span(query), Numbers(7, 11));
  query.from = query.to;
  query.to = *query.from - Milliseconds(1);
  EXPECT_EQ(span(query), Numbers(0, 0));
  EXPECT_EQ(reader_->span(billing::Query{})->last, 40U);
}

// Matches lie further apart than one read looks.
TEST(SparseEntries, are_found_in_either_direction_page_by_page) {
  Rig rig;
  rig.stop_writer();
  {
    SQLite::Database database(rig.opened->database.string(), SQLite::OPEN_READWRITE);
    database.exec(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000)"
        " INSERT INTO ledger(seq," +
        std::string(kLedgerColumns) +
        ") SELECT i, i, 'recharge', iif(i IN (1, 45000, 45001, 90000), 'rare', 'acme'), i, 1, i, "
        "'', '', 1"
        " FROM n");
  }
  auto reader = Reader::open(rig.opened->database);
  for (const bool newest_first : {false, true}) {
    for (const std::size_t page : {1U, 3U, 100U}) {
      billing::Query query;
      query.account = "rare";
      query.limit = page;
      query.newest_first = newest_first;
      std::vector<std::uint64_t> found;
      for (std::size_t before = 1; before != found.size();) {
        before = found.size();
        ASSERT_TRUE(reader->entries(query, [&](const auto& one) { found.push_back(one.seq); }));
        if (!found.empty()) query.after_seq = found.back();
      }
      if (newest_first) std::reverse(found.begin(), found.end());
      EXPECT_EQ(found, (std::vector<std::uint64_t>{1, 45'000, 45'001, 90'000})) << page;
    }
  }
}

TEST_F(ReaderTest, finds_one_record_with_its_attempts) {
  cdr::Record expected = sample_record(9);
  expected.hotline = "4000000001";
  const auto found = reader_->record(expected.id);
  ASSERT_TRUE(found) << found.error();
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->seq, 9U);
  EXPECT_EQ(dump((*found)->record), dump(expected));

  const auto missing = reader_->record(sample_record(kCalls + 1).id);
  ASSERT_TRUE(missing);
  EXPECT_FALSE(*missing);
}

TEST_F(ReaderTest, asks_entries_by_every_condition) {
  const auto all = std::numeric_limits<std::size_t>::max();
  const auto any = std::nullopt;
  const auto at = [](int n) { return sample_record(n).ended; };
  const struct {
    const char* what;
    billing::Query query;  // from, to, account, after, limit, newest first
    std::size_t count;
    std::uint64_t first;
  } rows[] = {
      {"all", {any, any, "", 0, all, false}, kCalls + 1, 1},
      {"an account", {any, any, "other", 0, all, false}, 1, kCalls + 1},
      {"newest first", {any, any, "", 0, 1, true}, 1, kCalls + 1},
      {"dated from", {at(699), any, "", 0, all, false}, 2, 699},
      {"dated to", {any, at(1), "", 0, all, false}, 1, kCalls + 1},
      {"the next page", {any, any, "", 700, all, false}, 1, kCalls + 1},
  };
  for (const auto& row : rows) {
    std::vector<billing::Booked> found;
    ASSERT_TRUE(reader_->entries(row.query,
                                 [&](const billing::Booked& booked) { found.push_back(booked); }));
    ASSERT_EQ(found.size(), row.count) << row.what;
    EXPECT_EQ(found.front().seq, row.first) << row.what;
  }
}

TEST_F(ReaderTest, an_entry_comes_back_whole) {
  std::optional<billing::Booked> found;
  billing::Query query;
  query.account = "other";
  ASSERT_TRUE(reader_->entries(query, [&](const billing::Booked& booked) { found = booked; }));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->entry.id, "recharge:other:r");
  EXPECT_EQ(found->entry.kind, billing::EntryKind::recharge);
  EXPECT_EQ(found->entry.account, "other");
  EXPECT_EQ(found->entry.reference, "r");
  EXPECT_EQ(found->entry.amount, Money::from_li(50));
  EXPECT_EQ(found->entry.at, WallTime(Milliseconds(9)));
  EXPECT_EQ(found->balance_after, Money::from_li(50));
}

TEST_F(ReaderTest, lists_accounts_and_adds_everything_up) {
  const auto accounts = reader_->accounts();
  ASSERT_TRUE(accounts);
  ASSERT_EQ(accounts->size(), 2U);
  constexpr std::int64_t kCharged = kCalls * (kCalls + 1) / 2;
  EXPECT_EQ((*accounts)[0].balance, Money::from_li(-kCharged));
  const auto totals = reader_->totals();
  ASSERT_TRUE(totals) << totals.error();
  EXPECT_EQ(totals->records, 700U);
  EXPECT_EQ(totals->calls, static_cast<std::uint64_t>(kCharged + 8 * kCalls));
  EXPECT_EQ(totals->charges, Money::from_li(kCharged));
  EXPECT_EQ(totals->charged, Money::from_li(kCharged));
  EXPECT_EQ(totals->entries, 701U);
  EXPECT_EQ(totals->balances, Money::from_li(50 - kCharged));
}

TEST_F(ReaderTest, sees_what_is_written_between_its_fetches) {
  std::size_t taken = 0;
  cdr::Query query;
  query.limit = std::numeric_limits<std::size_t>::max();
  ASSERT_TRUE(reader_->records(query, [&](const cdr::Filed& filed) {
    if (filed.seq == 1) {  // no read is open: the writer may write, and clean up its log
      rig_.writer->close_call(close_of(kCalls + 1), {});
      rig_.settle();
    }
    ++taken;
  }));
  EXPECT_EQ(taken, kCalls + 1U);
}

TEST(Reader, says_in_a_sentence_what_is_wrong) {
  TempDir dir;
  EXPECT_FALSE(Reader::open(dir.path() / "none.db"));
}

}  // namespace
}  // namespace hotline::store
