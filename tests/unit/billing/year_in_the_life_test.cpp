// A year of one account, every entry checked by hand: what finance would do with a pencil.
#include <gtest/gtest.h>

#include "hotline/billing/accounts.h"

#include "support/china.h"

namespace hotline::billing {
namespace {

using support::at;
using support::yuan;

using namespace std::chrono_literals;

class YearInTheLife : public testing::Test {
 protected:
  YearInTheLife() {
    auto package = std::make_shared<Package>();
    package->name = "standard";
    package->year_price = yuan("600");
    package->renewal_fee = yuan("60");
    package->month_minimum = yuan("50");
    package->suspension_fee = yuan("1.65");
    package->line_fee = yuan("240");
    package->min_balance = yuan("15");
    package->low_balance = yuan("50");
    terms_["acme"] = Terms{package, {{"4001234567", 3}}};  // 13 phones, 10 are included
    accounts_.use(terms_, at(2026, 3, 10));
    accounts_.open(Book{"acme", {}, {}, standing_of_new(at(2026, 3, 10, 10h)), {}, {}});
  }

  void pay(const char* amount, WallTime when) {
    accounts_.moved("acme", yuan(amount), EntryKind::recharge, when);
  }
  // A month's calls, as one.
  void call(const char* charge, WallTime when) {
    const Tariff whole{yuan(charge), Seconds(60), Seconds(60)};
    ASSERT_EQ(accounts_.reserve("acme", whole, 0, 1).units, 1);
    accounts_.settle("acme", yuan(charge), yuan(charge), when, when);
  }
  // What came of it, a line each: "2026-05-01 month_minimum -17.000 = 618.000".
  std::vector<std::string> until(WallTime when) {
    accounts_.take_fees(when, {});
    std::vector<std::string> lines;
    for (const Posting& posting : accounts_.take_postings()) {
      for (const LedgerEntry& entry : posting.entries) {
        ledger_ += entry.amount;
        lines.push_back(hotline::to_text(day_of(entry.at)) + " " +
                        std::string(to_string(entry.kind)) + " " + entry.amount.to_yuan());
      }
      for (const AccountEvent& event : posting.events) {
        lines.push_back(hotline::to_text(day_of(event.at)) + " " +
                        std::string(to_string(event.to)) + " by " + event.cause);
      }
    }
    return lines;
  }
  std::string balance() const { return accounts_.find("acme")->posted.to_yuan(); }

  using Lines = std::vector<std::string>;

  void live_until_suspended();
  void live_until_reinstated();

  TermsOf terms_;
  Accounts accounts_;
  Money ledger_;  // fees taken
};

// March to July: it pays, lives well, and runs low.
void YearInTheLife::live_until_suspended() {
  // Opened on 10 March at ten; 600 have to be paid in before the first call. 1,400 are.
  pay("1400", at(2026, 3, 10, 11h));
  EXPECT_EQ(until(at(2026, 3, 10, 23h)), Lines({"2026-03-10 active by recharge"}));

  // The first midnight takes a year of three further lines: 1,400 − 3 × 240 = 680.
  EXPECT_EQ(until(at(2026, 3, 11)),
            Lines({"2026-03-11 line_fee -240.000", "2026-03-11 line_fee -240.000",
                   "2026-03-11 line_fee -240.000"}));
  EXPECT_EQ(balance(), "680.000");

  // March: calls of 12. It began before the account did: no minimum. 680 − 12 = 668.
  call("12", at(2026, 3, 20, 9h));
  EXPECT_EQ(until(at(2026, 4, 1, 1h)), Lines());
  EXPECT_EQ(balance(), "668.000");

  // April: calls of 33, 17 below the minimum. 668 − 33 − 17 = 618.
  call("33", at(2026, 4, 30, 23h));
  EXPECT_EQ(until(at(2026, 4, 30, 23h + 59min)), Lines());
  EXPECT_EQ(until(at(2026, 5, 1)), Lines({"2026-05-01 month_minimum -17.000"}));
  EXPECT_EQ(balance(), "618.000");

  // May: 61.20, above it. June: 500. 618 − 61.2 − 500 = 56.8.
  call("61.2", at(2026, 5, 5));
  call("500", at(2026, 6, 5));
  EXPECT_EQ(until(at(2026, 7, 1)), Lines());
  EXPECT_EQ(balance(), "56.800");

  // July: 6.90 leave 49.90, which is low.
  call("6.9", at(2026, 7, 9, 15h));
  EXPECT_EQ(until(at(2026, 7, 31)), Lines({"2026-07-09 low by call_charge"}));
  // The month's end takes the 43.10 that are missing: 6.80 are left, below 15. The day's fee is
  // not taken at the midnight that suspends.
  EXPECT_EQ(until(at(2026, 8, 1)),
            Lines({"2026-08-01 month_minimum -43.100", "2026-08-01 suspended by month_minimum"}));
  EXPECT_EQ(balance(), "6.800");
}

// August to September: the number goes back to the carrier, and returns.
void YearInTheLife::live_until_reinstated() {
  // 6.80 − 5 × 1.65 = −1.45: five days, then the number goes back. Nobody looked for four of them.
  EXPECT_EQ(until(at(2026, 8, 2, 12h)), Lines({"2026-08-02 suspension_fee -1.650"}));
  EXPECT_EQ(until(at(2026, 8, 20)),
            Lines({"2026-08-03 suspension_fee -1.650", "2026-08-04 suspension_fee -1.650",
                   "2026-08-05 suspension_fee -1.650", "2026-08-06 suspension_fee -1.650",
                   "2026-08-06 reclaimed by daily_job"}));
  EXPECT_EQ(balance(), "-1.450");

  // Nothing is due while it is reclaimed, not August's minimum either.
  EXPECT_EQ(until(at(2026, 9, 9)), Lines());

  // 700 are paid, and it is reinstated by hand: 698.55.
  pay("700", at(2026, 9, 10, 9h));
  EXPECT_EQ(until(at(2026, 9, 10, 10h)), Lines());
  EXPECT_TRUE(accounts_.reinstate(
      "acme", {{}, at(2026, 9, 10, 11h), {}, "reinstated", "wang", "paid 700"}));
  EXPECT_EQ(until(at(2026, 9, 11)), Lines({"2026-09-10 active by reinstated"}));
  EXPECT_EQ(balance(), "698.550");
}

TEST_F(YearInTheLife, every_entry_is_as_reckoned_by_hand) {
  live_until_suspended();
  live_until_reinstated();
  // September: 20, so 30 are missing. October to February: no call, 50 each, also over the year's
  // end. 698.55 − 20 − 30 − 5 × 50 = 398.55. The server slept from October on.
  call("20", at(2026, 9, 30));
  EXPECT_EQ(until(at(2026, 10, 1)), Lines({"2026-10-01 month_minimum -30.000"}));
  EXPECT_EQ(until(at(2027, 3, 2)),
            Lines({"2026-11-01 month_minimum -50.000", "2026-12-01 month_minimum -50.000",
                   "2027-01-01 month_minimum -50.000", "2027-02-01 month_minimum -50.000",
                   "2027-03-01 month_minimum -50.000"}));
  EXPECT_EQ(balance(), "398.550");

  // A year after it became active the package is renewed: 338.55. A day later the lines' year is
  // over: 338.55 − 720 = −381.45. Below zero it pays no day's fee; the next midnight reclaims it.
  EXPECT_EQ(until(at(2027, 3, 12)),
            Lines({"2027-03-10 renewal_fee -60.000", "2027-03-11 line_fee -240.000",
                   "2027-03-11 line_fee -240.000", "2027-03-11 line_fee -240.000",
                   "2027-03-11 suspended by line_fee", "2027-03-12 reclaimed by daily_job"}));
  EXPECT_EQ(balance(), "-381.450");

  // In: 2,100. Out by calls: 12 + 33 + 61.2 + 500 + 6.9 + 20 = 633.1. Fees: the rest.
  EXPECT_EQ(yuan("2100") - yuan("633.1") + ledger_, yuan("-381.45"));
}

}  // namespace
}  // namespace hotline::billing
