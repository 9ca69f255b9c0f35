// Our UDP sockets, beside sofia's back: is an address free, and a filter in the kernel that lets
// only datagrams through that begin like text. Sofia answers STUN requests by itself, whoever
// asks, and knows SigComp; nobody needs either here.
#pragma once

#include <cstdint>
#include <string>

namespace hotline::sip {

// May this address be bound? To be asked first: sofia corrupts its memory over one that is taken.
// Returns: 0, or the errno that says why not.
int try_to_bind(const std::string& host, std::uint16_t port);

// Puts the filter on this process's UDP sockets bound to that port.
// Returns: false, and errno, when there is none or the kernel refuses.
bool filter_sockets(std::uint16_t port);

}  // namespace hotline::sip
