// A small reader of session descriptions (RFC 8866): is this one fit to be handed to the other
// side? Bounded in time and memory by its input; the library's own parser is not (docs/adr).
#pragma once

#include <cstddef>
#include <string_view>

#include "hotline/call/event.h"

namespace hotline::sip {

inline constexpr std::size_t kMostSdp = 16'384;  // bytes

enum class SdpVerdict {
  sane,
  too_large,
  malformed,  // no session description
  unusable,   // one without anything to hear
};

SdpVerdict judge_sdp(std::string_view body);

// The answer that takes none of the streams an offer has (RFC 3264 §6: port zero).
// Requires: a sane offer.
call::Media reject_all(const call::Media& offer);

}  // namespace hotline::sip
