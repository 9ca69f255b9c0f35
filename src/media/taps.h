// Which legs are recorded: what each one's peer sends goes to the recordings' writer, beside the
// other leg. Thread: media.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

#include "media/recording_feed.h"
#include "media/remote.h"

namespace hotline::media {

class Leg;

// One leg's part in a recording.
struct Tap {
  RecordingFeed* feed = nullptr;
  RecordingId id = RecordingId::none;
  RecordingSide side = RecordingSide::caller;
  std::uint64_t dropped = 0;

  // Of any codec; what is no G.711 is silence.
  void take(const RtpHeader& header, std::span<const std::uint8_t> payload, MediaTime at);
};

class Taps {
 public:
  explicit Taps(RecordingFeed& feed) : feed_(feed) {}

  // `phone` is null where there is a caller alone, or none yet in a call of two. What was recorded
  // of these legs before is not any more.
  void begin(const RecordingBegun& begun, Leg& caller, Leg* phone);
  // That one is heard on the right from now on. Does nothing for a recording that has ended.
  void hear(RecordingId id, Leg& phone, MediaTime at);
  void end(RecordingId id, MediaTime at);
  // The caller's end ends the recording, a phone's does not: another one may come.
  void leg_ends(Leg& leg, MediaTime at);
  void end_all(MediaTime at);

 private:
  struct Tapped {
    Leg* caller = nullptr;
    Leg* phone = nullptr;
    Tap left;
    Tap right;
  };

  void put_in(Leg& leg, Tap& tap, MediaTime at);
  void take_out(Leg* leg);

  RecordingFeed& feed_;
  std::unordered_map<std::uint32_t, Tapped> tapped_;
};

}  // namespace hotline::media
