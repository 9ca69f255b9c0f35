#include "media/recorder.h"

#include <utility>

namespace hotline::media {
namespace {

// Two seconds of two hundred calls, should the disk take a rest.
constexpr std::size_t kFeedBytes = std::size_t{8} << 20;

}  // namespace

Recorder::Recorder(RecordingWriter::Tell tell)
    : feed_(kFeedBytes), writer_(feed_, std::move(tell)), thread_([this] { run(); }) {}

Recorder::~Recorder() {
  // The place of the media thread is ours now.
  while (feed_.has_orders()) {
    feed_.flush();
    std::this_thread::yield();
  }
  is_ending_ = true;
  feed_.wake();
  thread_.join();
}

void Recorder::run() {
  while (true) {
    // Asked before the work: what was ordered before the end is done.
    const bool is_last = is_ending_;
    while (writer_.work()) {
    }
    if (is_last) return;
    feed_.wait();
  }
}

}  // namespace hotline::media
