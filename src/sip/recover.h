// After a restart: legs of calls that were live when the server died, re-created from their text
// just long enough to end them (RFC 3261 §12.2: the dialog is its identifiers, nothing else).
#pragma once

#include <string>

#include "sip/leg.h"

namespace hotline::sip {

class RecoveredLeg final : public Leg {
 public:
  RecoveredLeg(Agent& agent, LegId id, const Local& local, const Dialog& dialog);
  void bye();

 private:
  bool settle(const std::string&) override { return true; }
  void peer_left() override {}
  bool owns_call_id() const override { return false; }
};

// Says 503 to a caller that was still ringing.
void refuse_recovered(Agent& agent, const Dialog& dialog);

}  // namespace hotline::sip
