#include "hotline/billing/fees.h"

#include <set>

#include <gtest/gtest.h>

#include "support/china.h"

namespace hotline::billing {
namespace {

using support::at;
using support::day;
using support::yuan;

using namespace std::chrono_literals;

class Fees : public testing::Test {
 protected:
  Fees() { terms_.package = package_; }

  // Active from its opening on.
  Book book(const char* posted, WallTime opened) {
    Book made{"acme", yuan(posted), {}, standing_of_new(opened), {}, {}};
    made.standing.state = AccountState::active;
    made.standing.activated = opened;
    return made;
  }
  // "2026-05-01 month_minimum -17.000, …"
  static std::string text(const Posting& posting) {
    std::string said;
    for (const LedgerEntry& entry : posting.entries) {
      said += (said.empty() ? "" : ", ") + hotline::to_text(day_of(entry.at)) + " " +
              std::string(to_string(entry.kind)) + " " + entry.amount.to_yuan();
    }
    for (const AccountEvent& event : posting.events) {
      said += (said.empty() ? "" : ", ") + hotline::to_text(day_of(event.at)) + " " +
              std::string(to_string(event.to)) + " by " + event.cause;
    }
    return said;
  }
  std::string take(Book& book, WallTime now, std::optional<WallTime> oldest = {}) {
    return text(take_fees(book, terms_, now, oldest));
  }

  std::shared_ptr<Package> package_ = std::make_shared<Package>();
  Terms terms_;
};

TEST_F(Fees, first_month_owes_by_the_packages_rule) {
  struct Row {
    FirstMonth rule;
    unsigned opened_on;  // of April
    const char* missing;
  };
  const Row rows[] = {
      {FirstMonth::exempt, 11, ""},
      {FirstMonth::full, 11, "2026-05-01 month_minimum -50.000"},
      {FirstMonth::by_day, 11, "2026-05-01 month_minimum -33.333"},  // 20 of 30 days, rounded down
      {FirstMonth::by_day, 30, "2026-05-01 month_minimum -1.666"},
      {FirstMonth::exempt, 1, "2026-05-01 month_minimum -50.000"},  // a whole month
  };
  package_->month_minimum = yuan("50");
  for (const Row& row : rows) {
    package_->first_month = row.rule;
    Book account = book("900", at(2026, 4, row.opened_on));
    EXPECT_EQ(take(account, at(2026, 5, 1)), row.missing) << row.opened_on;
  }
}

TEST_F(Fees, months_end_waits_for_the_last_call_answered_in_it) {
  package_->month_minimum = yuan("50");
  Book account = book("900", at(2026, 4, 1));
  const WallTime answered = at(2026, 5, 1) - 1ms;
  EXPECT_EQ(take(account, at(2026, 5, 1) + 5min, answered), "");
  account.spent[202604] += yuan("0.3");  // it has ended
  EXPECT_EQ(take(account, at(2026, 5, 1) + 20min, at(2026, 5, 1)),
            "2026-05-01 month_minimum -49.700");
  EXPECT_EQ(take(account, at(2026, 5, 1) + 21min), "") << "once";
}

TEST_F(Fees, calls_of_another_month_do_not_count) {
  package_->month_minimum = yuan("50");
  Book account = book("900", at(2026, 4, 1));
  account.spent[202605] = yuan("80");
  EXPECT_EQ(take(account, at(2026, 5, 2)), "2026-05-01 month_minimum -50.000");
  EXPECT_EQ(take(account, at(2026, 6, 1)), "");
}

TEST_F(Fees, a_line_is_paid_for_a_year_wherever_it_goes_meanwhile) {
  package_->line_fee = yuan("240");
  Book account = book("900", at(2028, 2, 28));
  terms_.further_lines = {{"4001234567", 1}};
  EXPECT_EQ(take(account, at(2028, 2, 29)), "2028-02-29 line_fee -240.000");
  terms_.further_lines.clear();  // the phone is taken away, and comes back
  EXPECT_EQ(take(account, at(2028, 6, 1)), "");
  terms_.further_lines = {{"4001234567", 2}};
  EXPECT_EQ(take(account, at(2028, 7, 1)), "2028-06-02 line_fee -240.000") << "the second alone";
  EXPECT_EQ(take(account, at(2029, 2, 27)), "");
  EXPECT_EQ(take(account, at(2029, 2, 28)), "2029-02-28 line_fee -240.000");
}

TEST_F(Fees, renewal_comes_each_year_on_the_same_day) {
  package_->renewal_fee = yuan("60");
  Book account = book("900", at(2028, 2, 29));
  EXPECT_EQ(take(account, at(2029, 2, 27)), "");
  EXPECT_EQ(take(account, at(2032, 3, 1)),
            "2029-02-28 renewal_fee -60.000, 2030-02-28 renewal_fee -60.000, "
            "2031-02-28 renewal_fee -60.000, 2032-02-29 renewal_fee -60.000");
}

TEST_F(Fees, no_fee_before_it_is_paid_nor_after_it_is_over) {
  package_->month_minimum = yuan("50");
  package_->line_fee = yuan("240");
  package_->renewal_fee = yuan("60");
  package_->year_price = yuan("2000");
  terms_.further_lines = {{"4001234567", 1}};
  for (const AccountState state :
       {AccountState::open, AccountState::reclaimed, AccountState::closed}) {
    Book account = book("900", at(2026, 4, 1));
    account.standing.state = state;
    EXPECT_EQ(take(account, at(2028, 4, 2)), "") << to_string(state);
    EXPECT_EQ(account.standing.days_done, day(2028, 4, 2));
    EXPECT_EQ(account.standing.months_done, 202803);
  }
}

TEST_F(Fees, suspension_costs_from_the_next_midnight_on) {
  package_->suspension_fee = yuan("1.65");
  package_->min_balance = yuan("15");
  Book account = book("14", at(2026, 4, 1));
  account.standing.state = AccountState::suspended;
  account.standing.since = at(2026, 4, 10) + 1ms;  // on that day
  account.standing.days_done = day(2026, 4, 10);
  EXPECT_EQ(take(account, at(2026, 4, 10) + 23h), "");
  EXPECT_EQ(take(account, at(2026, 4, 11)), "2026-04-11 suspension_fee -1.650");
}

TEST_F(Fees, money_that_came_while_nobody_looked_counts_from_its_day) {
  package_->suspension_fee = yuan("1.65");
  package_->min_balance = yuan("15");
  Book account = book("3", at(2026, 4, 1));
  account.standing.state = AccountState::suspended;
  account.standing.days_done = day(2026, 4, 10);
  // 100 yuan on the 12th at noon; the server comes back on the 20th. 3 − 2 × 1.65 is below zero on
  // the 12th, so it was too late; had it come on the 11th, one day would have been taken.
  Book late = account;
  late.posted += yuan("100");
  const Movement on_12th{at(2026, 4, 12) + 12h, yuan("100"), EntryKind::recharge};
  EXPECT_EQ(text(take_fees(late, terms_, at(2026, 4, 20), {}, {on_12th})),
            "2026-04-11 suspension_fee -1.650, 2026-04-12 suspension_fee -1.650, "
            "2026-04-12 reclaimed by daily_job");
  EXPECT_EQ(late.posted, yuan("99.7"));

  Book in_time = account;
  in_time.posted += yuan("100");
  const Movement on_11th{at(2026, 4, 11) + 12h, yuan("100"), EntryKind::recharge};
  EXPECT_EQ(text(take_fees(in_time, terms_, at(2026, 4, 20), {}, {on_11th})),
            "2026-04-11 suspension_fee -1.650, 2026-04-11 active by recharge");
  EXPECT_EQ(in_time.posted, yuan("101.35"));
}

// However the time is cut into looks, the same is taken, and nothing twice.
TEST_F(Fees, are_the_same_however_often_somebody_looks) {
  package_->month_minimum = yuan("50");
  package_->suspension_fee = yuan("0.12");
  package_->line_fee = yuan("24");
  package_->renewal_fee = yuan("6");
  package_->min_balance = yuan("15");
  package_->low_balance = yuan("50");
  terms_.further_lines = {{"4001234567", 2}};
  const auto live = [&](Milliseconds step) {
    Book account = book("812", at(2026, 1, 15));
    std::string entries;
    std::string events;
    std::set<std::string> ids;
    for (WallTime now = at(2026, 1, 15); now < at(2028, 6, 1); now += step) {
      const Posting posting = take_fees(account, terms_, now, {});
      for (const LedgerEntry& entry : posting.entries) {
        EXPECT_TRUE(ids.insert(entry.id).second) << entry.id;
        entries += entry.id + " " + entry.amount.to_yuan() + "\n";
      }
      for (const AccountEvent& event : posting.events) events += event.cause + "\n";
    }
    return entries + events;
  };
  const std::string each_day = live(24h);
  EXPECT_NE(each_day.find("daily_job"), std::string::npos) << each_day;
  EXPECT_EQ(live(7h), each_day);
  EXPECT_EQ(live(24h * 40), each_day);
}

}  // namespace
}  // namespace hotline::billing
