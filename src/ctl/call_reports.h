// What the reports of calls add up: by province, by day, calls nobody answered, what callers said
// of calls, accounts to look after. Each takes calls in the order of their numbers and writes its
// rows at the end, or as soon as they are sure.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hotline/base/calendar.h"
#include "hotline/billing/account.h"
#include "hotline/cdr/summary.h"

#include "ctl/report.h"
#include "ctl/statement.h"
#include "store/start.h"

namespace hotline::ctl {

// From one instant up to another, which is out of it.
struct Period {
  WallTime from{};
  WallTime to{};

  bool has(WallTime when) const { return from <= when && when < to; }
};

// Settlement: answered calls by the caller's province, and by the answering phone's.
class ProvinceReport {
 public:
  static std::vector<ReportColumn> columns();
  explicit ProvinceReport(Period period) : period_(period) {}
  // A call belongs to the period it ended in, as its charge does.
  void add(const cdr::Summary& call);
  void write(Report& report, const ReportForm& form) const;

 private:
  Period period_;
  std::map<std::string, CallSum> by_caller_;
  std::map<std::string, CallSum> by_phone_;
  CallSum all_;
};

// Calls that arrived in a period, by hotline and account, and why the others were not answered.
class DailyReport {
 public:
  static std::vector<ReportColumn> columns();
  void add(const cdr::Summary& call);
  void write(Report& report, const ReportForm& form) const;

 private:
  struct Sum {
    std::int64_t calls = 0;
    std::int64_t put_through = 0;  // calls that a phone answered
    CallSum answered;              // by a menu or a queue, too: what was paid for
  };
  static void add(Sum& sum, const cdr::Summary& call);
  static void write_sums(Report& report, const char* section,
                         const std::map<std::string, Sum>& sums, const char* nameless);

  std::map<std::string, Sum> hotlines_;
  std::map<std::string, Sum> accounts_;
  std::map<std::string, std::int64_t> causes_;
};

// Calls that nobody answered, each with whether the caller tried again and was. It holds those of
// the time within which that counts.
class AbandonedReport {
 public:
  static std::vector<ReportColumn> columns();
  AbandonedReport(Report& report, Period period, Milliseconds within)
      : report_(report), period_(period), within_(within) {}
  // The calls of the period, and of the time behind it within which callers may try again.
  void add(const cdr::Summary& call);
  void finish();
  std::int64_t unanswered() const { return unanswered_; }
  std::int64_t answered_later() const { return answered_later_; }

 private:
  struct Missed {
    cdr::Summary call;
    std::optional<WallTime> later;
  };
  static std::string key(const cdr::Summary& call) { return call.hotline + ' ' + call.caller; }
  void write_first();

  Report& report_;
  Period period_;
  Milliseconds within_;
  std::deque<Missed> missed_;
  std::uint64_t first_ = 0;  // the number of the first of these
  std::unordered_map<std::string, std::vector<std::uint64_t>> open_;  // by caller, not answered yet
  std::int64_t unanswered_ = 0;
  std::int64_t answered_later_ = 0;
};

// What callers said when they were asked how a call was: by the phone that answered, by day.
class SurveyReport {
 public:
  static std::vector<ReportColumn> columns();
  // A call that no phone answered is not counted.
  void add(const cdr::Summary& call);
  void write(Report& report, const ReportForm& form) const;

 private:
  static constexpr std::size_t kBestMark = 5;
  struct Marks {
    std::int64_t calls = 0;
    std::array<std::int64_t, kBestMark + 1> given{};  // by the mark; 0: none
  };
  static void add_row(Report& report, const char* section, const std::string& item,
                      const Marks& marks);

  std::map<std::string, Marks> phones_;
  std::map<Day, Marks> days_;
  Marks all_;
};

// Accounts whose calls, or whose answered share of them, became fewer in the last 7 days than in
// the 28 before, or whose money will not last.
class WarningReport {
 public:
  static constexpr std::chrono::days kRecent{7};
  static constexpr std::chrono::days kBefore{28};
  struct Limits {
    int drop_percent = 30;
    int days_left = 7;
    int least_calls = 28;  // of the 28 days: fewer say nothing
  };

  static std::vector<ReportColumn> columns();
  WarningReport(WallTime now, Limits limits) : now_(now), limits_(limits) {}
  // The calls of those 35 days.
  void add(const cdr::Summary& call);
  // Returns: how many warnings there are.
  int write(Report& report, const std::vector<store::Account>& accounts) const;

 private:
  struct Traffic {
    std::int64_t calls = 0;
    std::int64_t answered = 0;
    Money charge;
  };
  struct Pair {
    Traffic recent;
    Traffic before;
  };
  int write_drops(Report& report, const std::string& account, const Pair& pair) const;
  int write_pace(Report& report, const store::Account& account, const Traffic& recent) const;

  WallTime now_;
  Limits limits_;
  std::map<std::string, Pair> accounts_;
};

}  // namespace hotline::ctl
