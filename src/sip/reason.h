// The words of signalling for why a call ended: status lines, and Reason headers (RFC 3326) with
// the network's codes (ITU-T Q.850, RFC 4411, RFC 6432). One table of each, here.
#pragma once

#include <string>

#include "hotline/base/cause.h"
#include "hotline/call/event.h"

#include "sip/sofia.h"

namespace hotline::sip {

// "Busy Here" for 486. Static: sofia keeps the pointer.
const char* phrase_of(int status);

// `Q.850;cause=17;text="User busy"`; empty for a cause the network has no code for.
std::string reason_of(Cause cause);
// `SIP;cause=200;text="Call completed elsewhere"`: another phone took the call.
inline constexpr const char* kCompletedElsewhere =
    "SIP;cause=200;text=\"Call completed elsewhere\"";

// The network's code that a peer gave when it hung up; 16 (normal clearing) when it gave none.
int q850_of(const sip_reason_t* reason);

// What a phone's final status code says about the attempt.
call::Failure failure_of(int status);

}  // namespace hotline::sip
