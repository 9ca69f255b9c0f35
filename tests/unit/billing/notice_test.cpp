#include "hotline/billing/notice.h"

#include <gtest/gtest.h>

#include "hotline/billing/accounts.h"

#include "support/china.h"

namespace hotline::billing {
namespace {

using support::at;
using support::yuan;

using namespace std::chrono_literals;

std::string text(const Notice& notice) {
  std::string said = std::string(to_string(notice.kind)) + " of " + notice.account;
  for (const auto& [name, value] : notice.facts) said += " " + name + "=" + value;
  return said;
}

std::string text(const std::vector<Notice>& notices) {
  std::string said;
  for (const Notice& notice : notices) said += (said.empty() ? "" : ", ") + text(notice);
  return said;
}

Terms terms() {
  auto package = std::make_shared<Package>();
  package->min_balance = yuan("15");
  package->low_balance = yuan("50");
  return Terms{package, {}};
}

TEST(Notice, comes_of_the_change_that_brings_less) {
  struct Row {
    AccountState from;
    const char* posted;
    const char* notice;
  };
  const Row rows[] = {
      {AccountState::open, "50", ""},
      {AccountState::open, "49.999", "low_balance of acme balance=49.999 threshold=50.000"},
      {AccountState::open, "14.999", ""},  // not paid yet
      {AccountState::active, "50", ""},
      {AccountState::active, "49.999", "low_balance of acme balance=49.999 threshold=50.000"},
      {AccountState::active, "14.999", "suspended of acme balance=14.999 threshold=15.000"},
      {AccountState::active, "-1", "suspended of acme balance=-1.000 threshold=15.000"},
      {AccountState::low, "15", ""},
      {AccountState::low, "14.999", "suspended of acme balance=14.999 threshold=15.000"},
      {AccountState::low, "50", ""},
      {AccountState::suspended, "-1", ""},
      {AccountState::suspended, "15", ""},  // low, but by a payment
      {AccountState::suspended, "50", ""},
      {AccountState::reclaimed, "15", ""},
      {AccountState::closed, "0", ""},
  };
  for (const Row& row : rows) {
    Book book{"acme", yuan(row.posted), {}, standing_of_new(at(2026, 4, 1)), {}, {}};
    book.standing.state = row.from;
    Posting posting;
    judge(book, terms(), "recharge", at(2026, 4, 2), posting);
    EXPECT_EQ(text(posting.notices), row.notice) << to_string(row.from) << " at " << row.posted;
    for (const Notice& notice : posting.notices) EXPECT_EQ(notice.at, at(2026, 4, 2));
  }
}

TEST(Notice, comes_once_for_each_step_down) {
  Book book{"acme", yuan("60"), {}, standing_of_new(at(2026, 4, 1)), {}, {}};
  std::string walk;
  for (const char* posted : {"60", "40", "30", "60", "40", "10", "5", "20", "10"}) {
    book.posted = yuan(posted);
    Posting posting;
    judge(book, terms(), "adjustment", at(2026, 4, 2), posting);
    walk += posted + std::string(":");
    for (const Notice& notice : posting.notices) walk += to_string(notice.kind);
    walk += " ";
  }
  EXPECT_EQ(walk, "60: 40:low_balance 30: 60: 40:low_balance 10:suspended 5: 20: 10:suspended ");
}

class NoticeOfFees : public testing::Test {
 protected:
  NoticeOfFees() {
    package_->min_balance = yuan("15");
    package_->suspension_fee = yuan("1.65");
    package_->line_fee = yuan("240");
    book_.standing.state = AccountState::active;
    book_.standing.activated = at(2026, 4, 1);
    terms_.package = package_;
  }
  std::vector<Notice> take(WallTime now) {
    return take_fees(book_, terms_, now, std::nullopt).notices;
  }

  std::shared_ptr<Package> package_ = std::make_shared<Package>();
  Terms terms_;
  Book book_{"acme", yuan("900"), {}, standing_of_new(at(2026, 4, 1)), {}, {}};
};

TEST_F(NoticeOfFees, tell_of_the_way_down_with_its_days) {
  book_.posted = yuan("3");
  Posting posting;
  judge(book_, terms_, "call_charge", at(2026, 4, 1) + 1h, posting);
  EXPECT_EQ(text(posting.notices), "suspended of acme balance=3.000 threshold=15.000");
  EXPECT_EQ(text(take(at(2026, 4, 2))), "");  // 1.650 left
  const auto notices = take(at(2026, 4, 9));
  EXPECT_EQ(text(notices), "reclaimed of acme balance=-0.300 threshold=0.000");
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].at, at(2026, 4, 3));
  EXPECT_EQ(notices[0].id, "reclaimed:acme:1775145600000");
}

TEST_F(NoticeOfFees, of_a_further_line_are_told_thirty_days_before_each_of_its_years) {
  terms_.further_lines = {{"4001234567", 2}};
  EXPECT_EQ(text(take(at(2026, 4, 2))), "");  // the first year is paid for
  terms_.further_lines = {{"4001234567", 1}};
  EXPECT_EQ(text(take(at(2027, 3, 2))), "");
  const auto notices = take(at(2027, 3, 3));
  EXPECT_EQ(text(notices),
            "line_fee_due of acme hotline=4001234567 line=1 due=2027-04-02 fee=240.000 "
            "balance=420.000");
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].at, at(2027, 3, 3));
  EXPECT_EQ(notices[0].id, "line_fee_due:acme:4001234567:1:2027-04-02");
  EXPECT_EQ(text(take(at(2027, 3, 31))), "");
  // Nobody looked for a year and more: the fee, and word of the next.
  EXPECT_EQ(text(take(at(2028, 3, 5))),
            "line_fee_due of acme hotline=4001234567 line=1 due=2028-04-02 fee=240.000 "
            "balance=180.000");
}

TEST_F(NoticeOfFees, that_are_not_taken_are_not_told) {
  terms_.further_lines = {{"4001234567", 1}};
  take(at(2026, 4, 2));
  Book before = book_;
  package_->line_fee = Money();
  EXPECT_EQ(text(take(at(2027, 3, 20))), "");
  book_ = before;
  package_->line_fee = yuan("240");
  book_.standing.state = AccountState::closed;
  EXPECT_EQ(text(take(at(2027, 3, 20))), "");
}

TEST(Notice, of_a_cap_says_whose_and_which) {
  const WallTime last_hour = at(2026, 12, 1) - 1h;  // of November, in China
  const Notice own = cap_notice("acme", {"4001234567", yuan("3000"), std::nullopt}, last_hour);
  EXPECT_EQ(text(own), "cap_reached of acme month=2026-11 hotline=4001234567 spend=3000.000");
  EXPECT_EQ(own.id, "cap_reached:acme:202611:4001234567");
  const Notice all = cap_notice("acme", {"", std::nullopt, 500}, last_hour);
  EXPECT_EQ(text(all), "cap_reached of acme month=2026-11 calls=500");
  EXPECT_EQ(all.id, "cap_reached:acme:202611");
}

TEST(Notice, is_told_for_an_account_that_is_there) {
  Accounts accounts;
  const Notice notice = cap_notice("acme", {"", std::nullopt, 500}, at(2026, 4, 1));
  accounts.tell(notice);
  EXPECT_TRUE(accounts.take_postings().empty());
  accounts.open({"acme", yuan("9"), {}, standing_of_new(at(2026, 4, 1)), {}, {}});
  accounts.tell(notice);
  const auto postings = accounts.take_postings();
  ASSERT_EQ(postings.size(), 1u);
  EXPECT_EQ(postings[0].notices, std::vector{notice});
  EXPECT_EQ(postings[0].standing.since, at(2026, 4, 1));
}

TEST(Notice, is_tried_again_after_twice_the_time_each_time) {
  struct Row {
    std::uint32_t tries;
    std::int64_t first_s;
    std::int64_t wait_s;
  };
  const Row rows[] = {
      {1, 60, 60},
      {2, 60, 120},
      {3, 60, 240},
      {9, 60, 15'360},
      {10, 60, 21'600},
      {11, 60, 21'600},
      {4'000'000, 60, 21'600},
      {1, 1, 1},
      {1, 21'600, 21'600},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(retry_after(row.tries, Seconds(row.first_s)).count(), row.wait_s) << row.tries;
  }
}

TEST(Notice, kinds_are_read_as_they_are_written) {
  for (const NoticeKind kind :
       {NoticeKind::low_balance, NoticeKind::suspended, NoticeKind::reclaimed,
        NoticeKind::cap_reached, NoticeKind::line_fee_due}) {
    EXPECT_EQ(notice_kind_from_string(to_string(kind)), kind);
  }
  EXPECT_EQ(notice_kind_from_string("rich"), std::nullopt);
}

}  // namespace
}  // namespace hotline::billing
