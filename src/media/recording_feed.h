// From the media thread to the recordings' writer: packets, and where recordings begin and end, in
// the order they came. The media thread never waits: where the writer is behind, packets are left
// out and counted, and what begins or ends is kept until there is room for it.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <variant>

#include "media/frame_ring.h"
#include "media/recording.h"
#include "media/recording_timeline.h"
#include "media/rtp.h"
#include "media/time.h"

namespace hotline::media {

struct RecordingBegun {
  RecordingId id = RecordingId::none;
  RecordingStart start;
  std::size_t channels = 2;
  MediaTime at{};
};

struct RecordingEnded {
  RecordingId id = RecordingId::none;
  MediaTime at{};
  std::uint64_t dropped = 0;
};

using RecordingOrder = std::variant<RecordingBegun, RecordingEnded>;

class RecordingFeed {
 public:
  explicit RecordingFeed(std::size_t bytes) : ring_(bytes) {}
  ~RecordingFeed();

  // --- the media thread
  // Returns: false where it was left out.
  bool take(RecordingId id, RecordingSide side, const RtpHeader& header,
            std::span<const std::uint8_t> payload, MediaTime at);
  void order(RecordingOrder order);
  // To be called now and then: the writer hears of what came.
  void flush();
  bool has_orders() const { return !waiting_.empty(); }

  // --- the writer
  struct Reader {
    std::function<void(RecordingId, const RecordedPacket&)> packet;
    std::function<void(RecordingOrder)> order;
  };
  // Gives all that is there.
  void read(const Reader& reader);
  // Returns at once where flush() or wake() was called since the last time; else once it is.
  void wait();

  // Thread: any.
  void wake();

 private:
  bool push(RecordingOrder& order);

  FrameRing ring_;
  std::deque<RecordingOrder> waiting_;  // for room
  std::atomic<bool> is_woken_{false};
};

}  // namespace hotline::media
