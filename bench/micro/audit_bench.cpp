// How long an audit of 1,000,000 records takes, and their hashing at a migration; how much a
// record's hash costs the writer. The databases are made anew in the temporary directory (1.5 GB).
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "hotline/billing/ledger.h"

#include "store/audit.h"
#include "store/database.h"
#include "store/open.h"
#include "store/reader.h"
#include "store/write_session.h"

namespace hotline::store {
namespace {

constexpr int kRecords = 1'000'000;
constexpr int kAccounts = 100;
constexpr WallTime kMorning{Milliseconds{1'772'416'800'000}};

std::string account_of(int n) { return "account" + std::to_string(n % kAccounts); }

// Two of three calls were answered and cost something.
cdr::Record record_of(int n) {
  cdr::Record record;
  record.id = CallIdSource(static_cast<std::uint64_t>(n)).next(kMorning + Milliseconds(2 * n));
  record.trunk = "unicom";
  record.caller_leg_id = "a84b4c76e66710-" + std::to_string(n) + "@10.1.2.3";
  record.phone_leg_id = "9f2d6c-" + std::to_string(n) + "@10.0.0.5";
  record.account = account_of(n);
  record.hotline = "400" + std::to_string(1'000'000 + n % kAccounts);
  record.caller_raw = "1" + std::to_string(3'000'000'000 + n % 600'000'000);
  record.caller_e164 = "+86" + record.caller_raw;
  record.caller_kind = "mobile";
  record.province = "江苏";
  record.city = "苏州";
  record.area_code = "0512";
  record.carrier = "移动";
  record.presented = record.caller_raw;
  record.received = kMorning + Milliseconds(2 * n);
  record.first_ring = record.received + Milliseconds(800);
  record.ended = record.received + Milliseconds(90'000);
  record.ring = Milliseconds(7185);
  record.decided = "group sales";
  record.trace =
      "hotlines/4001234567.toml:31 route east: matched\n"
      "hotlines/4001234567.toml:20 group sales: sequence";
  record.release = {cdr::Party::caller, Cause::no_answer, 480, 19};
  record.attempts = {{"desk", record.received, Milliseconds(4000), cdr::AttemptResult::busy, 486}};
  if (n % 3 == 0) return record;
  record.answered = record.received + Milliseconds(7185);
  record.talk = record.billable = Milliseconds(61'400);
  record.billed = Seconds(120);
  record.price_per_min = Money::from_li(300);
  record.charge = Money::from_li(600);
  record.tariff = "0.300 60/60";
  record.release = {cdr::Party::caller, Cause::hung_up, 200, 16};
  record.evidence = cdr::EndEvidence::bye;
  record.answered_by = "li";
  record.attempts.push_back(
      {"li", record.received, Milliseconds(3000), cdr::AttemptResult::answered, 200});
  return record;
}

// A database in a directory of its own.
class Books {
 public:
  Books() {
    std::string name = std::filesystem::temp_directory_path() / "hotline-bench-XXXXXX";
    directory_ = ::mkdtemp(name.data());
    opened_.emplace(store::open(directory_).value());
  }
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;
  ~Books() {
    opened_.reset();
    std::filesystem::remove_all(directory_);
  }
  const std::filesystem::path& directory() const { return directory_; }
  const std::filesystem::path& database() const { return opened_->database; }
  void let_go() { opened_.reset(); }

  void fill(int records) {
    WriteSession session(database());
    session.begin();
    for (int n = 0; n < kAccounts; ++n) {
      session.open_account(account_of(n), billing::standing_of_new(kMorning));
      session.book(billing::recharge(account_of(n), Money::from_li(100'000'000), "bank", kMorning));
    }
    for (int n = 0; n < records; ++n) {
      const cdr::Record record = record_of(n);
      session.file(record);
      if (record.charge > Money()) {
        session.book(billing::call_charge(record.account, record.id, record.charge, record.ended));
      }
      if (n % 1000 == 999) {
        session.commit();
        session.begin();
      }
    }
    session.commit();
  }

 private:
  std::filesystem::path directory_;
  std::optional<Opened> opened_;
};

const Books& million() {
  static const Books* const books = [] {
    auto* filled = new Books;  // ends with the program
    std::atexit([] { std::filesystem::remove_all(million().directory()); });
    filled->fill(kRecords);
    return filled;
  }();
  return *books;
}

void audit_a_million(benchmark::State& state) {
  const Books& books = million();
  for (auto _ : state) {
    const auto audited = audit(books.database(), {});
    if (!audited || audited->found > 0 || audited->records != kRecords) {
      state.SkipWithError("the books do not hold");
    }
  }
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
  state.SetItemsProcessed(state.iterations() * kRecords);
}
BENCHMARK(audit_a_million)->Unit(benchmark::kMillisecond)->Iterations(3);

// What a migration does once.
void hash_a_million(benchmark::State& state) {
  SQLite::Database database = connect_writer(million().database());
  for (auto _ : state) {
    SQLite::Transaction transaction(database);
    database.exec("DROP TRIGGER IF EXISTS cdr_link_stays; DELETE FROM cdr_link");
    Chain::of_records(database).link_all();
    transaction.commit();
  }
  state.SetItemsProcessed(state.iterations() * kRecords);
}
BENCHMARK(hash_a_million)->Unit(benchmark::kMillisecond)->Iterations(1);

// The writer's work for one record and its charge; the hash is a part of it, see hash_a_record.
void file_a_record(benchmark::State& state) {
  Books books;
  books.fill(10'000);
  WriteSession session(books.database());
  session.begin();
  int n = 10'000;
  for (auto _ : state) session.file(record_of(n++));
  session.commit();
}
BENCHMARK(file_a_record)->Unit(benchmark::kMicrosecond);

void hash_a_record(benchmark::State& state) {
  Books books;
  books.fill(10'000);
  SQLite::Database database = connect_writer(books.database());
  database.exec("BEGIN; DROP TRIGGER cdr_link_stays; DELETE FROM cdr_link WHERE seq > 5000");
  Chain chain = Chain::of_records(database);
  std::int64_t seq = 5000;
  for (auto _ : state) {
    chain.extend(++seq);
    if (seq < 10'000) continue;
    state.PauseTiming();
    database.exec("DELETE FROM cdr_link WHERE seq > 5000");
    chain.forget();
    seq = 5000;
    state.ResumeTiming();
  }
}
BENCHMARK(hash_a_record)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace hotline::store
