// The tones a Chinese exchange plays, made instead of read: a caller hears them where no prompt is
// configured, or where one cannot be read. Pure; made at load, off the call thread.
// Source: GB 3380-82 (signal tones of the automatic telephone network).
#pragma once

#include <cstdint>
#include <memory>

#include "media/prompt_audio.h"

namespace hotline::media {

enum class Tone : std::uint8_t {
  ringback,      // 回铃音: 450 Hz, 1 s on, 4 s off
  busy,          // 忙音: 450 Hz, 0.35 s on, 0.35 s off
  congestion,    // 拥塞音: 450 Hz, 0.7 s on, 0.7 s off
  unobtainable,  // 空号音: 450 Hz, three times 0.1 s on and off, then 0.4 s on and off
  call_waiting,  // 呼入等待音: 450 Hz, 0.4 s on, 4 s off, 10 dB below the others
  reminder,  // 提醒音: 950 Hz, 0.4 s, as soft; once, before credit ends or a voicemail begins
};

// One period of the tone in whole frames. Whoever repeats it hears no click and no drift: every
// burst begins and ends where the wave crosses zero.
std::shared_ptr<const Audio> make_tone(Tone tone);

}  // namespace hotline::media
