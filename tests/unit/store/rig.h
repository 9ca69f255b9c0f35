// What every test of the store needs: a state directory under /tmp, a clock set by hand, a call
// thread that runs what is posted when the test says so, and calls to write down.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hotline/base/ids.h"
#include "hotline/billing/ledger.h"
#include "hotline/call/action.h"
#include "hotline/call/event.h"
#include "hotline/cdr/record.h"

#include "store/open.h"
#include "store/start.h"
#include "store/writer.h"
#include "support/temp_dir.h"

namespace hotline::store {

using support::TempDir;

// Both clocks, from any thread.
class HandClock {
 public:
  Now read() const;
  void advance(Milliseconds step) { ms_ += step.count(); }
  // The wall clock alone; negative: back.
  void set_ahead(Milliseconds by) { ahead_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> ms_{1'000'000};
  std::atomic<std::int64_t> ahead_ms_{0};
};

class CallThread {
 public:
  // Thread: any.
  void post(std::function<void()> work);
  // Runs what is posted until `done()` holds. False when it does not for a very long time.
  bool run_until(const std::function<bool()>& done);
  // How much was posted and has not run.
  std::size_t pending();

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> work_;
};

// A prepared database with a writer on it.
struct Rig {
  Rig();
  explicit Rig(const std::filesystem::path& state_dir);  // one that outlives this rig

  void start_writer();
  // Stops the writer and runs what it posted. Returns: what stop() does.
  std::size_t stop_writer();

  bool saw(const call::Event& event) const;  // admissions, answers and failures only
  // Asks, and runs the call thread until the answer is there.
  ports::Applied append(const billing::LedgerEntry& entry);
  ports::Applied open_account(const std::string& name);
  bool wait_for(const call::Event& event);
  // Waits until everything asked for so far is durable or given up.
  void settle();

  std::unique_ptr<TempDir> own_dir;
  std::unique_ptr<Opened> opened;
  HandClock clock;
  CallThread thread;
  std::vector<call::Event> events;
  std::atomic<int> reports{0};
  std::unique_ptr<Writer> writer;
};

// Call number `n`, with a value of its own in every field.
cdr::Record sample_record(int n);
call::JournalAdmission admission_of(int n);
call::JournalAnswer answer_of(int n);
// The end of it, and its charge of n 厘 to "acme".
call::CloseCall close_of(int n);
std::vector<billing::LedgerEntry> charge_of(int n);
call::RecordRefusal refusal_of(int n);

// Every field, a line each: for comparison.
std::string dump(const cdr::Record& record);

// What a start finds in the rig's database. Requires: no writer.
Start load(const std::filesystem::path& database);
// Every record, oldest first.
std::vector<cdr::Record> all_records(const std::filesystem::path& database);

}  // namespace hotline::store
