#include "ctl/csv_cells.h"

#include "admin/times.h"
#include "ctl/csv.h"

namespace hotline::ctl {
namespace {

constexpr std::size_t kGathered = std::size_t{256} * 1024;

}  // namespace

std::string& CsvCells::cell() {
  if (in_row_) gathered_ += ',';
  in_row_ = true;
  return gathered_;
}

void CsvCells::text(std::string_view text) { append_csv_text(cell(), text); }

void CsvCells::time(std::optional<WallTime> when) {
  std::string& to = cell();
  if (when) to += admin::to_rfc3339(*when, offset_);
}

void CsvCells::end_row() {
  gathered_ += "\r\n";
  in_row_ = false;
  if (gathered_.size() >= kGathered) flush();
}

void CsvCells::flush() {
  out_.write(gathered_.data(), static_cast<std::streamsize>(gathered_.size()));
  gathered_.clear();
}

}  // namespace hotline::ctl
