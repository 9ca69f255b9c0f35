#include "store/audit.h"

#include <algorithm>
#include <utility>

#include "store/audit_parts.h"
#include "store/database.h"
#include "store/page_check.h"
#include "store/schema.h"
#include "store/statement.h"

namespace hotline::store {
namespace {

// What changes while a server runs, as it was at one instant: all else only grows behind it.
struct Standpoint {
  Anchor heads;
  std::int64_t last_record = 0;
  std::int64_t last_note = 0;
  std::int64_t last_attempt = 0;  // its record's number
  std::int64_t open_calls = 0;
  std::map<std::string, Money> balances;
  UsageByMonth usage;
};

std::int64_t number_of(SQLite::Database& database, const std::string& sql) {
  return database.execAndGet(sql).getInt64();
}

void read_usage(SQLite::Database& database, UsageByMonth& usage) {
  SQLite::Statement select(database,
                           "SELECT month || ' ' || hotline || ' ' || account, calls, spent_li"
                           " FROM month_usage");
  while (select.executeStep()) {
    Row row(select);
    Usage& one = usage[row.text()];
    one.calls = row.number();
    one.spent = row.money();
  }
}

// A reservation lives as long as its call's row in the journal.
void check_journal(SQLite::Database& database, Findings& findings) {
  SQLite::Statement filed(database, "SELECT journal.id, cdr.seq FROM journal JOIN cdr USING(id)");
  while (filed.executeStep()) {
    Row row(filed);
    const std::string call = row.text();
    findings.add({"journal", 0, call, "an open call with money reserved",
                  "none: it has ended, record " + std::to_string(row.number())});
  }
  SQLite::Statement answers(database,
                            "SELECT key FROM journal_answer"
                            " WHERE key NOT IN (SELECT key FROM journal)");
  while (answers.executeStep()) {
    findings.add(
        {"journal_answer", Row(answers).number(), "", "an answer of no open call", "none"});
  }
}

Standpoint stand(SQLite::Database& database, Findings& findings) {
  SQLite::Transaction transaction(database);
  Standpoint here;
  here.heads = read_heads(database);
  here.last_record = number_of(database, "SELECT coalesce(max(seq), 0) FROM cdr");
  here.last_note = number_of(database, "SELECT coalesce(max(seq), 0) FROM cdr_note");
  here.last_attempt = number_of(database, "SELECT coalesce(max(cdr_seq), 0) FROM attempt");
  here.open_calls = number_of(database, "SELECT count(*) FROM journal");
  SQLite::Statement accounts(database, "SELECT name, balance_li FROM account");
  while (accounts.executeStep()) {
    Row row(accounts);
    const std::string name = row.text();
    here.balances[name] = row.money();
  }
  read_usage(database, here.usage);
  check_journal(database, findings);
  return here;
}

// --- what keeps rows as they are -----------------------------------------------------------------

void check_keepers(SQLite::Database& database, Findings& findings) {
  SQLite::Statement trigger(database,
                            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
                            " AND tbl_name = ?1 AND name IN (?1 || '_keeps', ?1 || '_stays')");
  for (const char* name : kAppendOnly) {
    const std::string table = name;
    Run run(trigger);
    run.text(table).step();
    if (Row(trigger).number() == 2) continue;
    findings.add({table, 0, "", "a table whose rows can be changed and deleted",
                  "triggers " + table + "_keeps and " + table + "_stays that refuse it"});
  }
}

void check_pages(SQLite::Database& database, Findings& findings) {
  const std::string found = broken_pages(database);
  if (!found.empty()) findings.add({"database", 0, "", found, "pages that can be read"});
}

// Ids are unique by an index. Where somebody has taken it away, every id is looked at.
void check_unique(SQLite::Database& database, const std::string& table, Findings& findings) {
  SQLite::Statement index(database,
                          "SELECT count(*) FROM pragma_index_list(?) AS list WHERE \"unique\" = 1"
                          " AND (SELECT group_concat(name) FROM pragma_index_info(list.name)) ="
                          " 'id'");
  {
    Run run(index);
    run.text(table).step();
    if (Row(index).number() > 0) return;
  }
  findings.add({table, 0, "", "a table whose ids may be doubled", "a unique index on id"});
  SQLite::Statement doubled(
      database, "SELECT id, min(seq), max(seq) FROM " + table + " GROUP BY id HAVING count(*) > 1");
  while (doubled.executeStep()) {
    Row row(doubled);
    const std::string id = row.text();
    const std::string first = std::to_string(row.number());
    findings.add(
        {table, row.number(), id, "an id that row " + first + " has, too", "an id of its own"});
  }
}

// --- ranges --------------------------------------------------------------------------------------

// The numbers between which all rows of that time lie; where there are none, the place for them.
Range range_of(SQLite::Database& database, const std::string& table, const std::string& time,
               const AuditWish& wish, std::int64_t last) {
  if (!wish.from && !wish.to) return {1, last};
  SQLite::Statement select(database, "SELECT min(seq), max(seq) FROM " + table + " WHERE " + time +
                                         " >= ? AND " + time + " < ? AND seq <= ?");
  Run run(select);
  run.time(wish.from.value_or(WallTime::min())).time(wish.to.value_or(WallTime::max()));
  run.number(last).step();
  Row row(select);
  if (!row.next_is_null()) {
    Range range;
    range.first = row.number();
    range.last = row.number();
    return range;
  }
  SQLite::Statement before(database, "SELECT coalesce(max(seq), 0) FROM " + table + " WHERE " +
                                         time + " < ? AND seq <= ?");
  Run none(before);
  none.time(wish.from.value_or(WallTime::min())).number(last).step();
  const std::int64_t end = Row(before).number();
  return {end + 1, end};
}

// --- the whole -----------------------------------------------------------------------------------

class Audit {
 public:
  Audit(SQLite::Database& database, const AuditWish& wish)
      : database_(database), wish_(wish), findings_(audited_, wish.most) {}

  Audited run();

 private:
  bool is_whole() const { return !wish_.from && !wish_.to; }
  void walk(Range records, Range entries);
  void walk_notes();
  void check_ends();
  void check_anchors();
  void check_balances(const LedgerAudit& ledger, Range entries);
  void check_usage(const UsageByMonth& usage);

  SQLite::Database& database_;
  const AuditWish& wish_;
  Audited audited_;
  Findings findings_;
  Standpoint here_;
};

Audited Audit::run() {
  check_pages(database_, findings_);
  check_keepers(database_, findings_);
  check_unique(database_, "cdr", findings_);
  check_unique(database_, "ledger", findings_);
  here_ = stand(database_, findings_);
  audited_.heads = here_.heads;
  audited_.open_calls = static_cast<std::uint64_t>(here_.open_calls);
  check_ends();
  check_anchors();
  walk(range_of(database_, "cdr", "received_ms", wish_, here_.last_record),
       range_of(database_, "ledger", "at_ms", wish_, here_.heads.ledger));
  walk_notes();
  return std::move(audited_);
}

// Records and entries were written in the same order: reading them side by side, a charge and its
// entry meet soon.
void Audit::walk(Range records, Range entries) {
  ChargePairs pairs(findings_);
  RecordAudit record_audit(database_, records, findings_, pairs, audited_);
  LedgerAudit ledger_audit(database_, entries, wish_.anchors, findings_, pairs, audited_);
  const std::size_t whole = records.size() + entries.size();
  bool more_records = true;
  bool more_entries = true;
  while (more_records || more_entries) {
    const bool is_ledgers_turn = more_entries && (!more_records || pairs.wait_for_entries());
    bool& more = is_ledgers_turn ? more_entries : more_records;
    more = is_ledgers_turn ? ledger_audit.page() : record_audit.page();
    if (wish_.progress) {
      wish_.progress(static_cast<std::size_t>(record_audit.next() - records.first +
                                              ledger_audit.next() - entries.first),
                     whole);
    }
  }
  pairs.finish(database_);
  record_audit.finish(database_);
  check_balances(ledger_audit, entries);
  if (is_whole()) check_usage(record_audit.usage());
}

void Audit::walk_notes() {
  ChainAudit notes(database_, "cdr_note", Chain::of_notes(database_), {1, here_.last_note},
                   findings_);
  SQLite::Statement record(database_, "SELECT 1 FROM cdr WHERE seq = ?");
  const auto take = [&](const SQLite::Statement& row, std::int64_t seq) {
    ++audited_.notes;
    const std::int64_t about = row.getColumn("cdr_seq").getInt64();
    if (Run(record).number(about).step()) return;
    findings_.add({"cdr_note", seq, "", "a note about record " + std::to_string(about),
                   "none: there is no such record"});
  };
  while (notes.page(take)) continue;
}

// What was cut off at the end.
void Audit::check_ends() {
  const auto check = [this](const char* table, std::int64_t last, std::int64_t linked) {
    if (last >= linked) return;
    findings_.add({table, last + 1, "", "no row behind number " + std::to_string(last),
                   "rows to " + std::to_string(linked) + ": their hashes are there"});
  };
  check("cdr", here_.last_record, here_.heads.records);
  check("cdr_note", here_.last_note, here_.heads.notes);
  if (here_.last_attempt > here_.last_record) {
    findings_.add({"attempt", here_.last_attempt, "", "an attempt of that record",
                   "none: the last record is " + std::to_string(here_.last_record)});
  }
}

void Audit::check_anchors() {
  for (const AnchorFile& file : wish_.anchors) {
    ++audited_.anchors;
    for (const std::string& what : contradictions(database_, file.anchor)) {
      findings_.add({"anchor", 0, file.path.string(), what, "what the anchor says"});
    }
  }
}

void Audit::check_balances(const LedgerAudit& ledger, Range entries) {
  const bool to_the_end = entries.last == here_.heads.ledger;
  for (const auto& [name, sums] : ledger.sums()) {
    const auto balance = here_.balances.find(name);
    if (balance == here_.balances.end()) {
      findings_.add({"account", 0, name, "no account", "one: the ledger has entries of it"});
    } else if (to_the_end && balance->second != sums.closing()) {
      findings_.add({"account", 0, name, "a balance of " + balance->second.to_yuan(),
                     sums.closing().to_yuan() + ", as its entries add up"});
    }
    audited_.accounts.push_back(sums);
  }
}

void Audit::check_usage(const UsageByMonth& usage) {
  const auto words = [](const Usage& one) {
    return std::to_string(one.calls) + " calls, " + one.spent.to_yuan() + " yuan";
  };
  UsageByMonth kept = here_.usage;
  for (const auto& [key, one] : usage) {
    const Usage found = kept[key];
    kept.erase(key);
    if (found == one) continue;
    findings_.add({"month_usage", 0, key, words(found), words(one) + ", by the records"});
  }
  for (const auto& [key, one] : kept) {
    if (one == Usage{}) continue;
    findings_.add({"month_usage", 0, key, words(one), "nothing: there are no records"});
  }
}

}  // namespace

tl::expected<Audited, std::string> audit(const std::filesystem::path& path, const AuditWish& wish) {
  try {
    SQLite::Database database = connect_reader(path);
    return Audit(database, wish).run();
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(sentence(path, error));
  }
}

tl::expected<std::vector<std::string>, std::string> check_last_links(
    const std::filesystem::path& path, std::int64_t most) {
  try {
    SQLite::Database database = connect_reader(path);
    Audited audited;
    Findings findings(audited, 20);
    const std::int64_t last = number_of(database, "SELECT coalesce(max(seq), 0) FROM cdr");
    ChainAudit chain(database, "cdr", Chain::of_records(database),
                     {std::max<std::int64_t>(1, last - most + 1), last}, findings);
    while (chain.page([](const SQLite::Statement&, std::int64_t) {})) continue;
    std::vector<std::string> sentences;
    for (const Finding& finding : audited.findings) {
      sentences.push_back(finding.table + " " + std::to_string(finding.seq) + ": there is " +
                          finding.is + "; there should be " + finding.should_be);
    }
    return sentences;
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(sentence(path, error));
  }
}

}  // namespace hotline::store
