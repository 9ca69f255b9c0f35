// A month of an account, added up: what it had, what came, what it used, what it paid for, what it
// has left, and what is to be invoiced. In memory that grows with hotlines, days and provinces, not
// with entries and calls.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hotline/base/calendar.h"
#include "hotline/billing/booked.h"
#include "hotline/cdr/summary.h"

#include "ctl/report.h"

namespace hotline::ctl {

// Calls talk for a day at most, so those that end in a period arrived not longer before it.
inline constexpr std::chrono::days kArrivedBefore{2};

// Answered calls together.
struct CallSum {
  std::int64_t calls = 0;
  Milliseconds talk{0};
  Seconds billed{0};
  Money charge;

  void add(const cdr::Summary& call);
};

struct EntrySum {
  std::int64_t entries = 0;
  Money amount;  // as in the ledger: negative is taken
};

std::vector<ReportColumn> statement_columns();

class Statement {
 public:
  Statement(std::string account, Month month) : account_(std::move(account)), month_(month) {}

  // Every entry of the account, in order: those before make the opening balance, those behind are
  // only checked.
  void add(const billing::Booked& booked);
  // Calls of the account; of them it takes the answered ones that ended in the month, when their
  // charges are dated.
  void add(const cdr::Summary& call);

  bool has_entries() const { return !kinds_.empty(); }
  Money opening() const { return opening_; }
  Money closing() const { return closing_; }
  // Where the books contradict themselves, a sentence each, some of them; empty: nowhere.
  std::vector<std::string> disagreements() const;
  void write(Report& report, const ReportForm& form) const;

 private:
  using Sums = std::map<std::string, CallSum>;

  class Rows;
  void write_balance(Rows& rows) const;
  void write_invoice(Rows& rows) const;

  std::string account_;
  Month month_;
  Money opening_;
  Money closing_;
  Money running_;                                    // of all entries so far
  std::map<billing::EntryKind, EntrySum> kinds_;     // as they are
  std::map<billing::EntryKind, EntrySum> invoiced_;  // reversals with what they reverse
  CallSum calls_;
  Sums hotlines_;
  Sums days_;
  Sums provinces_;
  std::vector<std::string> wrong_entries_;
};

// "2026-10". Errors: nullopt for anything else.
std::optional<Month> parse_month(const std::string& text);
std::string month_text(Month month);

}  // namespace hotline::ctl
