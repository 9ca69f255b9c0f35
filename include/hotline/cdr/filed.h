// A call record as the store keeps it: with the number the writer gave it.
#pragma once

#include <cstdint>

#include "hotline/cdr/record.h"

namespace hotline::cdr {

struct Filed {
  std::uint64_t seq = 0;  // gapless, from 1, in the order records became durable
  Record record;
};

}  // namespace hotline::cdr
