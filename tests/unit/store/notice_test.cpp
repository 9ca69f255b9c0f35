// What accounts' owners have to be told, from the posting that brings it to its delivery.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/database.h"
#include "store/reader.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using testing::ElementsAre;

constexpr WallTime kThen{Milliseconds(1'780'000'000'000)};

billing::Notice low(const std::string& account, int n) {
  return billing::balance_notice(billing::NoticeKind::low_balance, account, Money::from_li(n),
                                 Money::from_li(50'000), kThen + Seconds(n));
}

struct NoticeTest : testing::Test {
  NoticeTest() {
    for (const char* name : {"acme", "beta"}) {
      rig.open_account(name);
    }
  }
  void post(const billing::Notice& notice) {
    billing::Posting posting;
    posting.account = notice.account;
    posting.notices = {notice};
    posting.standing = billing::standing_of_new(kThen);
    rig.writer->post(posting);
    rig.settle();
  }
  ports::Applied tried(std::uint64_t seq, std::uint32_t tries, std::optional<WallTime> next,
                       const std::string& error) {
    std::optional<ports::Applied> result;
    rig.writer->mark({seq, kThen + Seconds(99), tries, next, error,
                      [&result](ports::Applied applied) { result = applied; }});
    EXPECT_TRUE(rig.thread.run_until([&] { return result.has_value(); }));
    return *result;
  }
  ports::Applied resend(std::uint64_t seq) {
    std::optional<ports::Applied> result;
    rig.writer->resend_notice(seq, [&result](ports::Applied applied) { result = applied; });
    EXPECT_TRUE(rig.thread.run_until([&] { return result.has_value(); }));
    return *result;
  }
  Reader reader() { return std::move(*Reader::open(rig.opened->database)); }
  std::vector<std::uint64_t> due(WallTime when, std::size_t most = 9) {
    std::vector<std::uint64_t> seqs;
    const auto found = reader().due_notices(when, most);
    for (const auto& kept : *found) seqs.push_back(kept.seq);
    return seqs;
  }
  std::vector<std::uint64_t> list(const billing::NoticeQuery& query) {
    std::vector<std::uint64_t> seqs;
    EXPECT_TRUE(reader().notices(
        query, [&seqs](const billing::KeptNotice& kept) { seqs.push_back(kept.seq); }));
    return seqs;
  }

  Rig rig;
};

TEST_F(NoticeTest, is_kept_as_it_was_and_once) {
  const billing::Notice notice = low("acme", 7);
  post(notice);
  post(notice);
  post(billing::cap_notice("acme", {"4001234567", Money::from_li(9), 500}, kThen));
  EXPECT_THAT(list({}), ElementsAre(1, 2));
  const auto kept = *reader().notice(1);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->notice, notice);
  EXPECT_EQ(kept->next, notice.at);
  EXPECT_EQ(kept->sent, std::nullopt);
  EXPECT_EQ(kept->tries, 0u);
  EXPECT_FALSE(*reader().notice(3));
}

TEST_F(NoticeTest, waits_until_it_is_delivered) {
  for (int n = 1; n <= 3; ++n) post(low("acme", n));
  EXPECT_THAT(due(kThen), ElementsAre());
  EXPECT_THAT(due(kThen + Seconds(2)), ElementsAre(1, 2));
  EXPECT_EQ(tried(1, 1, kThen + Seconds(60), "exit status 7"), ports::Applied::now);
  EXPECT_EQ(tried(2, 1, std::nullopt, ""), ports::Applied::now);
  EXPECT_THAT(due(kThen + Seconds(59)), ElementsAre(3));
  EXPECT_THAT(due(kThen + Seconds(60)), ElementsAre(3, 1));
  EXPECT_THAT(due(kThen + Seconds(60), 1), ElementsAre(3));
  const auto failed = **reader().notice(1);
  EXPECT_EQ(failed.tries, 1u);
  EXPECT_EQ(failed.error, "exit status 7");
  EXPECT_EQ(failed.sent, std::nullopt);
  const auto sent = **reader().notice(2);
  EXPECT_EQ(sent.sent, kThen + Seconds(99));
  EXPECT_EQ(sent.next, std::nullopt);
  const auto waiting = *reader().waiting_notices();
  EXPECT_EQ(waiting.count, 2u);
  EXPECT_EQ(waiting.error, "exit status 7");
}

TEST_F(NoticeTest, is_sent_again_when_somebody_asks) {
  post(low("acme", 1));
  tried(1, 3, std::nullopt, "");
  EXPECT_THAT(due(WallTime::max()), ElementsAre());
  EXPECT_EQ(resend(1), ports::Applied::now);
  EXPECT_EQ(resend(2), ports::Applied::before) << "there is none";
  EXPECT_THAT(due(rig.clock.read().wall), ElementsAre(1));
  const auto kept = **reader().notice(1);
  EXPECT_EQ(kept.tries, 0u);
  EXPECT_EQ(kept.sent, kThen + Seconds(99)) << "it was, too";
  tried(1, 1, kThen + Seconds(200), "exit status 7");
  EXPECT_EQ((**reader().notice(1)).sent, kThen + Seconds(99));
}

TEST_F(NoticeTest, is_listed_by_account_time_and_state) {
  post(low("acme", 1));
  post(low("beta", 2));
  post(low("acme", 3));
  tried(1, 1, std::nullopt, "");
  billing::NoticeQuery query;
  query.account = "acme";
  EXPECT_THAT(list(query), ElementsAre(1, 3));
  query.pending = true;
  EXPECT_THAT(list(query), ElementsAre(3));
  query = {};
  query.newest_first = true;
  query.limit = 2;
  EXPECT_THAT(list(query), ElementsAre(3, 2));
  query.after_seq = 2;
  EXPECT_THAT(list(query), ElementsAre(1));
  query = {};
  query.from = kThen + Seconds(2);
  query.to = kThen + Seconds(3);
  EXPECT_THAT(list(query), ElementsAre(2));
}

TEST_F(NoticeTest, of_a_form_nobody_writes_is_a_sentence) {
  post(low("acme", 1));
  rig.stop_writer();
  SQLite::Database database = connect_writer(rig.opened->database);
  for (const char* change :
       {"body = '[]'", "body = '{\"x\": 1}'", "body = ''", "kind = 'gossip', body = '{}'"}) {
    database.exec(std::string("UPDATE notice SET ") + change);
    EXPECT_FALSE(reader().notice(1)) << change;
  }
}

TEST(NoticeBatch, an_outcome_waits_for_the_disk_while_a_wish_is_refused) {
  std::deque<Request> queue;
  std::vector<ports::Applied> replies;
  const Done done = [&](ports::Applied applied) { replies.push_back(applied); };
  queue.push_back({NoticeTried{1, kThen, 1, {}, {}, done}, {}});
  queue.push_back({ResendNotice{1, kThen, done}, {}});
  Batch batch;
  batch.take(queue);
  const Results results = batch.failed({}, Instant::max());
  ASSERT_EQ(results.replies.size(), 1u);
  EXPECT_EQ(results.replies[0].applied, ports::Applied::failed);
  EXPECT_EQ(batch.requests(), 1u);
}

}  // namespace
}  // namespace hotline::store
