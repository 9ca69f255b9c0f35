// A REGISTER as the registrar wants it (RFC 3261 §10.2).
#pragma once

#include <string_view>

#include "sip/registrar.h"
#include "sip/sofia.h"

namespace hotline::sip {

// What a REGISTER from there asks. Contacts are as the phone wrote them: behind a NAT, that is not
// where it is. Bounded: a text that is too long counts as none, and a contact that cannot be called
// has no URI.
// Requires: it is a request.
Registration registration_of(const sip_t& sip, const Address& source, std::string_view realm);

}  // namespace hotline::sip
