// A call record as the store keeps it: with the number the writer gave it.
#pragma once

#include <cstdint>
#include <vector>

#include "hotline/cdr/note.h"
#include "hotline/cdr/record.h"

namespace hotline::cdr {

struct Filed {
  std::uint64_t seq = 0;  // gapless, from 1, in the order records became durable
  Record record;
  std::vector<Note> notes{};  // read where one record is asked for, not in lists
};

}  // namespace hotline::cdr
