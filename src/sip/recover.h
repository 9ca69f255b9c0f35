// After a restart: a caller that was still ringing when the server died. Legs that go on are
// ordinary ones, made from their text (Leg::take_up).
#pragma once

#include "sip/agent.h"
#include "sip/dialog.h"

namespace hotline::sip {

// The INVITE of a caller's leg, as it stands in its text, waiting for our final answer once more.
// Null: the text holds none. Whoever gets it destroys it.
nta_incoming_t* reopen_invite(Agent& agent, const Dialog& dialog);

// Says 503 to a caller that was still ringing.
void refuse_recovered(Agent& agent, const Dialog& dialog);

}  // namespace hotline::sip
