// Where the rows of an export go, cell by cell; each format writes each kind of value its own way.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::ctl {

class Cells {
 public:
  virtual ~Cells() = default;

  // What came from outside, or what a spreadsheet might take for a number: stays text, to the sign.
  virtual void text(std::string_view text) = 0;
  // Ours: an id, or a word of a closed set.
  virtual void word(std::string_view word) = 0;
  virtual void number(std::int64_t number) = 0;
  virtual void money(Money money) = 0;
  virtual void time(std::optional<WallTime> when) = 0;
  virtual void end_row() = 0;
};

}  // namespace hotline::ctl
