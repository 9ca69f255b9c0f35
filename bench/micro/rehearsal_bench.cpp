// How many recorded calls a second go through a draft: read from a database of 200,000 records, and
// decided again by 20 routes. The database is made anew in the temporary directory.
#include <filesystem>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <stdlib.h>

#include "ctl/rehearsal.h"
#include "store/open.h"
#include "store/reader.h"
#include "store/writer.h"

namespace hotline::ctl {
namespace {

constexpr int kRecords = 200'000;
constexpr WallTime kMondayMorning{Milliseconds{1'772'416'800'000}};

// A database in a directory of its own.
class Records {
 public:
  Records() {
    std::string name = std::filesystem::temp_directory_path() / "hotline-bench-XXXXXX";
    directory_ = ::mkdtemp(name.data());
    opened_.emplace(store::open(directory_).value());
    store::Writer writer(
        opened_->database,
        [] {
          return Now{Instant(), kMondayMorning};
        },
        [](const store::Writer::Works&) {}, [](const call::Event&) {});
    for (int n = 0; n < kRecords; ++n) writer.close_call({CallRef{}, record(n), Money()}, {});
    writer.stop();
  }
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;
  ~Records() {
    opened_.reset();
    std::filesystem::remove_all(directory_);
  }
  const std::filesystem::path& database() const { return opened_->database; }

 private:
  static cdr::Record record(int n) {
    cdr::Record record;
    record.id = CallIdSource(static_cast<std::uint64_t>(n)).next(kMondayMorning);
    record.hotline = "400" + std::to_string(1'000'000 + n % 100);
    record.account = "acme";
    record.caller_raw = "1" + std::to_string(3'000'000'000 + n % 6'000'000'00);
    record.caller_e164 = "+86" + record.caller_raw;
    record.caller_kind = "mobile";
    record.received = kMondayMorning + Milliseconds(n);
    record.decided = "group sales";
    record.asked = "turn:" + record.hotline + "/sales=" + std::to_string(n);
    record.trace =
        "hotlines/4001234567.toml:31 route east: other region\n"
        "hotlines/4001234567.toml:90 otherwise: matched";
    record.attempts = {
        {"desk", record.received, Milliseconds(4000), cdr::AttemptResult::answered, 200}};
    return record;
  }

  std::filesystem::path directory_;
  std::optional<store::Opened> opened_;
};

routing::Snapshot draft() {
  routing::Snapshot snapshot;
  snapshot.regions = region::builtin_table();
  auto office = std::make_shared<schedule::Schedule>();
  for (auto& day : office->weekly) day = {schedule::Span{9 * 60, 18 * 60}};
  for (int n = 0; n < 100; ++n) {
    auto hotline = std::make_shared<routing::Hotline>();
    hotline->number = "400" + std::to_string(1'000'000 + n);
    auto phone = std::make_unique<routing::Phone>();
    phone->name = "desk";
    phone->key = hotline->number + "/desk";
    auto group = std::make_unique<routing::Group>();
    group->name = "sales";
    group->key = hotline->number + "/sales";
    group->ring = routing::RingStrategy::round_robin;
    group->phones = {phone.get()};
    int line = 1;
    for (const char* province :
         {"北京", "天津", "河北", "山西", "辽宁", "吉林", "江苏", "浙江", "安徽", "福建", "江西",
          "山东", "河南", "湖北", "湖南", "广东", "广西", "四川", "贵州"}) {
      routing::Condition when;
      when.region = *snapshot.regions->named(province);
      when.schedules = {office};
      hotline->routes.push_back({province, {"h.toml", line++}, when, group.get()});
    }
    hotline->otherwise = {"otherwise", {"h.toml", line}, {}, group.get()};
    hotline->phones.push_back(std::move(phone));
    hotline->groups.push_back(std::move(group));
    snapshot.hotlines.add(hotline->number, hotline);
  }
  return snapshot;
}

void rehearsal(benchmark::State& state) {
  const Records records;
  const routing::Snapshot snapshot = draft();
  for (auto _ : state) {
    auto reader = store::Reader::open(records.database());
    Rehearsal rehearsal(snapshot, [](const cdr::PastCall&, Rehearsed, const std::string&) {});
    cdr::Query query;
    query.from = kMondayMorning;
    query.limit = kRecords;
    const auto done =
        reader->past_calls(query, [&](const cdr::PastCall& call) { rehearsal.take(call); });
    if (!done) state.SkipWithError(done.error().c_str());
    benchmark::DoNotOptimize(rehearsal.to_json());
  }
  state.SetItemsProcessed(state.iterations() * kRecords);
}
BENCHMARK(rehearsal)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hotline::ctl
