// An audit's ledger: numbers without a gap, balances that follow from one another, totals as the
// anchors have them; and for each call's charge its record.
#include <algorithm>

#include "hotline/billing/ledger.h"

#include "store/audit_parts.h"
#include "store/statement.h"

namespace hotline::store {

bool is_countable(Money amount) {
  constexpr std::int64_t kMost = 1'000'000'000'000;  // a billion yuan
  return amount.li() >= -kMost && amount.li() <= kMost;
}

// --- charges -------------------------------------------------------------------------------------

namespace {

std::string charge_words(const ChargePairs::Half& half) {
  return half.amount.to_yuan() + " yuan of " + (half.account.empty() ? "nobody" : half.account);
}

// Requires: a statement that selects number, account and positive amount by the call.
std::optional<ChargePairs::Half> find(SQLite::Statement& by_call, const std::string& call) {
  Run run(by_call);
  if (!run.text(call).step()) return std::nullopt;
  Row row(by_call);
  ChargePairs::Half half;
  half.seq = row.number();
  half.account = row.text();
  half.amount = row.money();
  return half;
}

}  // namespace

void ChargePairs::record(const std::string& call, Half half) {
  const auto entry = entries_.find(call);
  if (entry == entries_.end()) {
    records_.emplace(call, std::move(half));
    return;
  }
  match(call, half, entry->second);
  entries_.erase(entry);
}

void ChargePairs::entry(const std::string& call, const Half& half) {
  const auto record = records_.find(call);
  if (record != records_.end()) {
    match(call, record->second, half);
    records_.erase(record);
    return;
  }
  const auto [other, is_new] = entries_.emplace(call, half);
  if (!is_new) doubled(call, half, other->second);
}

void ChargePairs::doubled(const std::string& call, const Half& entry, const Half& first) {
  findings_.add({"ledger", entry.seq, call, "another charge of this call, " + charge_words(entry),
                 "one charge a call: entry " + std::to_string(first.seq)});
}

void ChargePairs::match(const std::string& call, const Half& record, const Half& entry) {
  if (record.amount == entry.amount && record.account == entry.account) return;
  findings_.add({"ledger", entry.seq, call, charge_words(entry),
                 charge_words(record) + ", as record " + std::to_string(record.seq) + " says"});
}

void ChargePairs::finish(SQLite::Database& database) {
  SQLite::Statement find_entry(
      database, "SELECT seq, account, -amount_li FROM ledger WHERE id = 'call:' || ?");
  SQLite::Statement find_record(database, "SELECT seq, account, charge_li FROM cdr WHERE id = ?");
  for (const auto& [call, record] : records_) {
    const auto entry = find(find_entry, call);
    if (entry) {
      match(call, record, *entry);
    } else {
      findings_.add({"cdr", record.seq, call,
                     "a charge of " + charge_words(record) + " that is not in the ledger",
                     "an entry call:" + call});
    }
  }
  for (const auto& [call, entry] : entries_) {
    const auto record = find(find_record, call);
    if (record && record->amount > Money()) {
      const auto first = find(find_entry, call);
      if (first && first->seq != entry.seq) doubled(call, entry, *first);
      match(call, *record, entry);
      continue;
    }
    findings_.add(
        {"ledger", entry.seq, call, charge_words(entry),
         record ? "none: record " + std::to_string(record->seq) + " says that the call cost nothing"
                : "none: the call has no record"});
  }
}

// --- entries -------------------------------------------------------------------------------------

struct LedgerAudit::Entry {
  std::int64_t seq = 0;
  std::string id;
  std::string kind;
  std::string account;
  std::string reference;
  Money amount;
  Money balance_after;
};

LedgerAudit::LedgerAudit(SQLite::Database& database, Range range,
                         const std::vector<AnchorFile>& anchors, Findings& findings,
                         ChargePairs& pairs, Audited& audited)
    : range_(range),
      findings_(findings),
      pairs_(pairs),
      audited_(audited),
      anchors_(anchors),
      select_(database,
              "SELECT seq, id, kind, account, reference, amount_li, balance_after_li FROM ledger"
              " WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ?"),
      select_opening_(database,
                      "SELECT balance_after_li FROM ledger WHERE account = ? AND seq < ?"
                      " ORDER BY seq DESC LIMIT 1"),
      next_(range.first) {
  std::sort(anchors_.begin(), anchors_.end(), [](const AnchorFile& a, const AnchorFile& b) {
    return a.anchor.ledger < b.anchor.ledger;
  });
  while (next_anchor_ < anchors_.size() && anchors_[next_anchor_].anchor.ledger < range.first - 1) {
    ++next_anchor_;
  }
  SQLite::Statement accounts(database, "SELECT name FROM account");
  while (accounts.executeStep()) sums_of(Row(accounts).text());
}

bool LedgerAudit::page() {
  if (next_ > range_.last) {
    check_anchors(range_.last);
    return false;
  }
  std::int64_t rows = 0;
  {
    Run run(select_);
    run.number(next_).number(range_.last).number(kAuditPage);
    for (; run.step(); ++rows) {
      Row row(select_);
      Entry entry;
      entry.seq = row.number();
      entry.id = row.text();
      entry.kind = row.text();
      entry.account = row.text();
      entry.reference = row.text();
      entry.amount = row.money();
      entry.balance_after = row.money();
      take(entry);
    }
  }
  if (rows < kAuditPage && next_ <= range_.last) {
    findings_.add({"ledger", next_, "", "no entry",
                   "entries " + std::to_string(next_) + " to " + std::to_string(range_.last)});
    next_ = range_.last + 1;
  }
  if (next_ > range_.last) check_anchors(range_.last);
  return next_ <= range_.last;
}

void LedgerAudit::take(const Entry& entry) {
  if (entry.seq != next_) {
    findings_.add({"ledger", next_, "", "no entry",
                   "one: the next that is there has number " + std::to_string(entry.seq)});
  }
  check_anchors(entry.seq - 1);
  next_ = entry.seq + 1;
  ++audited_.entries;
  if (!is_countable(entry.amount) || !is_countable(entry.balance_after)) {
    findings_.add({"ledger", entry.seq, entry.id,
                   "an amount of " + entry.amount.to_yuan() + " and a balance of " +
                       entry.balance_after.to_yuan(),
                   "amounts that can be added up"});
    return;
  }
  check_balance(entry);
  if (entry.kind != to_string(billing::EntryKind::call_charge)) return;
  if (entry.id != "call:" + entry.reference) {
    findings_.add({"ledger", entry.seq, entry.id, "a charge of the call " + entry.reference,
                   "an id of call:" + entry.reference});
  }
  pairs_.entry(entry.reference, {entry.seq, entry.account, -entry.amount});
}

void LedgerAudit::check_balance(const Entry& entry) {
  AccountSums& sums = sums_of(entry.account);
  (entry.amount.is_negative() ? sums.out : sums.in) +=
      entry.amount.is_negative() ? -entry.amount : entry.amount;
  total_ += entry.amount;
  Money& balance = balances_[entry.account];
  const Money after = balance + entry.amount;
  if (after != entry.balance_after) {
    findings_.add(
        {"ledger", entry.seq, entry.id,
         "a balance of " + entry.balance_after.to_yuan() + " after " + entry.amount.to_yuan(),
         after.to_yuan() + ": before it were " + balance.to_yuan()});
  }
  balance = entry.balance_after;
}

// The sum of all entries until that one, by the anchors that say it.
void LedgerAudit::check_anchors(std::int64_t until) {
  for (; next_anchor_ < anchors_.size() && anchors_[next_anchor_].anchor.ledger <= until;
       ++next_anchor_) {
    const AnchorFile& file = anchors_[next_anchor_];
    if (file.anchor.balances == total_) continue;
    findings_.add({"anchor", file.anchor.ledger, file.path.string(),
                   "balances of " + file.anchor.balances.to_yuan() + " after ledger entry " +
                       std::to_string(file.anchor.ledger),
                   total_.to_yuan() + ", as the entries until there add up"});
  }
}

AccountSums& LedgerAudit::sums_of(const std::string& account) {
  const auto [place, is_new] = sums_.try_emplace(account);
  if (is_new) {
    place->second.account = account;
    place->second.opening = opening_of(account);
    balances_[account] = place->second.opening;
    total_ += place->second.opening;
  }
  return place->second;
}

Money LedgerAudit::opening_of(const std::string& account) {
  if (range_.first == 1) return {};
  Run run(select_opening_);
  return run.text(account).number(range_.first).step() ? Row(select_opening_).money() : Money();
}

}  // namespace hotline::store
