// The rows of an export as a spreadsheet (XLSX), by libxlsxwriter: in constant memory, and the same
// bytes for the same rows.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ctl/cells.h"

struct lxw_format;
struct lxw_workbook;
struct lxw_worksheet;

namespace hotline::ctl {

inline constexpr std::uint32_t kMostRows = 1'048'576;  // of one sheet: no spreadsheet has more

class XlsxCells final : public Cells {
 public:
  struct Title {
    std::string text;
    int width = 0;  // characters
  };

  // Begins a file with a sheet of that name, whose first row stands still; what is more than
  // `most_rows` goes to "NAME 2" and so on. Times are written with this offset from UTC.
  // Temporary files lie beside `path`. Requires: at most 20 characters of name.
  XlsxCells(const std::string& path, std::string sheet, std::vector<Title> titles,
            std::chrono::minutes offset, std::uint32_t most_rows = kMostRows);
  XlsxCells(const XlsxCells&) = delete;
  XlsxCells& operator=(const XlsxCells&) = delete;
  ~XlsxCells() override;

  void text(std::string_view text) override;
  void word(std::string_view word) override;
  void number(std::int64_t number) override;
  void money(Money money) override;
  void time(std::optional<WallTime> when) override;
  void end_row() override;

  // Begins the last sheet, of two columns without titles.
  void begin_summary(const std::string& sheet);
  // Writes the file. Nothing follows.
  // Returns: false where that failed, or any cell before.
  bool finish();

 private:
  struct Free {
    void operator()(lxw_workbook* book) const;
  };

  void begin_sheet(const std::string& name);
  void begin_next_sheet();
  std::uint16_t next_column() { return column_++; }
  // What a call of the library returned.
  void note(int error) { failed_ = failed_ || error != 0; }

  std::string sheet_;
  std::vector<Title> titles_;
  std::chrono::minutes offset_;
  std::uint32_t most_rows_;
  std::unique_ptr<lxw_workbook, Free> book_;
  std::vector<lxw_worksheet*> sheets_;
  lxw_format* bold_ = nullptr;
  lxw_format* money_ = nullptr;
  lxw_format* time_ = nullptr;
  std::uint32_t row_ = 0;
  std::uint16_t column_ = 0;
  bool failed_ = false;
};

}  // namespace hotline::ctl
