// Who is calling, as the carrier tells it: the asserted identity of a trusted trunk (RFC 3325) or
// else From, and whether the caller asked not to be shown (RFC 3323).
#pragma once

#include <string>

#include "hotline/number/number.h"

#include "sip/sofia.h"

namespace hotline::sip {

struct Identity {
  // `raw` as received. Kind withheld: the caller asked for privacy or sent nothing, and `raw` is
  // for the record only. Kind unknown: the number still has to be read.
  number::Number number;
  std::string name;      // empty where the number is withheld
  std::string asserted;  // the number the trunk vouches for, whether it may be shown or not
};

// Asks the caller, and insists (RFC 3323: critical), for privacy beyond what we give: of media?
bool wants_more_privacy(const sip_t& sip);

// Requires: a request that passed sofia's sanity check (it has a From).
Identity identity_of(const sip_t& sip, bool trusted);

}  // namespace hotline::sip
