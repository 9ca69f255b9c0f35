// The thread that writes all recordings: decodes, aligns, writes, hashes. It is the only one that
// waits for the disk; the media thread feeds it and goes on (recording_feed.h).
#pragma once

#include <atomic>
#include <thread>

#include "media/recording_feed.h"
#include "media/recording_writer.h"

namespace hotline::media {

class Recorder {
 public:
  // `tell` is called on the writer thread.
  explicit Recorder(RecordingWriter::Tell tell);
  // Ends once all is written that has come, and told. Requires: the media thread has ended, or
  // feeds it no more; each recording was ended.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // For the media thread.
  RecordingFeed& feed() { return feed_; }

 private:
  void run();

  RecordingFeed feed_;
  RecordingWriter writer_;
  std::atomic<bool> is_ending_{false};
  std::thread thread_;
};

}  // namespace hotline::media
