// A filter in the kernel, before sofia: only datagrams that begin like text reach it. Sofia
// answers STUN requests by itself, whoever asks, and knows SigComp; nobody needs either here.
#pragma once

#include <cstdint>
#include <string>

namespace hotline::sip {

// Puts the filter on this process's UDP socket bound to that address.
// Returns: false when there is no such socket or the kernel refuses.
bool filter_socket(const std::string& host, std::uint16_t port);

}  // namespace hotline::sip
