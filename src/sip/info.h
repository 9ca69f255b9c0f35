// A key that comes as a message: the two bodies by which phones say it in an INFO, in no standard
// but in wide use. Bounded by its input.
#pragma once

#include <string_view>

namespace hotline::sip {

// The bodies that are read, as an Accept header lists them.
inline constexpr const char* kKeyBodies = "application/dtmf-relay, application/dtmf";

// `type`: of the body, without parameters.
bool is_key_body(std::string_view type);

struct KeyRead {
  char key = 0;                 // 0 to 9, *, #, A to D; 0: none
  const char* fault = nullptr;  // what is wrong with the body, where it holds none
};
// "5" (application/dtmf), or lines of which one is "Signal=5" (application/dtmf-relay).
// Requires: is_key_body(type).
KeyRead key_in(std::string_view type, std::string_view body);

}  // namespace hotline::sip
