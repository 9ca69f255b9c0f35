// A small reader of session descriptions (RFC 8866): is this one fit to be handed to the other
// side? Bounded in time and memory by its input; the library's own parser is not (docs/adr).
#pragma once

#include <cstddef>
#include <string_view>

namespace hotline::sip {

inline constexpr std::size_t kMostSdp = 16'384;  // bytes

enum class SdpVerdict {
  sane,
  too_large,
  malformed,  // no session description
  unusable,   // one without anything to hear
};

SdpVerdict judge_sdp(std::string_view body);

}  // namespace hotline::sip
