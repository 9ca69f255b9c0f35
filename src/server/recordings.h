// What becomes of recordings: where they go, the note in the record of each that is over, and the
// care of their directory, on a thread of its own. At the start it finishes what a server that was
// killed has left, and writes the notes that are missing.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "config/load.h"
#include "media/recording.h"
#include "server/audio_plane.h"
#include "store/reader.h"
#include "store/writer.h"

namespace hotline::server {

class Recordings {
 public:
  // `adopted`: of calls that have outlived the server that recorded them; their records are to
  // come. `on_calls` has its work done on the call thread, soon.
  // Requires: the writer outlives us; unfinished calls have been handed to it; the call thread.
  Recordings(store::Reader reader, store::Writer& writer, config::RecordingSettings settings,
             WallTime started, std::vector<store::Recorded> adopted,
             std::function<void(std::function<void()>)> on_calls);
  // What is told afterwards is not heard.
  ~Recordings();
  Recordings(const Recordings&) = delete;
  Recordings& operator=(const Recordings&) = delete;

  // --- thread: any
  void use(config::RecordingSettings settings);
  media::RecordingStart begin(const AudioPlane::Recording& recording) const;
  void failed(const media::RecordingResult& result);
  void recorded(const media::RecordingResult& result);
  // What went wrong last, as long as nothing has gone right since; empty: nothing.
  std::string trouble() const;

  // Has the notes written that wait. Thread: call.
  void write_notes();

 private:
  void run();
  bool wait(Milliseconds time);
  void finish_left_over();
  void tidy();
  void try_again();
  void note(const CallId& call, const media::RecordingResult& result);
  config::RecordingSettings settings() const;

  struct Waiting {
    CallId call;
    cdr::Note note;
  };

  void has_no_record(const Waiting& one);

  store::Reader reader_;  // our thread's
  store::Writer& writer_;
  const WallTime started_;
  const std::vector<store::Recorded> adopted_;
  const std::function<void(std::function<void()>)> on_calls_;

  mutable std::mutex mutex_;  // guards these
  std::condition_variable wake_;
  config::RecordingSettings settings_;
  std::vector<Waiting> waiting_;
  std::vector<Waiting> later_;  // their records are not there yet
  std::string trouble_;
  std::uint64_t failures_ = 0;  // since there is trouble
  bool flushed_ = false;        // unfinished calls have their records
  bool stopping_ = false;

  std::string tidy_error_;  // our thread's: said once
  std::thread thread_;      // last: starts when all else is there
};

}  // namespace hotline::server
