#include "hotline/billing/account.h"

#include <gtest/gtest.h>

namespace hotline::billing {
namespace {

constexpr WallTime kNow{Milliseconds(1'780'000'000'000)};

Terms terms() {
  auto package = std::make_shared<Package>();
  package->year_price = Money::from_li(600'000);
  package->min_balance = Money::from_li(15'000);
  package->low_balance = Money::from_li(50'000);
  return Terms{package, {}};
}

TEST(Account, moves_by_its_balance) {
  struct Row {
    AccountState from;
    std::int64_t posted_li;
    AccountState to;
  };
  const Row rows[] = {
      {AccountState::open, 599'999, AccountState::open},
      {AccountState::open, 600'000, AccountState::active},
      {AccountState::active, 50'000, AccountState::active},
      {AccountState::active, 49'999, AccountState::low},
      {AccountState::active, 14'999, AccountState::suspended},
      {AccountState::low, 15'000, AccountState::low},
      {AccountState::low, 14'999, AccountState::suspended},
      {AccountState::low, 50'000, AccountState::active},
      {AccountState::suspended, -100'000, AccountState::suspended},
      {AccountState::suspended, 15'000, AccountState::low},
      {AccountState::suspended, 50'000, AccountState::active},
      {AccountState::reclaimed, 900'000, AccountState::reclaimed},
      {AccountState::closed, 900'000, AccountState::closed},
  };
  for (const Row& row : rows) {
    Book book{"acme", Money::from_li(row.posted_li), {}, standing_of_new(kNow), {}, {}};
    book.standing.state = row.from;
    Posting posting;
    judge(book, terms(), "recharge", kNow, posting);
    EXPECT_EQ(book.standing.state, row.to) << to_string(row.from) << " at " << row.posted_li;
    EXPECT_EQ(posting.events.size(), row.from == row.to ? 0u : 1u);
  }
}

TEST(Account, knows_what_is_missing) {
  const auto missing_of = [](AccountState state, std::int64_t posted_li) {
    Book book{"acme", Money::from_li(posted_li), {}, standing_of_new(kNow), {}, {}};
    book.standing.state = state;
    return missing(book, terms()).li();
  };
  EXPECT_EQ(missing_of(AccountState::open, 0), 600'000);
  EXPECT_EQ(missing_of(AccountState::open, 599'000), 1'000);
  EXPECT_EQ(missing_of(AccountState::suspended, -1'000), 16'000);
  EXPECT_EQ(missing_of(AccountState::low, 20'000), 0);
  EXPECT_EQ(missing_of(AccountState::reclaimed, -1'000), 0) << "money alone does not help";
}

TEST(Account, is_activated_once) {
  Book book{"acme", Money::from_li(600'000), {}, standing_of_new(kNow), {}, {}};
  Posting posting;
  judge(book, terms(), "recharge", kNow, posting);
  EXPECT_EQ(book.standing.activated, kNow);
  book.posted = Money();
  judge(book, terms(), "call_charge", kNow + Seconds(1), posting);
  book.posted = Money::from_li(70'000);
  judge(book, terms(), "recharge", kNow + Seconds(2), posting);
  EXPECT_EQ(book.standing.activated, kNow);
  ASSERT_EQ(posting.events.size(), 3u);
  EXPECT_EQ(posting.events[2].at, kNow + Seconds(2));
  EXPECT_EQ(posting.events[2].account, "acme");
}

TEST(Account, states_are_read_as_they_are_written) {
  for (const AccountState state :
       {AccountState::open, AccountState::active, AccountState::low, AccountState::suspended,
        AccountState::reclaimed, AccountState::closed}) {
    EXPECT_EQ(account_state_from_string(to_string(state)), state);
  }
  EXPECT_EQ(account_state_from_string("rich"), std::nullopt);
}

}  // namespace
}  // namespace hotline::billing
