// What the core asks of the media plane, where audio comes through this server.
// Thread: the call thread only.
#pragma once

#include "hotline/base/ids.h"
#include "hotline/call/action.h"
#include "hotline/cdr/record.h"

namespace hotline::ports {

class MediaPlane {
 public:
  virtual ~MediaPlane() = default;

  // Writes into a call's record what was counted of its two sides. Requires: the call is not yet
  // told to end its legs.
  virtual void count(CallRef call, cdr::Record& record) const = 0;

  // Writes what it needs to go on with the call in another process, and what its caller is told of
  // media in the end. `said` is what the phone has answered, where the caller is to hear that.
  virtual void describe(call::JournalAnswer& answer) = 0;
  virtual void describe(call::JournalMedia& media) = 0;

  virtual void perform(const call::PlayToCaller&) = 0;
  virtual void perform(const call::PlayToPhone&) = 0;
  virtual void perform(const call::BridgePhone&) = 0;
  virtual void perform(const call::SoundCreditTone&) = 0;
  virtual void perform(const call::RecordCall&) = 0;
};

}  // namespace hotline::ports
