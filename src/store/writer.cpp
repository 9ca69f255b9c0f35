#include "store/writer.h"

#include <chrono>
#include <utility>

#include <sqlite3.h>

#include "store/database.h"
#include "store/write_session.h"

namespace hotline::store {
namespace {

// A little less than a second, so that with its commit a beat comes each second.
constexpr Milliseconds kBeatEvery{900};
constexpr Milliseconds kRetryEvery{200};
// What is asked for within so long shares a commit with the first. Half of it costs a fifth more
// CPU a call (docs/performance.md), and nobody waits for it but a caller's 200 OK.
constexpr Milliseconds kGather{10};
// How long somebody waits for an answer while another process holds the database; the core gives
// up then by itself.
constexpr Milliseconds kPatience{2000};
constexpr int kLastTries = 10;  // after stop(): two seconds
constexpr std::size_t kMostWaiting = 10'000;
constexpr std::size_t kRefusalsAtOnce = 500;  // so that calls do not wait behind refusals

}  // namespace

Writer::Writer(std::filesystem::path database, Clock clock, Post post, Sink sink, Report report)
    : path_(std::move(database)),
      clock_(std::move(clock)),
      post_(std::move(post)),
      sink_(std::make_shared<const Sink>(std::move(sink))),
      report_(std::move(report)),
      last_tries_(kLastTries),
      thread_([this] { run(); }) {}

Writer::~Writer() { stop(); }

// --- the call thread ---------------------------------------------------------------------------

void Writer::push(Request request) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = queue_.empty();
    queue_.push_back(std::move(request));
    ++waiting_;
  }
  if (first) wake_.notify_one();
}

void Writer::perform(call::JournalAdmission admission) { push({std::move(admission), mono()}); }

void Writer::perform(call::JournalAnswer answer) { push({std::move(answer), mono()}); }

void Writer::perform(const call::JournalPaid& paid) { push({paid}); }
void Writer::perform(const call::JournalAdopted& adopted) { push({adopted}); }
void Writer::perform(call::JournalMedia media) { push({std::move(media)}); }
void Writer::perform(call::JournalTarget target) { push({std::move(target)}); }

void Writer::perform(call::KeepNote note) { push({std::move(note)}); }

void Writer::close_call(call::CloseCall close, std::vector<billing::LedgerEntry> charge) {
  push({Close{std::move(close.record), std::move(charge)}});
}

void Writer::perform(const call::RecordRefusal& refusal) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = refusals_.empty();
    refusals_.push(refusal.record);
  }
  if (first) wake_.notify_one();
}

void Writer::post(billing::Posting posting) { push({std::move(posting)}); }

void Writer::append(std::vector<billing::LedgerEntry> entries, Done done) {
  push({Append{std::move(entries), std::move(done)}, mono()});
}

void Writer::open_account(const std::string& name, const billing::Standing& standing, Done done) {
  push({OpenAccount{name, standing, std::move(done)}, mono()});
}

void Writer::add_note(const CallId& call, cdr::Note note, Done done) {
  push({AddNote{call, std::move(note), std::move(done)}, mono()});
}

void Writer::mark(NoticeTried tried) { push({std::move(tried), mono()}); }

void Writer::resend_notice(std::uint64_t seq, Done done) {
  const Now now = clock_();
  push({ResendNotice{seq, now.wall, std::move(done)}, now.mono});
}

void Writer::flush(Done done) { push({Flush{std::move(done)}, mono()}); }

bool Writer::takes_new_calls() const {
  return well_ && !is_broken_ && waiting_ < kMostWaiting && slow_commit().empty();
}

// A sync that hangs says nothing by itself.
std::string Writer::slow_commit() const {
  const Instant began = attempt_began_;
  if (began == kNever || mono() - began < kPatience) return {};
  return path_.string() + ": a commit has taken more than " +
         std::to_string(std::chrono::duration_cast<Seconds>(kPatience).count()) + " s";
}

Timing Writer::commits() const {
  const std::lock_guard lock(mutex_);
  return commits_;
}

std::string Writer::trouble() const {
  {
    const std::lock_guard lock(mutex_);
    if (!broken_.empty()) return broken_;
    if (!trouble_.empty()) return trouble_;
  }
  return slow_commit();
}

void Writer::condemn(const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (is_broken_.exchange(true)) return;
  broken_ = why + "; no new calls until a restart finds it whole";
}

std::size_t Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  return lost_;
}

// --- the writer thread -------------------------------------------------------------------------

void Writer::run() {
  spill_ = std::make_unique<Spill>(spill_beside(path_));
  for (;;) {
    collect();
    work_off();
    if (finished()) break;
    wait_for_work();
  }
  keep_what_is_left();
  tell(batch_.give_up(Instant::max()));
  if (session_) session_->empty_wal();
  session_.reset();
  spill_.reset();
}

// Of a database that could not be written to the end.
void Writer::keep_what_is_left() {
  const std::lock_guard lock(mutex_);
  batch_.take(queue_);
  refusals_.take(refusals_.size(), batch_.refusals());
  batch_.spill(*spill_);
  lost_ = batch_.neither_written_nor_spilled();
}

void Writer::collect() {
  const std::lock_guard lock(mutex_);
  batch_.take(queue_);
  confirmed_in_hand_ = confirmed_before_;
  const std::size_t in_hand = batch_.refusals().size();
  if (in_hand < kRefusalsAtOnce) refusals_.take(kRefusalsAtOnce - in_hand, batch_.refusals());
}

void Writer::work_off() {
  const std::size_t in_hand = batch_.requests();
  Results results;
  std::string why;
  switch (attempt(results, why)) {
    case Outcome::committed:
      if (batch_.has_spilled()) spill_->clear();
      batch_.committed(results);
      break;
    case Outcome::busy:
      results = batch_.failed(results, mono() - kPatience);
      break;
    case Outcome::failed:
      results = batch_.failed(results, Instant::max());
      break;
  }
  if (batch_.size() > 0) batch_.spill(*spill_);
  waiting_ -= in_hand - batch_.requests();
  set_trouble(why);  // first: who hears of a failure must find new calls refused
  tell(std::move(results));
}

Writer::Outcome Writer::attempt(Results& results, std::string& why) {
  try {
    if (!session_) session_ = std::make_unique<WriteSession>(path_);
    const Instant begun = mono();
    attempt_began_ = begun;
    session_->begin();
    batch_.write(*session_, results);
    const Now beat = clock_();
    session_->beat(beat, std::min(confirmed_in_hand_, beat.mono + Milliseconds(1)));
    session_->commit();
    const Milliseconds took = mono() - begun;
    if (took >= kPatience) why = slow_commit();  // until one is quick again
    attempt_began_ = kNever;
    const std::lock_guard lock(mutex_);
    commits_.add(took);
    return Outcome::committed;
  } catch (const SQLite::Exception& error) {
    attempt_began_ = kNever;
    why = sentence(path_, error);
    if (session_) session_->rollback();
    const int code = error.getErrorCode();
    if (code == SQLITE_BUSY) return Outcome::busy;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) condemn(why);
    // A file whose write or sync has failed is not to be trusted: open it anew. A full disk
    // leaves the connection sound.
    if (code != SQLITE_FULL) session_.reset();
    return Outcome::failed;
  }
}

void Writer::set_trouble(const std::string& why) {
  const bool well = why.empty();
  const bool changed = well_.exchange(well) != well;
  {
    const std::lock_guard lock(mutex_);
    trouble_ = why;
  }
  if (!changed || !report_) return;
  report_(well ? path_.string() + " is written again" : why + "; new calls are refused", well);
}

void Writer::tell(Results results) {
  if (results.empty()) return;
  Works works;
  works.reserve(results.events.size() + results.replies.size());
  for (call::Event& event : results.events) {
    works.push_back([sink = sink_, event = std::move(event)] { (*sink)(event); });
  }
  for (Results::Reply& reply : results.replies) {
    works.push_back([done = std::move(reply.done), applied = reply.applied] { done(applied); });
  }
  post_(std::move(works));
}

bool Writer::finished() {
  const std::lock_guard lock(mutex_);
  if (!stopping_) return false;
  const bool is_done = batch_.size() + queue_.size() + refusals_.size() == 0;
  return is_done || (!well_ && --last_tries_ <= 0);
}

void Writer::wait_for_work() {
  std::unique_lock lock(mutex_);
  if (well_) {
    const bool work = wake_.wait_for(
        lock, kBeatEvery, [this] { return stopping_ || !queue_.empty() || !refusals_.empty(); });
    if (work) wake_.wait_for(lock, kGather, [this] { return stopping_; });
  } else {
    wake_.wait_for(lock, kRetryEvery, [] { return false; });  // whatever arrives meanwhile
  }
}

}  // namespace hotline::store
