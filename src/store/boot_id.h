// Which run of the machine this is: instants of the monotonic clock compare only within one.
#pragma once

#include <string>

namespace hotline::store {

// The kernel's id of this boot; empty where it cannot be read, and then equal to no other.
std::string boot_id();

}  // namespace hotline::store
