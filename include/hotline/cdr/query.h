// Which call records somebody asks for, a page at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "hotline/base/time.h"

namespace hotline::cdr {

// All that is present must hold; empty text asks nothing.
struct Query {
  std::optional<WallTime> from;  // received at or after
  std::optional<WallTime> to;    // received before
  std::string hotline;
  std::string account;
  std::string caller;           // the E.164 form, or the raw form
  std::uint64_t after_seq = 0;  // the last record of the page before, in the order asked; 0: none
  std::size_t limit = 100;      // records of one page
  bool newest_first = false;
};

}  // namespace hotline::cdr
