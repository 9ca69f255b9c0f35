// What the media plane tells. Called on the media thread, which waits meanwhile: pass it on.
#pragma once

#include <functional>

#include "media/digits.h"
#include "media/frames.h"
#include "media/remote.h"

namespace hotline::media {

struct RelayEvents {
  // Nothing came from the leg's peer for as long as it was watched for.
  std::function<void(RelayLeg)> silent;
  // Its peer pressed a key.
  std::function<void(RelayLeg, const Digit&)> pressed;
  // A playback has sent its last frame. Not told of one that was stopped or replaced.
  std::function<void(RelayLeg, PlaybackId)> played;
};

}  // namespace hotline::media
