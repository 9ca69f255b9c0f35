// Reads what the writer has made durable, on a connection of its own, while the server runs or
// not. Rows are fetched a few hundred at a time and handed out between fetches, so an export of any
// size needs little memory and a slow taker never keeps the writer's log from being cleaned up.
// Thread: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/ids.h"
#include "hotline/base/money.h"
#include "hotline/billing/booked.h"
#include "hotline/billing/notice.h"
#include "hotline/cdr/filed.h"
#include "hotline/cdr/past_call.h"
#include "hotline/cdr/query.h"
#include "hotline/cdr/summary.h"

#include "store/anchor.h"
#include "store/start.h"

namespace SQLite {
class Database;
}

namespace hotline::store {

struct Totals {
  std::uint64_t records = 0;  // CDRs
  std::uint64_t calls = 0;    // that they stand for: merged refusals count each
  Money charges;              // by the CDRs
  std::uint64_t entries = 0;  // of the ledger
  Money charged;              // by the ledger: equals `charges`
  Money balances;             // of all accounts together
};

// Of the notices that wait to be delivered.
struct WaitingNotices {
  std::uint64_t count = 0;
  std::string error;  // of the newest one that has been tried
};

// Numbers of rows, both included; 0 and 0: none.
struct Span {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

// The last numbers at one instant: what is filed up to them belongs together, for a call's record
// and its charge become durable at once. 0: nothing is.
struct Ends {
  std::uint64_t record = 0;
  std::uint64_t entry = 0;
};

// A record that names a recording.
struct Recorded {
  CallId call;
  std::string path;
};

class Reader {
 public:
  template <class Value>
  using Result = tl::expected<Value, std::string>;  // errors: one sentence

  static Result<Reader> open(const std::filesystem::path& database);
  Reader(Reader&& other) noexcept;
  Reader& operator=(Reader&& other) noexcept;
  ~Reader();

  // Hands out the records that match, up to query.limit, with their attempts.
  Result<void> records(const cdr::Query& query, const std::function<void(const cdr::Filed&)>& take);
  // Hands out what was decided about the calls that match, up to query.limit: a fraction of the
  // cost of whole records.
  Result<void> past_calls(const cdr::Query& query,
                          const std::function<void(const cdr::PastCall&)>& take);
  // Hands out what reports need of the records that match, up to query.limit.
  Result<void> summaries(const cdr::Query& query,
                         const std::function<void(const cdr::Summary&)>& take);
  // How many records match, its limit apart.
  Result<std::uint64_t> count(const cdr::Query& query);
  // Between which numbers those that match lie; they may be few of them. Much cheaper than count().
  Result<Span> span(const cdr::Query& query);
  Result<Span> span(const billing::Query& query);
  // nullopt: the call has no record.
  Result<std::optional<cdr::Filed>> record(const CallId& id);
  Result<void> entries(const billing::Query& query,
                       const std::function<void(const billing::Booked&)>& take);
  // nullopt: there is no such entry.
  Result<std::optional<billing::Booked>> entry(const std::string& id);
  Result<Ends> ends();
  // By name.
  Result<std::vector<Account>> accounts();
  // An account's changes of state, the first one first.
  Result<std::vector<billing::AccountEvent>> events(const std::string& account);
  // Hands out the notices that match, up to query.limit.
  Result<void> notices(const billing::NoticeQuery& query,
                       const std::function<void(const billing::KeptNotice&)>& take);
  // nullopt: there is none of that number.
  Result<std::optional<billing::KeptNotice>> notice(std::uint64_t seq);
  // Those to be delivered by then, those that have waited longest first.
  Result<std::vector<billing::KeptNotice>> due_notices(WallTime now, std::size_t most);
  Result<WaitingNotices> waiting_notices();
  // Records received in that time that name a recording, and have no note of what came of it.
  Result<std::vector<Recorded>> recordings_without_note(WallTime from, WallTime to);
  Result<Totals> totals();
  // How far the books are, at one instant; without a day.
  Result<Anchor> heads();
  // What the database does not hold of an anchor, a sentence each.
  Result<std::vector<std::string>> contradictions(const Anchor& anchor);

 private:
  Reader(std::filesystem::path path, std::unique_ptr<SQLite::Database> database);

  std::filesystem::path path_;
  std::unique_ptr<SQLite::Database> database_;
};

}  // namespace hotline::store
