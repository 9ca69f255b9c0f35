#include "server/recordings.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "media/recording_file.h"
#include "media/recording_shelf.h"
#include "server/clock.h"
#include "server/log.h"

namespace hotline::server {
namespace {

constexpr const char* kBy = "hotlined";
constexpr Milliseconds kLook{60'000};  // how often the directory is looked at
constexpr Milliseconds kRetry{5'000};  // how often it is tried whether a record is there now
// So far back records are asked whether their notes are missing.
constexpr std::chrono::days kLookBack{3};

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes / 1'000'000); }

std::string seconds(Milliseconds time) {
  const auto tenths = time.count() / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// "2026-01-05/4001234567/093007-0194….wav sha256=… seconds=83.4 bytes=2668844".
std::string text_of(const media::RecordingResult& result, const std::filesystem::path& directory) {
  if (result.bytes == 0) return "none: " + result.error;
  std::string text = result.path.lexically_relative(directory).string() +
                     " sha256=" + result.sha256 + " seconds=" + seconds(result.duration) +
                     " bytes=" + std::to_string(result.bytes);
  if (result.dropped > 0) text += " missing_packets=" + std::to_string(result.dropped);
  if (!result.error.empty()) text += " ended early: " + result.error;
  return text;
}

}  // namespace

Recordings::Recordings(store::Reader reader, store::Writer& writer,
                       config::RecordingSettings settings, WallTime started,
                       std::vector<store::Recorded> adopted,
                       std::function<void(std::function<void()>)> on_calls)
    : reader_(std::move(reader)),
      writer_(writer),
      started_(started),
      adopted_(std::move(adopted)),
      on_calls_(std::move(on_calls)),
      settings_(std::move(settings)),
      thread_([this] { run(); }) {
  writer_.flush([this](ports::Applied) {
    {
      const std::lock_guard lock(mutex_);
      flushed_ = true;
    }
    wake_.notify_all();
  });
}

Recordings::~Recordings() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

// --- any thread ---------------------------------------------------------------------------------

void Recordings::use(config::RecordingSettings settings) {
  const std::lock_guard lock(mutex_);
  settings_ = std::move(settings);
}

config::RecordingSettings Recordings::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

media::RecordingStart Recordings::begin(const AudioPlane::Recording& recording) const {
  const std::lock_guard lock(mutex_);
  return {settings_.directory / recording.path, recording.call.to_string(),
          settings_.least_free_bytes};
}

// A full disk fails all of them: the first one is said, the others are counted.
void Recordings::failed(const media::RecordingResult& result) {
  const std::lock_guard lock(mutex_);
  if (failures_++ == 0) {
    log_error({{"event", "recording_failed"}, {"call", result.label}, {"why", result.error}});
  }
  trouble_ = result.error;
}

void Recordings::recorded(const media::RecordingResult& result) {
  if (result.dropped > 0) {
    log_warning({{"event", "recording_incomplete"},
                 {"call", result.label},
                 {"missing_packets", std::to_string(result.dropped)}});
  }
  if (result.error.empty()) {
    const std::lock_guard lock(mutex_);
    if (failures_ > 0) {
      log_info({{"event", "recording_again"}, {"failed", std::to_string(failures_)}});
    }
    failures_ = 0;
    trouble_.clear();
  }
  if (const auto call = CallId::parse(result.label)) note(*call, result);
}

std::string Recordings::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_.empty() ? "" : "recordings fail: " + trouble_;
}

void Recordings::note(const CallId& call, const media::RecordingResult& result) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(
        {call,
         {read_clock().wall, cdr::NoteKind::recording, text_of(result, settings_.directory), kBy}});
  }
  on_calls_([this] { write_notes(); });
}

// The call's record was handed to the writer before its recording ended.
void Recordings::write_notes() {
  std::vector<Waiting> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(waiting_);
  }
  for (const Waiting& one : waiting) {
    writer_.add_note(one.call, one.note, [this, one](ports::Applied applied) {
      if (applied == ports::Applied::conflict) has_no_record(one);
    });
  }
}

// A call that has outlived the server that recorded it has its record when it ends.
void Recordings::has_no_record(const Waiting& one) {
  const bool is_live = std::any_of(adopted_.begin(), adopted_.end(),
                                   [&](const auto& adopted) { return adopted.call == one.call; });
  if (!is_live) {
    log_error({{"event", "recording_without_record"}, {"call", one.call.to_string()}});
    return;
  }
  const std::lock_guard lock(mutex_);
  later_.push_back(one);
}

// --- our thread ---------------------------------------------------------------------------------

void Recordings::run() {
  {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return flushed_ || stopping_; });
  }
  finish_left_over();
  Instant tidied{};
  do {
    if (const Instant now = read_clock().mono; now - tidied >= kLook) {
      tidy();
      tidied = now;
    }
    try_again();
  } while (!wait(kRetry));
}

void Recordings::try_again() {
  {
    const std::lock_guard lock(mutex_);
    if (later_.empty()) return;
    std::move(later_.begin(), later_.end(), std::back_inserter(waiting_));
    later_.clear();
  }
  on_calls_([this] { write_notes(); });
}

// Returns: whether we are to end.
bool Recordings::wait(Milliseconds time) {
  std::unique_lock lock(mutex_);
  return wake_.wait_for(lock, time, [this] { return stopping_; });
}

void Recordings::finish_left_over() {
  const std::filesystem::path directory = settings().directory;
  for (const media::RecordingResult& result : media::finish_left_over(directory, started_)) {
    log_info({{"event", "recording_recovered"},
              {"file", result.path.string()},
              {"seconds", seconds(result.duration)},
              {"error", result.error}});
  }
  auto missing = reader_.recordings_without_note(started_ - kLookBack, started_);
  if (!missing) {
    return log_error({{"event", "recordings_not_noted"}, {"why", missing.error()}});
  }
  missing->insert(missing->end(), adopted_.begin(), adopted_.end());
  for (const store::Recorded& one : *missing) {
    if (const auto result = media::examine_recording(directory / one.path)) note(one.call, *result);
  }
}

void Recordings::tidy() {
  const config::RecordingSettings wanted = settings();
  const auto tidied = media::tidy_shelf(
      wanted.directory, {wanted.retention, wanted.most_bytes, wanted.least_free_bytes},
      read_clock().wall);
  if (tidied.removed > 0) {
    log_info({{"event", "recordings_removed"},
              {"files", std::to_string(tidied.removed)},
              {"mb", megabytes(tidied.removed_bytes)},
              {"left_mb", megabytes(tidied.kept_bytes)}});
  }
  if (tidied.error != std::exchange(tidy_error_, tidied.error) && !tidied.error.empty()) {
    log_error({{"event", "recordings_not_tidied"}, {"why", tidied.error}});
  }
}

}  // namespace hotline::server
