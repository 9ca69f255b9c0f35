// The rows of an export as CSV.
#pragma once

#include <chrono>
#include <ostream>
#include <string>

#include "ctl/cells.h"

namespace hotline::ctl {

class CsvCells final : public Cells {
 public:
  // Times are written with this offset from UTC. Requires: `out` outlives it.
  CsvCells(std::ostream& out, std::chrono::minutes offset) : out_(out), offset_(offset) {}

  void text(std::string_view text) override;
  void word(std::string_view word) override { cell() += word; }
  void number(std::int64_t number) override { cell() += std::to_string(number); }
  void money(Money money) override { cell() += money.to_yuan(); }
  void time(std::optional<WallTime> when) override;
  void end_row() override;
  // Writes what has been gathered.
  void flush();

 private:
  // Where the next cell goes, behind its comma.
  std::string& cell();

  std::ostream& out_;
  std::chrono::minutes offset_;
  std::string gathered_;
  bool in_row_ = false;
};

}  // namespace hotline::ctl
