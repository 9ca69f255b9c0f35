// The columns of exports: what they are called, and what stands in them.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/billing/booked.h"
#include "hotline/cdr/filed.h"

#include "ctl/cells.h"

namespace hotline::ctl {

template <class Row>
struct FileColumn {
  const char* name;
  const char* chinese;
  int width;  // in a spreadsheet, in characters
  void (*put)(const Row&, Cells&);
};

std::span<const FileColumn<cdr::Filed>> cdr_columns();
std::span<const FileColumn<billing::Booked>> ledger_columns();

// In either language.
template <class Row>
bool has_column(std::span<const FileColumn<Row>> all, std::string_view name) {
  return std::any_of(all.begin(), all.end(), [&](const FileColumn<Row>& column) {
    return column.name == name || column.chinese == name;
  });
}

// "seq id at …"
template <class Row>
std::string names_of(std::span<const FileColumn<Row>> all) {
  std::string names;
  for (const FileColumn<Row>& column : all) {
    names += (names.empty() ? "" : " ") + std::string(column.name);
  }
  return names;
}

// Those that are named, in either language and in the order named; all where none is.
// Requires: has_column() of each.
template <class Row>
std::vector<FileColumn<Row>> chosen(std::span<const FileColumn<Row>> all,
                                    const std::vector<std::string>& names) {
  if (names.empty()) return {all.begin(), all.end()};
  std::vector<FileColumn<Row>> columns;
  columns.reserve(names.size());
  for (const std::string& name : names) {
    columns.push_back(*std::find_if(all.begin(), all.end(), [&](const FileColumn<Row>& column) {
      return column.name == name || column.chinese == name;
    }));
  }
  return columns;
}

}  // namespace hotline::ctl
