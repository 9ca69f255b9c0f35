// What the media plane tells. Called on the media thread, but for what says otherwise, which waits
// meanwhile: pass it on.
#pragma once

#include <functional>

#include "media/digits.h"
#include "media/frames.h"
#include "media/recording.h"
#include "media/remote.h"

namespace hotline::media {

struct RelayEvents {
  // Nothing came from the leg's peer for as long as it was watched for.
  std::function<void(RelayLeg)> silent;
  // Its peer pressed a key.
  std::function<void(RelayLeg, const Digit&)> pressed;
  // A playback has sent its last frame. Not told of one that was stopped or replaced.
  std::function<void(RelayLeg, PlaybackId)> played;
  // These two on the thread of the recordings' writer: something went wrong with one for the first
  // time; and the end of each, whatever came of it.
  std::function<void(RecordingId, const RecordingResult&)> recording_failed;
  std::function<void(RecordingId, const RecordingResult&)> recorded;
};

}  // namespace hotline::media
