// An audit's records: every number and every hash of the chain; what each call must have cost; what
// the months add up to.
#include "hotline/call/rate_again.h"

#include "store/audit_parts.h"
#include "store/statement.h"

namespace hotline::store {

// --- a chain -------------------------------------------------------------------------------------

ChainAudit::ChainAudit(SQLite::Database& database, const std::string& table, Chain chain,
                       Range range, Findings& findings)
    : table_(table),
      chain_(std::move(chain)),
      range_(range),
      findings_(findings),
      select_(database, "SELECT " + table + ".*, link.hash FROM " + table + " LEFT JOIN " + table +
                            "_link AS link ON link.seq = " + table + ".seq WHERE " + table +
                            ".seq >= ? AND " + table + ".seq <= ? ORDER BY " + table +
                            ".seq LIMIT ?"),
      hash_column_(select_.getColumnCount() - 1),
      next_(range.first),
      before_(chain_.link_of(range.first - 1)) {}

void ChainAudit::check(std::int64_t seq) {
  if (seq != next_) {
    missing_until(seq);
    before_ = chain_.link_of(seq - 1);
  }
  next_ = seq + 1;
  const SQLite::Column kept = select_.getColumn(hash_column_);
  const Hash made = chain_.hash_of_row(select_, seq, before_.value_or(first_hash()));
  if (kept.isNull()) {
    findings_.add({table_, seq, "", "a row without a hash", to_hex(made)});
    before_ = made;
    return;
  }
  Hash link = kept.getString();
  if (before_ && link != made) {
    const std::string id = table_ == "cdr" ? select_.getColumn("id").getString() : "";
    findings_.add({table_, seq, id, "a row whose hash is " + to_hex(made),
                   to_hex(link) +
                       ", as when it was filed: the row, what belongs to it, or the hash "
                       "of the one before has been changed"});
  }
  before_ = std::move(link);
}

void ChainAudit::missing_until(std::int64_t seq) {
  if (seq == next_) return;
  const std::string until = seq == next_ + 1 ? "" : " to " + std::to_string(seq - 1);
  findings_.add(
      {table_, next_, "", "no row " + std::to_string(next_) + until, "one: numbers have no gap"});
  next_ = seq;
}

// --- records -------------------------------------------------------------------------------------

RecordAudit::RecordAudit(SQLite::Database& database, Range range, Findings& findings,
                         ChargePairs& pairs, Audited& audited)
    : range_(range),
      findings_(findings),
      pairs_(pairs),
      audited_(audited),
      chain_(database, "cdr", Chain::of_records(database), range, findings) {
  const SQLite::Statement row(database, "SELECT * FROM cdr");
  const auto at = [&row](const char* name) { return row.getColumnIndex(name); };
  columns_ = {at("id"),        at("account"),     at("hotline"),  at("answered_ms"),
              at("talk_ms"),   at("billable_ms"), at("billed_s"), at("price_per_min_li"),
              at("charge_li"), at("tariff"),      at("calls")};
}

bool RecordAudit::page() {
  return chain_.page([this](const SQLite::Statement& row, std::int64_t seq) { take(row, seq); });
}

// Only what is needed: texts that nobody reads here would cost more than all the rest.
void RecordAudit::take(const SQLite::Statement& row, std::int64_t seq) {
  const auto number = [&row](int column) { return row.getColumn(column).getInt64(); };
  cdr::Record record;
  const std::string call = row.getColumn(columns_.id).getString();
  record.account = row.getColumn(columns_.account).getString();
  if (!row.isColumnNull(columns_.answered)) {
    record.answered = WallTime(Milliseconds(number(columns_.answered)));
    record.hotline = row.getColumn(columns_.hotline).getString();
  }
  record.talk = Milliseconds(number(columns_.talk));
  record.billable = Milliseconds(number(columns_.billable));
  record.billed = Seconds(number(columns_.billed));
  record.price_per_min = Money::from_li(number(columns_.price));
  record.charge = Money::from_li(number(columns_.charge));
  record.tariff = row.getColumn(columns_.tariff).getString();
  ++audited_.records;
  audited_.calls += static_cast<std::uint64_t>(number(columns_.calls));
  if (!is_countable(record.charge)) {
    findings_.add({"cdr", seq, call, "a charge of " + record.charge.to_yuan(),
                   "an amount that can be added up"});
    return;
  }
  audited_.charges += record.charge;
  check_charge(seq, record, call);
  if (record.answered) add_usage(record);
}

void RecordAudit::check_charge(std::int64_t seq, const cdr::Record& record,
                               const std::string& call) {
  const billing::Rated rated = call::rate_again(record);
  if (rated.charge != record.charge || rated.billed != record.billed) {
    findings_.add({"cdr", seq, call,
                   "a charge of " + record.charge.to_yuan() + " for " +
                       std::to_string(record.billed.count()) + " s",
                   rated.charge.to_yuan() + " for " + std::to_string(rated.billed.count()) +
                       " s, rated again"});
  }
  if (record.billable > record.talk) {
    findings_.add({"cdr", seq, call,
                   std::to_string(record.billable.count()) + " ms that are billed",
                   "at most the " + std::to_string(record.talk.count()) + " ms of talk"});
  }
  if (record.charge == Money()) return;
  ++audited_.charged;
  pairs_.record(call, {seq, record.account, record.charge});
}

void RecordAudit::add_usage(const cdr::Record& record) {
  Usage& usage = usage_[std::to_string(month_of(*record.answered)) + " " + record.hotline + " " +
                        record.account];
  ++usage.calls;
  usage.spent += record.charge;
}

void RecordAudit::finish(SQLite::Database& database) {
  audited_.attempts = chain_.parts_seen();
  SQLite::Statement count(database, "SELECT count(*) FROM attempt WHERE cdr_seq BETWEEN ? AND ?");
  {
    Run run(count);
    run.number(range_.first).number(range_.last).step();
    if (static_cast<std::uint64_t>(Row(count).number()) == audited_.attempts) return;
  }
  SQLite::Statement orphans(database,
                            "SELECT cdr_seq, n, phone FROM attempt WHERE cdr_seq BETWEEN ? AND ?"
                            " AND NOT EXISTS (SELECT 1 FROM cdr WHERE seq = cdr_seq)");
  Run run(orphans);
  run.number(range_.first).number(range_.last);
  while (run.step()) {
    Row row(orphans);
    const std::int64_t seq = row.number();
    const std::int64_t n = row.number();
    findings_.add({"attempt", seq, std::to_string(n), "an attempt at " + row.text(),
                   "none: there is no record " + std::to_string(seq)});
  }
}

}  // namespace hotline::store
