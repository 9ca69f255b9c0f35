// A trunk whose gateways are written by name, as the addresses behind the names. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hotline/routing/trunk.h"

namespace hotline::sip {

using Names = std::map<std::string, std::vector<std::string>>;  // IP literals of each

// The most addresses of one name that are used.
inline constexpr std::size_t kMostAddresses = 8;

// Each name becomes a gateway for each of its addresses, which share its weight; a name that is not
// resolved stays as it is, without a host.
routing::Trunk by_addresses(const routing::Trunk& trunk, const Names& names);

}  // namespace hotline::sip
