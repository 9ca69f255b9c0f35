#include "store/reader.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "store/account_row.h"
#include "store/database.h"
#include "store/notice_row.h"
#include "store/record_row.h"
#include "store/where.h"

namespace hotline::store {
namespace {

constexpr std::size_t kRowsAtOnce = 256;
// Rows that one read looks at, whether they match or not: some ten milliseconds, however few match.
constexpr std::int64_t kRowsLookedAt = 20'000;

// Records are numbered about in the order the calls arrived, but not quite: the numbers between
// which all that were received in that time lie.
void add_received(Where& where, SQLite::Database& database, const cdr::Query& query) {
  if (!query.from && !query.to) return;
  Where received;
  received.add_time("received_ms >= ?", query.from);
  received.add_time("received_ms < ?", query.to);
  SQLite::Statement select(database, "SELECT min(seq), max(seq) FROM cdr" + received.text());
  Run run(select);
  received.bind(run);
  run.step();
  Row row(select);
  const std::int64_t first = row.number();
  const std::int64_t last = row.number();
  where.within(first, last);
  // The plus keeps these from choosing an index: the order is that of seq.
  where.add_time("+received_ms >= ?", query.from);
  where.add_time("+received_ms < ?", query.to);
}

std::string condition_of(cdr::Outcome outcome) {
  switch (outcome) {
    case cdr::Outcome::answered:
      return "answered_ms IS NOT NULL";
    case cdr::Outcome::unanswered:
      return "answered_ms IS NULL";
    case cdr::Outcome::refused:
      return "answered_ms IS NULL AND NOT EXISTS(SELECT 1 FROM attempt WHERE cdr_seq = seq)";
  }
  return "true";
}

Where conditions(SQLite::Database& database, const cdr::Query& query) {
  Where where;
  add_received(where, database, query);
  where.add_word("hotline = ?", query.hotline);
  where.add_word("account = ?", query.account);
  if (!query.caller.empty()) {
    where.add("(caller_e164 = ? OR caller_raw = ?)", query.caller, query.caller);
  }
  where.add_word("province = ?", query.caller_province);
  where.add_word("phone_province = ?", query.phone_province);
  if (query.outcome) where.add(condition_of(*query.outcome));
  if (query.cause) where.add_word("cause = ?", std::string(to_string(*query.cause)));
  where.add_word("answered_by = ?", query.phone);
  where.add_word("EXISTS(SELECT 1 FROM attempt WHERE cdr_seq = seq AND phone = ?)", query.rang);
  return where;
}

Where conditions(const billing::Query& query) {
  Where where;
  where.add_word("account = ?", query.account);
  where.add_time("at_ms >= ?", query.from);
  where.add_time("at_ms < ?", query.to);
  if (query.kind) where.add_word("kind = ?", std::string(to_string(*query.kind)));
  return where;
}

Where conditions(const billing::NoticeQuery& query) {
  Where where;
  where.add_word("account = ?", query.account);
  where.add_time("at_ms >= ?", query.from);
  where.add_time("at_ms < ?", query.to);
  if (query.pending) where.add("next_ms IS NOT NULL");
  return where;
}

std::vector<cdr::Attempt> attempts_of(SQLite::Statement& select, std::uint64_t seq) {
  Run run(select);
  run.number(static_cast<std::int64_t>(seq));
  std::vector<cdr::Attempt> attempts;
  while (run.step()) {
    Row row(select);
    attempts.push_back(read_attempt(row));
  }
  return attempts;
}

SQLite::Statement select_attempts(SQLite::Database& database) {
  return {database,
          "SELECT " + std::string(kAttemptColumns) + " FROM attempt WHERE cdr_seq = ? ORDER BY n"};
}

std::vector<cdr::Note> notes_of(SQLite::Database& database, std::uint64_t seq) {
  SQLite::Statement select(
      database, "SELECT at_ms, kind, text, by_whom FROM cdr_note WHERE cdr_seq = ? ORDER BY seq");
  Run run(select);
  run.number(static_cast<std::int64_t>(seq));
  std::vector<cdr::Note> notes;
  while (run.step()) {
    Row row(select);
    cdr::Note& note = notes.emplace_back();
    note.at = row.time();
    note.kind = note_kind_from(row.text());
    note.text = row.text();
    note.by = row.text();
  }
  return notes;
}

cdr::Filed read_filed(Row row) {
  cdr::Filed filed;
  filed.seq = static_cast<std::uint64_t>(row.number());
  filed.record = read_record(row);
  return filed;
}

billing::Booked read_booked(Row row) {
  billing::Booked booked;
  booked.seq = static_cast<std::uint64_t>(row.number());
  read_entry(row, booked);
  return booked;
}

billing::KeptNotice read_kept(Row row) {
  billing::KeptNotice kept;
  kept.seq = static_cast<std::uint64_t>(row.number());
  read_notice(row, kept);
  return kept;
}

std::int64_t last_seq(SQLite::Database& database, const std::string& table) {
  return database.execAndGet("SELECT coalesce(max(seq), 0) FROM " + table).getInt64();
}

// Where a query's rows begin and end, by their numbers, and how far the next read goes.
class Stretch {
 public:
  // `last`: the number of the last row there is.
  template <class Query>
  Stretch(const Where& where, const Query& query, std::int64_t last)
      : newest_first_(query.newest_first),
        end_(newest_first_ ? where.first() : where.last()),
        after_(static_cast<std::int64_t>(query.after_seq)) {
    const std::int64_t begin = std::min(where.last(), last) + 1;
    if (!newest_first_) {
      after_ = std::max(after_, where.first() - 1);
    } else if (after_ == 0 || after_ > begin) {
      after_ = begin;
    }
  }

  std::int64_t after() const { return after_; }
  std::int64_t reach() const {
    return newest_first_ ? std::max(end_, after_ - kRowsLookedAt)
                         : std::min(end_, after_ + kRowsLookedAt);
  }
  bool is_final(std::int64_t last) const {
    return reach() == end_ || (!newest_first_ && reach() >= last);
  }
  void go_on_after(std::int64_t seq) { after_ = seq; }

 private:
  bool newest_first_;
  std::int64_t end_;
  std::int64_t after_;
};

// Fetches rows a page at a time, completes them, and hands them out between the pages, when no
// read is open. A page that finds little in what it looks at ends all the same.
template <class Query, class Read, class Take>
void hand_out(SQLite::Database& database, const std::string& table, std::string_view columns,
              const Where& where, const Query& query, Read read, const Take& take) {
  // One bound on either side: of two on one side the database would use the wrong one, and read
  // every page from the beginning.
  SQLite::Statement select(
      database, "SELECT seq," + std::string(columns) + " FROM " + table + where.text() +
                    (query.newest_first ? " AND seq < ? AND seq >= ? ORDER BY seq DESC LIMIT ?"
                                        : " AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"));
  Stretch stretch(where, query, last_seq(database, table));
  for (std::size_t left = query.limit; left > 0;) {
    const bool is_final = stretch.is_final(last_seq(database, table));
    const std::int64_t reach = stretch.reach();
    const std::size_t most = std::min(left, kRowsAtOnce);
    std::vector<decltype(read(select))> page;
    {
      Run run(select);
      where.bind(run);
      run.number(stretch.after()).number(reach).number(static_cast<std::int64_t>(most));
      while (run.step()) page.push_back(read(select));
    }
    for (const auto& item : page) take(item);
    if (page.size() < most && is_final) return;
    left -= page.size();
    stretch.go_on_after(page.size() == most ? static_cast<std::int64_t>(page.back().seq) : reach);
  }
}

Span span_of(SQLite::Database& database, const std::string& table, const Where& where) {
  const std::int64_t last = std::min(where.last(), last_seq(database, table));
  if (where.first() < 1 || where.first() > last) return {};
  return {static_cast<std::uint64_t>(where.first()), static_cast<std::uint64_t>(last)};
}

// Runs `work` and makes its exceptions a sentence.
template <class Value, class Work>
Reader::Result<Value> guarded(const std::filesystem::path& path, Work work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(sentence(path, error));
  }
}

}  // namespace

Reader::Reader(std::filesystem::path path, std::unique_ptr<SQLite::Database> database)
    : path_(std::move(path)), database_(std::move(database)) {}
Reader::Reader(Reader&& other) noexcept = default;
Reader& Reader::operator=(Reader&& other) noexcept = default;
Reader::~Reader() = default;

Reader::Result<Reader> Reader::open(const std::filesystem::path& path) {
  return guarded<Reader>(
      path, [&] { return Reader(path, std::make_unique<SQLite::Database>(connect_reader(path))); });
}

Reader::Result<void> Reader::records(const cdr::Query& query,
                                     const std::function<void(const cdr::Filed&)>& take) {
  return guarded<void>(path_, [&]() -> Result<void> {
    SQLite::Statement attempts = select_attempts(*database_);
    const auto read = [&](const SQLite::Statement& row) {
      cdr::Filed filed = read_filed(Row(row));
      filed.record.attempts = attempts_of(attempts, filed.seq);
      return filed;
    };
    hand_out(*database_, "cdr", kRecordColumns, conditions(*database_, query), query, read, take);
    return {};
  });
}

Reader::Result<void> Reader::past_calls(const cdr::Query& query,
                                        const std::function<void(const cdr::PastCall&)>& take) {
  return guarded<void>(path_, [&]() -> Result<void> {
    const auto read = [](const SQLite::Statement& statement) {
      Row row(statement);
      const auto seq = static_cast<std::uint64_t>(row.number());
      cdr::PastCall call = read_past_call(row);
      call.seq = seq;
      return call;
    };
    hand_out(*database_, "cdr", kPastColumns, conditions(*database_, query), query, read, take);
    return {};
  });
}

Reader::Result<void> Reader::summaries(const cdr::Query& query,
                                       const std::function<void(const cdr::Summary&)>& take) {
  return guarded<void>(path_, [&]() -> Result<void> {
    const auto read = [](const SQLite::Statement& statement) {
      Row row(statement);
      const auto seq = static_cast<std::uint64_t>(row.number());
      cdr::Summary summary = read_summary(row);
      summary.seq = seq;
      return summary;
    };
    hand_out(*database_, "cdr", kSummaryColumns, conditions(*database_, query), query, read, take);
    return {};
  });
}

Reader::Result<std::uint64_t> Reader::count(const cdr::Query& query) {
  return guarded<std::uint64_t>(path_, [&] {
    const Where where = conditions(*database_, query);
    const std::int64_t last = std::min(where.last(), last_seq(*database_, "cdr"));
    SQLite::Statement select(
        *database_, "SELECT count(*) FROM cdr" + where.text() + " AND seq BETWEEN ? AND ?");
    std::uint64_t sum = 0;
    for (std::int64_t from = where.first(); from <= last; from += kRowsLookedAt) {
      Run run(select);
      where.bind(run);
      run.number(from).number(std::min(last, from + kRowsLookedAt - 1)).step();
      sum += static_cast<std::uint64_t>(Row(select).number());
    }
    return sum;
  });
}

Reader::Result<Span> Reader::span(const cdr::Query& query) {
  return guarded<Span>(path_,
                       [&] { return span_of(*database_, "cdr", conditions(*database_, query)); });
}

Reader::Result<Span> Reader::span(const billing::Query& query) {
  return guarded<Span>(path_, [&] { return span_of(*database_, "ledger", conditions(query)); });
}

Reader::Result<std::optional<cdr::Filed>> Reader::record(const CallId& id) {
  return guarded<std::optional<cdr::Filed>>(path_, [&]() -> std::optional<cdr::Filed> {
    SQLite::Statement select(
        *database_, "SELECT seq," + std::string(kRecordColumns) + " FROM cdr WHERE id = ?");
    Run run(select);
    if (!run.word(id.to_string()).step()) return std::nullopt;
    cdr::Filed filed = read_filed(Row(select));
    SQLite::Statement attempts = select_attempts(*database_);
    filed.record.attempts = attempts_of(attempts, filed.seq);
    filed.notes = notes_of(*database_, filed.seq);
    return filed;
  });
}

Reader::Result<void> Reader::entries(const billing::Query& query,
                                     const std::function<void(const billing::Booked&)>& take) {
  return guarded<void>(path_, [&]() -> Result<void> {
    const auto read = [](const SQLite::Statement& row) { return read_booked(Row(row)); };
    hand_out(*database_, "ledger", kLedgerColumns, conditions(query), query, read, take);
    return {};
  });
}

Reader::Result<std::optional<billing::Booked>> Reader::entry(const std::string& id) {
  return guarded<std::optional<billing::Booked>>(path_, [&]() -> std::optional<billing::Booked> {
    SQLite::Statement select(
        *database_, "SELECT seq," + std::string(kLedgerColumns) + " FROM ledger WHERE id = ?");
    Run run(select);
    if (!run.text(id).step()) return std::nullopt;
    return read_booked(Row(select));
  });
}

Reader::Result<Ends> Reader::ends() {
  return guarded<Ends>(path_, [&] {
    SQLite::Statement select(*database_,
                             "SELECT (SELECT coalesce(max(seq), 0) FROM cdr),"
                             " (SELECT coalesce(max(seq), 0) FROM ledger)");
    Run run(select);
    run.step();
    Row row(select);
    Ends ends;
    ends.record = static_cast<std::uint64_t>(row.number());
    ends.entry = static_cast<std::uint64_t>(row.number());
    return ends;
  });
}

Reader::Result<std::vector<Account>> Reader::accounts() {
  return guarded<std::vector<Account>>(path_, [&] {
    SQLite::Statement select(
        *database_, "SELECT " + std::string(kAccountColumns) + " FROM account ORDER BY name");
    std::vector<Account> accounts;
    while (select.executeStep()) {
      Row row(select);
      accounts.push_back(read_account(row));
    }
    return accounts;
  });
}

Reader::Result<std::vector<billing::AccountEvent>> Reader::events(const std::string& account) {
  return guarded<std::vector<billing::AccountEvent>>(path_, [&] {
    SQLite::Statement select(*database_, "SELECT " + std::string(kEventColumns) +
                                             " FROM account_event WHERE account = ? ORDER BY seq");
    Run run(select);
    run.text(account);
    std::vector<billing::AccountEvent> events;
    while (run.step()) {
      Row row(select);
      events.push_back(read_event(row));
    }
    return events;
  });
}

Reader::Result<Anchor> Reader::heads() {
  return guarded<Anchor>(path_, [&] { return read_heads(*database_); });
}

Reader::Result<std::vector<std::string>> Reader::contradictions(const Anchor& anchor) {
  return guarded<std::vector<std::string>>(
      path_, [&] { return store::contradictions(*database_, anchor); });
}

Reader::Result<void> Reader::notices(const billing::NoticeQuery& query,
                                     const std::function<void(const billing::KeptNotice&)>& take) {
  return guarded<void>(path_, [&]() -> Result<void> {
    const auto read = [](const SQLite::Statement& row) { return read_kept(Row(row)); };
    hand_out(*database_, "notice", kNoticeColumns, conditions(query), query, read, take);
    return {};
  });
}

Reader::Result<std::optional<billing::KeptNotice>> Reader::notice(std::uint64_t seq) {
  return guarded<std::optional<billing::KeptNotice>>(
      path_, [&]() -> std::optional<billing::KeptNotice> {
        SQLite::Statement select(
            *database_, "SELECT seq," + std::string(kNoticeColumns) + " FROM notice WHERE seq = ?");
        Run run(select);
        if (!run.number(static_cast<std::int64_t>(seq)).step()) return std::nullopt;
        return read_kept(Row(select));
      });
}

Reader::Result<std::vector<billing::KeptNotice>> Reader::due_notices(WallTime now,
                                                                     std::size_t most) {
  return guarded<std::vector<billing::KeptNotice>>(path_, [&] {
    SQLite::Statement select(*database_,
                             "SELECT seq," + std::string(kNoticeColumns) +
                                 " FROM notice WHERE next_ms <= ? ORDER BY next_ms, seq LIMIT ?");
    Run run(select);
    run.time(now).number(static_cast<std::int64_t>(most));
    std::vector<billing::KeptNotice> due;
    while (run.step()) due.push_back(read_kept(Row(select)));
    return due;
  });
}

Reader::Result<std::vector<Recorded>> Reader::recordings_without_note(WallTime from, WallTime to) {
  return guarded<std::vector<Recorded>>(path_, [&] {
    SQLite::Statement select(*database_,
                             "SELECT id, recording FROM cdr WHERE received_ms >= ?"
                             " AND received_ms < ? AND recording <> '' AND NOT EXISTS"
                             " (SELECT 1 FROM cdr_note WHERE cdr_seq = cdr.seq AND kind = ?)");
    Run run(select);
    run.time(from).time(to).word(to_string(cdr::NoteKind::recording));
    std::vector<Recorded> found;
    while (run.step()) {
      Row row(select);
      const auto call = CallId::parse(row.text());
      if (call) found.push_back({*call, row.text()});
    }
    return found;
  });
}

Reader::Result<WaitingNotices> Reader::waiting_notices() {
  return guarded<WaitingNotices>(path_, [&] {
    SQLite::Statement select(*database_,
                             "SELECT (SELECT count(*) FROM notice WHERE next_ms IS NOT NULL),"
                             " coalesce((SELECT error FROM notice WHERE next_ms IS NOT NULL"
                             "   AND error <> '' ORDER BY seq DESC LIMIT 1), '')");
    select.executeStep();
    Row row(select);
    WaitingNotices waiting;
    waiting.count = static_cast<std::uint64_t>(row.number());
    waiting.error = row.text();
    return waiting;
  });
}

Reader::Result<Totals> Reader::totals() {
  return guarded<Totals>(path_, [&] {
    SQLite::Statement select(
        *database_,
        "SELECT cdrs.*, entries.*, balances.* FROM"
        " (SELECT count(*), coalesce(sum(calls), 0), coalesce(sum(charge_li), 0) FROM cdr)"
        "   AS cdrs,"
        " (SELECT count(*), -coalesce(sum(amount_li) FILTER (WHERE kind = ?), 0) FROM ledger)"
        "   AS entries,"
        " (SELECT coalesce(sum(balance_li), 0) FROM account) AS balances");
    Run run(select);
    run.word(to_string(billing::EntryKind::call_charge)).step();
    Row row(select);
    Totals totals;
    totals.records = static_cast<std::uint64_t>(row.number());
    totals.calls = static_cast<std::uint64_t>(row.number());
    totals.charges = row.money();
    totals.entries = static_cast<std::uint64_t>(row.number());
    totals.charged = row.money();
    totals.balances = row.money();
    return totals;
  });
}

}  // namespace hotline::store
