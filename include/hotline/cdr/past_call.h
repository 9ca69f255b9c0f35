// What a record says about a decision of the past: enough to make it again.
#pragma once

#include <cstdint>
#include <string>

#include "hotline/base/cause.h"
#include "hotline/base/ids.h"
#include "hotline/base/time.h"

namespace hotline::cdr {

struct PastCall {
  std::uint64_t seq = 0;
  CallId id;
  std::string hotline;  // as dialled where no such hotline existed
  std::string caller_raw;
  std::string caller_e164;
  std::string caller_kind;  // empty: an old record, which does not say
  WallTime received{};
  Cause cause = Cause::hung_up;
  std::string decided;      // empty: no rule was asked, or an old record does not say
  std::string asked;        // facts, as routing::to_text writes them
  std::string first_phone;  // that rang first, as the record names it; empty: none did
  std::uint32_t calls = 1;  // that the record stands for
};

}  // namespace hotline::cdr
