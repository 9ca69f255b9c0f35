#include "ctl/table.h"

#include <algorithm>

#include "hotline/base/contract.h"

#include "ctl/text.h"

namespace hotline::ctl {
namespace {

using Cells = std::vector<std::string>;

constexpr const char* kGap = "  ";

std::vector<std::size_t> widths_of(std::size_t columns, const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths(columns, 0);
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < columns; ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  return widths;
}

// No line ends in spaces.
void print_line(std::ostream& out, const Cells& cells, const std::vector<Column>& columns,
                const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string padding(widths[i] - display_width(cells[i]), ' ');
    if (i > 0) line += kGap;
    line += columns[i].align == Align::right ? padding + cells[i] : cells[i] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
  HOTLINE_EXPECT(cells.size() == columns_.size());
  for (std::string& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out) const {
  Cells titles;
  for (const Column& column : columns_) titles.push_back(column.title);
  auto widths = widths_of(columns_.size(), rows_);
  for (std::size_t i = 0; i < titles.size(); ++i) {
    widths[i] = std::max(widths[i], display_width(titles[i]));
  }
  print_line(out, titles, columns_, widths);
  for (const Cells& row : rows_) print_line(out, row, columns_, widths);
}

void Sheet::add(std::string name, const std::string& value) {
  lines_.push_back({std::move(name), printable(value)});
}

void Sheet::print(std::ostream& out) const {
  const std::vector<Column> columns(2);
  const auto widths = widths_of(columns.size(), lines_);
  for (const Cells& line : lines_) print_line(out, line, columns, widths);
}

}  // namespace hotline::ctl
