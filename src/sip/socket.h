// Our sockets, beside sofia's back: is an address free, and filters in the kernel that keep from
// sofia what it should never meet.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/routing/trunk.h"

#include "sip/address.h"

namespace hotline::sip {

// May this address be bound? To be asked first: sofia corrupts its memory over one that is taken.
// Returns: 0, or the errno that says why not.
int try_to_bind(const routing::Endpoint& endpoint);

// Lets only datagrams that begin like text through to the UDP sockets bound to that port. Sofia
// answers STUN requests by itself, whoever asks, and knows SigComp; nobody needs either here.
// Returns: false, and errno, when there is no such socket or the kernel refuses.
bool admit_only_text(std::uint16_t port);

// Lets only these addresses connect to the TCP sockets that listen on that port: to all others the
// port is silent. With more addresses than a filter can hold (two thousand, IPv6 four hundred,
// fewer where the kernel has less memory for it: net.core.optmem_max) everybody may connect, and
// the gate alone judges what is said. Returns: false, and errno, when there is no such socket or
// the kernel refuses.
bool admit_only_from(const std::unordered_set<Address>& peers, std::uint16_t port);

// The TCP sockets that listen on that port.
std::vector<int> listeners_at(std::uint16_t port);

// Has the kernel note when each datagram arrives, on the UDP sockets bound to that port.
// Returns: their descriptors.
std::vector<int> stamp_arrivals(std::uint16_t port);

// How long the oldest datagram waits to be read there; 0 where none does.
Milliseconds oldest_waits(int fd);
// How long ago the datagram arrived there that was read last, by the civil clock.
// Requires: stamp_arrivals() was asked before it arrived.
Milliseconds age_of_last_read(int fd);

// Takes what admit_only_from() has put away again.
bool admit_everybody(std::uint16_t port);

// The other ends of our TCP connections that have stopped confirming what we send. (Their machine
// is gone, or forgot the connection: TCP itself would try on for a quarter of an hour.) Looks at
// every descriptor there may be, which takes milliseconds.
std::vector<std::pair<Address, std::uint16_t>> deaf_peers();

}  // namespace hotline::sip
