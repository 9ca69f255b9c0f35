// The durable side of every call and every account. Requests queue up on the call thread; one
// writer thread puts all that has queued since the last commit into one transaction, and says so
// to the call thread once it is on the disk (group commit).
//
// When a transaction fails, nothing of it is reported as done. Who waits for an answer is told it
// failed; records, charges and paid time stay here and are tried again until they are durable, the
// records of finished calls meanwhile in a file of their own (store/spill.h). Until then, and while
// a commit takes longer than anybody waits for, new calls are refused (takes_new_calls); service
// resumes by itself.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/base/timing.h"
#include "hotline/call/event.h"
#include "hotline/ports/store.h"

#include "store/batch.h"
#include "store/refusal_queue.h"
#include "store/spill.h"

namespace hotline::store {

class Writer final : public ports::Store {
 public:
  using Clock = std::function<Now()>;  // called from both threads
  using Works = std::vector<std::function<void()>>;
  using Post = std::function<void(Works)>;        // runs them, one by one, on the call thread
  using Sink = std::function<void(call::Event)>;  // called on the call thread
  // A line for the log, when trouble begins or ends. Writer's thread.
  using Report = std::function<void(const std::string& line, bool is_well)>;
  // Requires: a database that open() has prepared, and its lock.
  Writer(std::filesystem::path database, Clock clock, Post post, Sink sink, Report report = {});
  ~Writer() override;

  void perform(call::JournalAdmission admission) override;
  void perform(call::JournalAnswer answer) override;
  void perform(const call::JournalPaid& paid) override;
  void perform(const call::JournalAdopted& adopted) override;
  void perform(call::JournalMedia media) override;
  void perform(call::JournalTarget target) override;
  void confirmed_before(Instant answered) override { confirmed_before_ = answered; }
  void perform(call::KeepNote note) override;
  void close_call(call::CloseCall close, std::vector<billing::LedgerEntry> charge) override;
  void perform(const call::RecordRefusal& refusal) override;
  void post(billing::Posting posting) override;
  void append(std::vector<billing::LedgerEntry> entries, Done done) override;
  void open_account(const std::string& name, const billing::Standing& standing, Done done) override;
  bool takes_new_calls() const override;

  // A later fact about a call that has a record. Applied::conflict: it has none.
  void add_note(const CallId& call, cdr::Note note, Done done);
  // Done when all that was asked for before is durable; failed: it is not, and is tried again.
  void flush(Done done);

  // A notice's command was run: kept until it is durable, then `done`. Thread: any.
  void mark(NoticeTried tried);
  // Has it delivered (again). Applied::before where there is no such notice.
  void resend_notice(std::uint64_t seq, Done done);

  // How long transactions take. Thread: any.
  Timing commits() const;
  // Requests that are not durable yet. Thread: any.
  std::size_t waiting() const { return waiting_; }

  // The database is broken, so says the sentence: no new calls from now on, whatever else can be
  // written. Thread: any.
  void condemn(const std::string& why);

  // What is wrong with the database, in a sentence; empty: nothing. Thread: any.
  std::string trouble() const;

  // Writes all that waits, posts the last results and ends the thread. Where the database stays
  // out of reach for some seconds, it gives up; calls that were still to be closed are then found
  // in the journal at the next start. Nothing may be asked of the writer afterwards.
  // Returns: how many requests were lost; 0 when all is durable, or kept for the next start.
  // Thread: the call thread; waits.
  std::size_t stop();

 private:
  static constexpr Instant kNever = Instant::max();
  enum class Outcome { committed, busy, failed };

  void push(Request request);
  Instant mono() const { return clock_().mono; }
  void run();
  void collect();
  void keep_what_is_left();
  void work_off();
  Outcome attempt(Results& results, std::string& why);
  std::string slow_commit() const;
  void set_trouble(const std::string& why);
  void tell(Results results);
  bool finished();
  void wait_for_work();

  const std::filesystem::path path_;
  const Clock clock_;
  const Post post_;
  const std::shared_ptr<const Sink> sink_;  // shared with what is posted: that may outlive us
  const Report report_;

  mutable std::mutex mutex_;  // guards these
  std::condition_variable wake_;
  std::deque<Request> queue_;
  RefusalQueue refusals_;
  std::string trouble_;
  std::string broken_;  // for good
  Timing commits_;
  bool stopping_ = false;

  std::atomic<bool> well_{true};
  std::atomic<bool> is_broken_{false};
  std::atomic<Instant> attempt_began_{kNever};  // the one that runs
  std::atomic<Instant> confirmed_before_{Instant()};
  std::atomic<std::size_t> waiting_{0};  // requests not durable yet

  // The writer thread's own.
  Instant confirmed_in_hand_{};  // true of all that is in hand, and was written before
  std::unique_ptr<WriteSession> session_;
  std::unique_ptr<Spill> spill_;
  Batch batch_;
  int last_tries_;
  std::size_t lost_ = 0;  // read when the thread has ended

  std::thread thread_;  // last: starts when all else is there
};

}  // namespace hotline::store
