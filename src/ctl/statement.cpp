#include "ctl/statement.h"

#include <array>
#include <cstdio>
#include <numeric>

#include "hotline/billing/reversal.h"

#include "admin/times.h"

namespace hotline::ctl {
namespace {

using billing::EntryKind;
using Role = ReportColumn::Role;

constexpr std::size_t kDisagreementsTold = 20;

struct KindWord {
  EntryKind kind;
  const char* chinese;
  bool is_revenue;  // is invoiced
};
// In the order of the sheet. In English they are called what the ledger calls them.
constexpr KindWord kKinds[] = {
    {EntryKind::recharge, "充值", false},
    {EntryKind::service_paid, "服务付款", false},
    {EntryKind::adjustment, "调账", true},
    {EntryKind::call_charge, "通话费", true},
    {EntryKind::month_minimum, "月最低消费补足", true},
    {EntryKind::suspension_fee, "停机保号费", true},
    {EntryKind::line_fee, "线路年费", true},
    {EntryKind::renewal_fee, "套餐续费", true},
    {EntryKind::service_fee, "服务费", true},
};

EntrySum of_kind(const std::map<EntryKind, EntrySum>& sums, EntryKind kind) {
  const auto found = sums.find(kind);
  return found == sums.end() ? EntrySum() : found->second;
}

}  // namespace

std::vector<ReportColumn> statement_columns() {
  return {{"account", "客户账户", 14, Role::file},
          {"month", "账期", 8, Role::file},
          {"section", "部分", 14, Role::section},
          {"item", "项目", 24},
          {"count", "笔数", 10, Role::right},
          {"talk_ms", "通话时长(毫秒)", 12, Role::right},
          {"billed_s", "计费时长(秒)", 14, Role::right},
          {"amount", "金额(元)", 16, Role::right}};
}

void CallSum::add(const cdr::Summary& call) {
  calls += call.calls;
  talk += call.talk;
  billed += call.billed;
  charge += call.charge;
}

void Statement::add(const billing::Booked& booked) {
  const billing::LedgerEntry& entry = booked.entry;
  running_ += entry.amount;
  if (booked.balance_after != running_ && wrong_entries_.size() < kDisagreementsTold) {
    wrong_entries_.push_back("the balance after entry " + std::to_string(booked.seq) + " is " +
                             booked.balance_after.to_yuan() + ", its entries make " +
                             running_.to_yuan());
  }
  const Month month = billing::statement_month(entry);
  if (month > month_) return;
  closing_ += entry.amount;
  if (month < month_) {
    opening_ += entry.amount;
    return;
  }
  EntrySum& kind = kinds_[entry.kind];
  ++kind.entries;
  kind.amount += entry.amount;
  const auto reversed = billing::reversed_kind(entry);
  EntrySum& invoiced = invoiced_[reversed.value_or(entry.kind)];
  invoiced.entries += reversed ? -1 : 1;
  invoiced.amount += entry.amount;
}

void Statement::add(const cdr::Summary& call) {
  if (!call.answered || month_of(call.ended) != month_) return;
  calls_.add(call);
  hotlines_[call.hotline].add(call);
  days_[hotline::to_text(day_of(call.ended))].add(call);
  provinces_[call.province].add(call);
}

std::vector<std::string> Statement::disagreements() const {
  std::vector<std::string> all = wrong_entries_;
  const Money moved =
      std::accumulate(kinds_.begin(), kinds_.end(), Money(),
                      [](Money sum, const auto& kind) { return sum + kind.second.amount; });
  if (opening_ + moved != closing_) {
    all.push_back("opening " + opening_.to_yuan() + " and what moved, " + moved.to_yuan() +
                  ", do not make the closing balance " + closing_.to_yuan());
  }
  const Money charged = -of_kind(kinds_, EntryKind::call_charge).amount;
  if (calls_.charge != charged) {
    all.push_back("the month's calls cost " + calls_.charge.to_yuan() +
                  " by their records, and the ledger has " + charged.to_yuan());
  }
  return all;
}

// Adds rows with what all of them have in common.
class Statement::Rows {
 public:
  Rows(Report& report, const ReportForm& form, const Statement& of)
      : report_(report), form_(form), account_(of.account_), month_(month_text(of.month_)) {}

  void begin(const char* english, const char* chinese) { section_ = form_.say(english, chinese); }
  void add(const char* english, const char* chinese, const EntrySum& sum) {
    add(Word{form_.say(english, chinese)}, sum.entries, {}, {}, sum.amount);
  }
  void balance(const char* english, const char* chinese, Money amount) {
    add(Word{form_.say(english, chinese)}, {}, {}, {}, amount);
  }
  void calls(const Value& item, const CallSum& sum) {
    add(item, sum.calls, sum.talk, sum.billed.count(), sum.charge);
  }
  Word unknown() const { return {form_.say("unknown", "未知")}; }

 private:
  void add(const Value& item, const Value& count, const Value& talk, const Value& billed,
           Money amount) {
    report_.add({account_, Word{month_}, Word{section_}, item, count, talk, billed, amount});
  }

  Report& report_;
  const ReportForm& form_;
  std::string account_;
  std::string month_;
  std::string section_;
};

void Statement::write_balance(Rows& rows) const {
  rows.begin("balance", "账户余额");
  rows.balance("opening", "期初余额", opening_);
  for (const KindWord& word : kKinds) {
    rows.add(std::string(to_string(word.kind)).c_str(), word.chinese, of_kind(kinds_, word.kind));
  }
  rows.balance("closing", "期末余额", closing_);
}

void Statement::write_invoice(Rows& rows) const {
  rows.begin("invoice", "开票项目");
  EntrySum total;
  for (const KindWord& word : kKinds) {
    if (!word.is_revenue) continue;
    EntrySum sum = of_kind(invoiced_, word.kind);
    sum.amount = -sum.amount;
    rows.add(std::string(to_string(word.kind)).c_str(), word.chinese, sum);
    total.entries += sum.entries;
    total.amount += sum.amount;
  }
  rows.add("total", "合计", total);
}

void Statement::write(Report& report, const ReportForm& form) const {
  Rows rows(report, form, *this);
  write_balance(rows);
  rows.begin("hotlines", "按400号码");
  for (const auto& [number, sum] : hotlines_) rows.calls(number, sum);
  rows.begin("days", "按日");
  for (const auto& [day, sum] : days_) rows.calls(Word{day}, sum);
  rows.begin("provinces", "按主叫省份");
  for (const auto& [province, sum] : provinces_) {
    rows.calls(province.empty() ? rows.unknown() : Word{province}, sum);
  }
  write_invoice(rows);
}

std::optional<Month> parse_month(const std::string& text) {
  const auto begin = admin::parse_time(text + "-01", admin::Edge::begin);
  constexpr std::size_t kLength = std::string_view("2026-10").size();
  return begin && text.size() == kLength ? std::optional(month_of(*begin)) : std::nullopt;
}

std::string month_text(Month month) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d", month / 100, month % 100);
  return text.data();
}

}  // namespace hotline::ctl
