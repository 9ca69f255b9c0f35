// The parts of an audit (audit.h): each goes through one table, a page at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "hotline/base/calendar.h"
#include "hotline/cdr/record.h"

#include "store/audit.h"
#include "store/chain.h"
#include "store/statement.h"

namespace hotline::store {

inline constexpr std::int64_t kAuditPage = 4000;  // rows at once: some milliseconds

// An amount that can be added up: what was booked is far below, and more would end the program.
bool is_countable(Money amount);

// Counts what does not hold, and keeps the first of it.
class Findings {
 public:
  Findings(Audited& audited, std::size_t most) : audited_(audited), most_(most) {}
  void add(Finding finding) {
    if (++audited_.found <= most_) audited_.findings.push_back(std::move(finding));
  }

 private:
  Audited& audited_;
  std::size_t most_;
};

// Numbers of rows, both included.
struct Range {
  std::int64_t first = 1;
  std::int64_t last = 0;
  std::size_t size() const { return last < first ? 0 : static_cast<std::size_t>(last - first + 1); }
};

// What records cost and what the ledger took for calls, matched by the call. Both sides come in the
// same order: little waits for its other half.
class ChargePairs {
 public:
  struct Half {
    std::int64_t seq = 0;
    std::string account;
    Money amount;  // positive
  };

  explicit ChargePairs(Findings& findings) : findings_(findings) {}
  void record(const std::string& call, Half half);
  void entry(const std::string& call, const Half& half);
  bool wait_for_entries() const { return records_.size() > entries_.size(); }
  // Looks for the other halves of what is left, beyond the audited rows.
  void finish(SQLite::Database& database);

 private:
  void match(const std::string& call, const Half& record, const Half& entry);
  void doubled(const std::string& call, const Half& entry, const Half& first);

  Findings& findings_;
  std::unordered_map<std::string, Half> records_;  // without an entry so far
  std::unordered_map<std::string, Half> entries_;  // without a record so far
};

// Goes through a chained table: every number there, every hash right.
class ChainAudit {
 public:
  ChainAudit(SQLite::Database& database, const std::string& table, Chain chain, Range range,
             Findings& findings);

  // Goes on by a page. `take` is shown each row: a statement of SELECT *, and the number.
  // Returns: whether there are more.
  template <class Take>
  bool page(Take take) {
    if (next_ > range_.last) return false;
    std::int64_t rows = 0;
    {
      Run run(select_);
      run.number(next_).number(range_.last).number(kAuditPage);
      for (; run.step(); ++rows) {
        const std::int64_t seq = select_.getColumn(0).getInt64();
        check(seq);
        take(select_, seq);
      }
    }
    if (rows == kAuditPage) return true;
    missing_until(range_.last + 1);
    return false;
  }
  std::int64_t next() const { return next_; }
  std::size_t parts_seen() const { return chain_.parts_seen(); }

 private:
  void check(std::int64_t seq);
  void missing_until(std::int64_t seq);

  std::string table_;
  Chain chain_;
  Range range_;
  Findings& findings_;
  SQLite::Statement select_;
  int hash_column_ = 0;
  std::int64_t next_ = 1;
  std::optional<Hash> before_;  // nullopt: not known
};

struct Usage {
  std::int64_t calls = 0;
  Money spent;
  friend bool operator==(const Usage&, const Usage&) = default;
};
using UsageByMonth = std::map<std::string, Usage>;  // by "202611 HOTLINE ACCOUNT"

// What the records say of money, calls and months.
class RecordAudit {
 public:
  RecordAudit(SQLite::Database& database, Range range, Findings& findings, ChargePairs& pairs,
              Audited& audited);
  bool page();
  std::int64_t next() const { return chain_.next(); }
  // All attempts in the range belong to its records.
  void finish(SQLite::Database& database);
  const UsageByMonth& usage() const { return usage_; }

 private:
  void take(const SQLite::Statement& row, std::int64_t seq);
  void check_charge(std::int64_t seq, const cdr::Record& record, const std::string& call);
  void add_usage(const cdr::Record& record);

  struct Columns {
    int id, account, hotline, answered, talk, billable, billed, price, charge, tariff, calls;
  };

  Range range_;
  Findings& findings_;
  ChargePairs& pairs_;
  Audited& audited_;
  ChainAudit chain_;
  Columns columns_{};
  UsageByMonth usage_;
};

// Every entry follows from the one before.
class LedgerAudit {
 public:
  // `anchors` are compared where they lie in the range.
  LedgerAudit(SQLite::Database& database, Range range, const std::vector<AnchorFile>& anchors,
              Findings& findings, ChargePairs& pairs, Audited& audited);
  bool page();
  std::int64_t next() const { return next_; }
  const std::map<std::string, AccountSums>& sums() const { return sums_; }

 private:
  struct Entry;
  void take(const Entry& entry);
  void check_balance(const Entry& entry);
  void check_anchors(std::int64_t until);
  AccountSums& sums_of(const std::string& account);
  Money opening_of(const std::string& account);

  Range range_;
  Findings& findings_;
  ChargePairs& pairs_;
  Audited& audited_;
  std::vector<AnchorFile> anchors_;  // by their entry; those before next_anchor_ are compared
  std::size_t next_anchor_ = 0;
  SQLite::Statement select_;
  SQLite::Statement select_opening_;
  std::int64_t next_ = 1;
  std::map<std::string, AccountSums> sums_;
  std::unordered_map<std::string, Money> balances_;  // as the last entry of each account has it
  Money total_;
};

}  // namespace hotline::store
