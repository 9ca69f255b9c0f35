// What an account is besides its ledger: its state, its events, the fees that have been seen to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/database.h"
#include "store/reader.h"
#include "store/start.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using testing::ElementsAre;

billing::LedgerEntry fee(const std::string& what, std::int64_t li) {
  return billing::fee_entry(billing::EntryKind::suspension_fee, "acme", what, Money::from_li(li),
                            WallTime(Milliseconds(5)));
}

billing::Posting posting(const std::string& what) {
  billing::Posting made;
  made.account = "acme";
  made.entries = {fee(what, 1650)};
  made.events = {
      {"acme", WallTime(Milliseconds(7)), billing::AccountState::reclaimed, "daily_job", "", ""}};
  made.line_years = {{"4001234567", 2, Day(std::chrono::days(21'000))}};
  made.standing.state = billing::AccountState::reclaimed;
  made.standing.since = WallTime(Milliseconds(7));
  made.standing.activated = WallTime(Milliseconds(3));
  made.standing.days_done = Day(std::chrono::days(20'782));
  made.standing.months_done = 202610;
  return made;
}

std::vector<std::string> events_of(const Rig& rig, const std::string& account) {
  auto reader = Reader::open(rig.opened->database);
  const auto events = reader->events(account);
  std::vector<std::string> lines;
  for (const billing::AccountEvent& event : *events) {
    lines.push_back(std::string(to_string(event.to)) + " by " + event.cause);
  }
  return lines;
}

TEST(Account, a_posting_is_durable_as_a_whole) {
  Rig rig;
  rig.open_account("acme");
  rig.writer->post(posting("2026-11-25"));
  rig.stop_writer();
  const auto start = load_start(rig.opened->database, WallTime());
  ASSERT_TRUE(start) << start.error();
  ASSERT_EQ(start->accounts.size(), 1u);
  const Account& account = start->accounts[0];
  EXPECT_EQ(account.balance, Money::from_li(-1650));
  EXPECT_EQ(account.standing.state, billing::AccountState::reclaimed);
  EXPECT_EQ(account.standing.since, WallTime(Milliseconds(7)));
  EXPECT_EQ(account.standing.activated, WallTime(Milliseconds(3)));
  EXPECT_EQ(account.standing.days_done, Day(std::chrono::days(20'782)));
  EXPECT_EQ(account.standing.months_done, 202610);
  ASSERT_EQ(start->paid_lines.size(), 1u);
  EXPECT_EQ(start->paid_lines[0].year.line, 2u);
  EXPECT_EQ(start->paid_lines[0].year.until, Day(std::chrono::days(21'000)));
  EXPECT_THAT(events_of(rig, "acme"), ElementsAre("open by opened", "reclaimed by daily_job"));
}

TEST(Account, events_never_change) {
  Rig rig;
  rig.open_account("acme");
  rig.stop_writer();
  SQLite::Database database = connect_writer(rig.opened->database);
  EXPECT_THROW(database.exec("UPDATE account_event SET cause = 'weather'"), SQLite::Exception);
  EXPECT_THROW(database.exec("DELETE FROM account_event"), SQLite::Exception);
}

TEST(Account, entries_that_belong_together_are_booked_together_and_once) {
  Rig rig;
  rig.open_account("acme");
  const auto entries = billing::service_entries(
      "acme", {"recording", Money::from_li(100'000), false}, "order-1", "wang", WallTime());
  std::vector<ports::Applied> applied;
  const auto done = [&](ports::Applied one) { applied.push_back(one); };
  rig.writer->append(entries, done);
  rig.writer->append(entries, done);
  rig.settle();
  EXPECT_THAT(applied, ElementsAre(ports::Applied::now, ports::Applied::before));
  rig.stop_writer();
  auto reader = Reader::open(rig.opened->database);
  std::vector<std::string> lines;
  ASSERT_TRUE(reader->entries({}, [&](const billing::Booked& booked) {
    lines.push_back(std::string(to_string(booked.entry.kind)) + " " +
                    booked.entry.amount.to_yuan() + " " + booked.entry.by + " " + booked.entry.why +
                    " = " + booked.balance_after.to_yuan());
  }));
  EXPECT_THAT(lines, ElementsAre("service_paid 100.000 wang recording = 100.000",
                                 "service_fee -100.000 wang recording = 0.000"));
}

TEST(Account, what_it_spent_in_months_not_seen_to_is_found_again) {
  Rig rig;
  rig.open_account("acme");
  billing::Posting seen = posting("x");  // until October 2026
  rig.writer->post(seen);
  const auto answered = [&](int n, WallTime when) {
    call::CloseCall close = close_of(n);
    close.record.answered = when;
    rig.writer->close_call(close, charge_of(n));
  };
  answered(1, begin_of(first_day(202610)));
  answered(2, begin_of(first_day(202611)));
  answered(3, begin_of(first_day(202611)));
  answered(4, begin_of(first_day(202612)));
  rig.stop_writer();
  const auto start = load_start(rig.opened->database, WallTime());
  std::vector<std::string> lines;
  for (const Spent& spent : start->spent) {
    lines.push_back(std::to_string(spent.month) + " " + spent.spent.to_yuan());
  }
  const auto charges = [](int from, int to) {
    Money sum;
    for (int n = from; n <= to; ++n) sum += close_of(n).record.charge;
    return sum.to_yuan();
  };
  EXPECT_THAT(lines, ElementsAre("202611 " + charges(2, 3), "202612 " + charges(4, 4)));
}

TEST(Account, money_that_moved_behind_the_last_heartbeat_is_told_apart) {
  Rig rig;
  rig.open_account("acme");
  const WallTime before = rig.clock.read().wall - Seconds(1);
  rig.append(billing::recharge("acme", Money::from_li(5), "before", before));
  rig.stop_writer();
  const WallTime after = rig.clock.read().wall + Seconds(60);
  {
    SQLite::Database database = connect_writer(rig.opened->database);
    database.exec(
        "INSERT INTO ledger(id, kind, account, reference, amount_li, balance_after_li,"
        " at_ms) VALUES('recharge:acme:r2', 'recharge', 'acme', 'r2', 7, 12, " +
        std::to_string(after.time_since_epoch().count()) +
        "); UPDATE account SET balance_li = 12 WHERE name = 'acme'");
  }
  const auto start = load_start(rig.opened->database, WallTime());
  ASSERT_TRUE(start) << start.error();
  ASSERT_EQ(start->moved.size(), 1u);
  EXPECT_EQ(start->moved[0].account, "acme");
  EXPECT_EQ(start->moved[0].movement.at, after);
  EXPECT_EQ(start->moved[0].movement.amount, Money::from_li(7));
  EXPECT_EQ(start->moved[0].movement.kind, billing::EntryKind::recharge);
}

}  // namespace
}  // namespace hotline::store
