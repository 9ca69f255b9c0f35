// When each playing leg sends its next frame: every 20 ms, the legs spread over these so that a
// thousand callers are no burst. Pure. Thread: media.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "media/leg.h"
#include "media/time.h"

namespace hotline::media {

class PlayWheel {
 public:
  // A leg is in it once at most.
  void add(Leg& leg);
  void remove(const Leg& leg);

  // Appends to `due` the legs whose turn has come since the last asking, each once, however long
  // ago that was: who is late sends late, not twice.
  void collect(MediaTime now, std::vector<Leg*>& due);

 private:
  // Of 2 ms: sends in a row cost less than as many apart, but hold up the packets that wait
  // meanwhile.
  static constexpr std::size_t kSlots = 10;

  std::array<std::vector<Leg*>, kSlots> slots_;
  std::int64_t last_slot_ = 0;
};

}  // namespace hotline::media
