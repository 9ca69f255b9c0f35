#include "ctl/call_reports.h"

#include <algorithm>

namespace hotline::ctl {
namespace {

using Role = ReportColumn::Role;

constexpr std::monostate kNothing;
constexpr std::size_t kTopCauses = 10;
// A call is filed when it is over, so one that began earlier may come so much later.
constexpr std::chrono::hours kLongestCall{24};

Thousandths percent(std::int64_t part, std::int64_t whole) {
  return {whole == 0 ? 0 : part * 100'000 / whole};
}

}  // namespace

// --- by province -----------------------------------------------------------------------------

std::vector<ReportColumn> ProvinceReport::columns() {
  return {
      {"basis", "口径", 12, Role::section},          {"province", "省份", 12},
      {"calls", "通话数", 10, Role::right},          {"talk_ms", "通话时长(毫秒)", 12, Role::right},
      {"billed_s", "计费时长(秒)", 14, Role::right}, {"charge", "通话费(元)", 14, Role::right}};
}

void ProvinceReport::add(const cdr::Summary& call) {
  if (!call.answered || !period_.has(call.ended)) return;
  by_caller_[call.province].add(call);
  by_phone_[call.phone_province].add(call);
  all_.add(call);
}

void ProvinceReport::write(Report& report, const ReportForm& form) const {
  const auto add = [&](const char* basis, const std::string& province, const CallSum& sum) {
    report.add({Word{basis}, Word{province}, sum.calls, sum.talk, sum.billed.count(), sum.charge});
  };
  const auto add_all = [&](const char* basis, const std::map<std::string, CallSum>& sums) {
    for (const auto& [province, sum] : sums) {
      add(basis, province.empty() ? form.say("unknown", "未知") : province, sum);
    }
  };
  add_all(form.say("caller", "主叫省份"), by_caller_);
  add_all(form.say("phone", "接听省份"), by_phone_);
  add(form.say("total", "合计"), form.say("all", "全部"), all_);
}

// --- by day ----------------------------------------------------------------------------------

std::vector<ReportColumn> DailyReport::columns() {
  return {{"section", "部分", 12, Role::section},
          {"item", "项目", 24},
          {"calls", "呼叫数", 10, Role::right},
          {"answered", "接通数", 10, Role::right},
          {"answer_percent", "接通率(%)", 14, Role::right},
          {"talk_ms", "通话时长(毫秒)", 12, Role::right},
          {"charge", "通话费(元)", 14, Role::right}};
}

void DailyReport::add(Sum& sum, const cdr::Summary& call) {
  sum.calls += call.calls;
  if (call.is_put_through()) sum.put_through += call.calls;
  if (call.answered) sum.answered.add(call);
}

// Numbers that are nobody's share a row: callers may dial any.
void DailyReport::add(const cdr::Summary& call) {
  add(hotlines_[call.account.empty() ? "" : call.hotline], call);
  add(accounts_[call.account], call);
  if (!call.is_put_through()) causes_[std::string(to_string(call.cause))] += call.calls;
}

void DailyReport::write_sums(Report& report, const char* section,
                             const std::map<std::string, Sum>& sums, const char* nameless) {
  for (const auto& [name, sum] : sums) {
    report.add({Word{section}, name.empty() ? Value(Word{nameless}) : Value(name), sum.calls,
                sum.put_through, percent(sum.put_through, sum.calls), sum.answered.talk,
                sum.answered.charge});
  }
}

void DailyReport::write(Report& report, const ReportForm& form) const {
  write_sums(report, form.say("hotlines", "按400号码"), hotlines_,
             form.say("nobody's number", "空号"));
  write_sums(report, form.say("accounts", "按客户账户"), accounts_, form.say("none", "无账户"));
  std::vector<std::pair<std::string, std::int64_t>> top(causes_.begin(), causes_.end());
  std::stable_sort(top.begin(), top.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  top.resize(std::min(top.size(), kTopCauses));
  for (const auto& [cause, calls] : top) {
    report.add({Word{form.say("unanswered", "未接通原因")}, Word{cause}, calls, kNothing, kNothing,
                kNothing, kNothing});
  }
}

// --- nobody answered -------------------------------------------------------------------------

std::vector<ReportColumn> AbandonedReport::columns() {
  return {{"received", "呼入时间", 19},
          {"account", "客户账户", 14},
          {"hotline", "400号码", 12},
          {"caller", "主叫号码", 16},
          {"province", "主叫省份", 8},
          {"cause", "结束原因", 14},
          {"calls", "呼叫数", 6, Role::right},
          {"waited_ms", "等待时长(毫秒)", 10, Role::right},
          {"answered_later", "之后接通时间", 19}};
}

void AbandonedReport::add(const cdr::Summary& call) {
  while (!missed_.empty() &&
         missed_.front().call.received + within_ + kLongestCall < call.received) {
    write_first();
  }
  if (call.account.empty()) return;
  if (!call.is_put_through()) {
    if (!period_.has(call.received)) return;
    if (!call.caller.empty()) open_[key(call)].push_back(first_ + missed_.size());
    missed_.push_back({call, {}});
    return;
  }
  const auto found = open_.find(key(call));
  if (found == open_.end()) return;
  std::erase_if(found->second, [&](std::uint64_t number) {
    Missed& missed = missed_[number - first_];
    const WallTime then = missed.call.received;
    if (call.received < then || call.received - then > within_) return false;
    missed.later = call.answered;
    return true;
  });
  if (found->second.empty()) open_.erase(found);
}

void AbandonedReport::write_first() {
  const Missed& missed = missed_.front();
  const cdr::Summary& call = missed.call;
  report_.add({call.received, Word{call.account}, call.hotline, call.caller, call.province,
               Word{std::string(to_string(call.cause))}, std::int64_t{call.calls},
               Milliseconds(call.ended - call.received),
               missed.later ? Value(*missed.later) : kNothing});
  unanswered_ += call.calls;
  answered_later_ += missed.later ? call.calls : 0;
  const auto found = open_.find(key(call));
  if (found != open_.end()) {
    std::erase(found->second, first_);
    if (found->second.empty()) open_.erase(found);
  }
  missed_.pop_front();
  ++first_;
}

void AbandonedReport::finish() {
  while (!missed_.empty()) write_first();
}

// --- how it was ------------------------------------------------------------------------------

std::vector<ReportColumn> SurveyReport::columns() {
  return {{"section", "部分", 12, Role::section}, {"item", "项目", 24},
          {"calls", "接通数", 10, Role::right},   {"marks", "评价数", 10, Role::right},
          {"mean", "平均分", 10, Role::right},    {"mark_1", "1分", 8, Role::right},
          {"mark_2", "2分", 8, Role::right},      {"mark_3", "3分", 8, Role::right},
          {"mark_4", "4分", 8, Role::right},      {"mark_5", "5分", 8, Role::right}};
}

void SurveyReport::add(const cdr::Summary& call) {
  if (!call.is_put_through() || call.survey > kBestMark) return;
  for (Marks* marks :
       {&phones_[call.hotline + "/" + call.phone], &days_[day_of(call.received)], &all_}) {
    marks->calls += call.calls;
    marks->given[call.survey] += call.calls;
  }
}

void SurveyReport::add_row(Report& report, const char* section, const std::string& item,
                           const Marks& marks) {
  std::int64_t given = 0;
  std::int64_t sum = 0;
  for (std::size_t mark = 1; mark <= kBestMark; ++mark) {
    given += marks.given[mark];
    sum += static_cast<std::int64_t>(mark) * marks.given[mark];
  }
  std::vector<Value> row{Word{section}, Word{item}, marks.calls, given,
                         given == 0 ? Value(kNothing) : Value(Thousandths{sum * 1000 / given})};
  for (std::size_t mark = 1; mark <= kBestMark; ++mark) row.emplace_back(marks.given[mark]);
  report.add(row);
}

void SurveyReport::write(Report& report, const ReportForm& form) const {
  for (const auto& [phone, marks] : phones_) {
    add_row(report, form.say("phones", "按接听号码"), phone, marks);
  }
  for (const auto& [day, marks] : days_) {
    add_row(report, form.say("days", "按日"), to_text(day), marks);
  }
  add_row(report, form.say("total", "合计"), form.say("all", "全部"), all_);
}

// --- accounts to look after ------------------------------------------------------------------

std::vector<ReportColumn> WarningReport::columns() {
  return {{"account", "客户账户", 14},
          {"warning", "预警", 12},
          {"recent", "近7天", 12, Role::right},
          {"before", "此前28天", 12, Role::right},
          {"drop_percent", "下降(%)", 14, Role::right},
          {"balance", "余额(元)", 14, Role::right},
          {"days_left", "可用天数", 10, Role::right}};
}

void WarningReport::add(const cdr::Summary& call) {
  if (call.account.empty()) return;
  const bool is_recent = now_ - kRecent <= call.received;
  if (call.received >= now_ || call.received < now_ - kRecent - kBefore) return;
  Pair& pair = accounts_[call.account];
  Traffic& traffic = is_recent ? pair.recent : pair.before;
  traffic.calls += call.calls;
  traffic.answered += call.is_put_through() ? call.calls : 0;
  traffic.charge += call.charge;
}

int WarningReport::write_drops(Report& report, const std::string& account, const Pair& pair) const {
  const Traffic& recent = pair.recent;
  const Traffic& before = pair.before;
  if (before.calls < limits_.least_calls) return 0;
  int warnings = 0;
  // `now` of what `then` would be, both in thousandths of the same.
  const auto warn = [&](const char* what, Thousandths now, Thousandths then) {
    if (then.value == 0 || now.value * 100 >= then.value * (100 - limits_.drop_percent)) return;
    report.add({Word{account}, Word{what}, now, then, percent(then.value - now.value, then.value),
                kNothing, kNothing});
    ++warnings;
  };
  warn("traffic", {recent.calls * 1000 / kRecent.count()}, {before.calls * 1000 / kBefore.count()});
  if (recent.calls > 0) {
    warn("answer_rate", percent(recent.answered, recent.calls),
         percent(before.answered, before.calls));
  }
  return warnings;
}

int WarningReport::write_pace(Report& report, const store::Account& account,
                              const Traffic& recent) const {
  const std::int64_t spent_li = recent.charge.li();
  const std::int64_t left_li = std::max(account.balance, Money()).li();
  if (spent_li == 0 || left_li >= spent_li * limits_.days_left / kRecent.count()) return 0;
  report.add({Word{account.name}, Word{"balance"}, Money::from_li(spent_li / kRecent.count()),
              kNothing, kNothing, account.balance,
              Thousandths{left_li * kRecent.count() * 1000 / spent_li}});
  return 1;
}

int WarningReport::write(Report& report, const std::vector<store::Account>& accounts) const {
  int warnings = 0;
  for (const store::Account& account : accounts) {
    const auto state = account.standing.state;
    const auto found = accounts_.find(account.name);
    if (found == accounts_.end() || state == billing::AccountState::closed ||
        state == billing::AccountState::reclaimed) {
      continue;
    }
    warnings += write_drops(report, account.name, found->second);
    warnings += write_pace(report, account, found->second.recent);
  }
  return warnings;
}

}  // namespace hotline::ctl
