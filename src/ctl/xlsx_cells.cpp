#include "ctl/xlsx_cells.h"

#include <cstdio>
#include <filesystem>
#include <numeric>

#include <xlsxwriter.h>

#include "ctl/text.h"

namespace hotline::ctl {
namespace {

// A document says when it was made: not by the clock, or the same rows would be other bytes.
constexpr std::time_t kMade = 315'532'800;  // 1980-01-01, what the zip's entries say too

constexpr std::size_t kLongestText = 32'767;  // a cell holds no more

// Whole characters, and a sign that something is missing.
std::string fitting(std::string text) {
  if (text.size() <= kLongestText) return text;
  constexpr std::string_view kMore = "…";
  std::size_t end = kLongestText - kMore.size();
  while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text.append(kMore);
}

lxw_workbook* new_book(const std::string& path) {
  std::string beside = std::filesystem::path(path).parent_path().string();
  if (beside.empty()) beside = ".";
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = beside.data();
  lxw_workbook* const book = workbook_new_opt(path.c_str(), &options);
  lxw_doc_properties properties{};
  properties.created = kMade;
  workbook_set_properties(book, &properties);
  return book;
}

lxw_format* new_format(lxw_workbook* book, const char* number_format) {
  lxw_format* const format = workbook_add_format(book);
  format_set_num_format(format, number_format);
  return format;
}

// On paper each page has the titles, and all columns where they can be read that small.
void prepare_printing(lxw_worksheet* sheet, const std::vector<XlsxCells::Title>& titles) {
  constexpr std::uint8_t kA4 = 9;
  constexpr int kMostOnAPage = 160;  // characters
  const int width = std::accumulate(titles.begin(), titles.end(), 0,
                                    [](int sum, const auto& title) { return sum + title.width; });
  worksheet_set_paper(sheet, kA4);
  worksheet_set_landscape(sheet);
  worksheet_repeat_rows(sheet, 0, 0);
  if (width <= kMostOnAPage) worksheet_fit_to_pages(sheet, 1, 0);
}

}  // namespace

void XlsxCells::Free::operator()(lxw_workbook* book) const { lxw_workbook_free(book); }

XlsxCells::XlsxCells(const std::string& path, std::string sheet, std::vector<Title> titles,
                     std::chrono::minutes offset, std::uint32_t most_rows)
    : sheet_(std::move(sheet)),
      titles_(std::move(titles)),
      offset_(offset),
      most_rows_(most_rows),
      book_(new_book(path)) {
  bold_ = workbook_add_format(book_.get());
  format_set_bold(bold_);
  money_ = new_format(book_.get(), "0.000");
  time_ = new_format(book_.get(), "yyyy-mm-dd hh:mm:ss.000");
  begin_next_sheet();
}

XlsxCells::~XlsxCells() = default;

void XlsxCells::begin_sheet(const std::string& name) {
  lxw_worksheet* const sheet = workbook_add_worksheet(book_.get(), name.c_str());
  if (sheet == nullptr) {
    failed_ = true;
    return;
  }
  sheets_.push_back(sheet);
  row_ = 0;
  column_ = 0;
}

void XlsxCells::begin_next_sheet() {
  const std::size_t number = sheets_.size() + 1;
  begin_sheet(number == 1 ? sheet_ : sheet_ + " " + std::to_string(number));
  for (const Title& title : titles_) {
    const std::uint16_t at = next_column();
    note(worksheet_set_column(sheets_.back(), at, at, title.width, nullptr));
    note(worksheet_write_string(sheets_.back(), row_, at, title.text.c_str(), bold_));
  }
  worksheet_freeze_panes(sheets_.back(), 1, 0);
  prepare_printing(sheets_.back(), titles_);
  row_ = 1;
  column_ = 0;
}

void XlsxCells::text(std::string_view text) {
  const std::uint16_t at = next_column();
  if (text.empty()) return;
  const std::string clean = fitting(printable(text));
  note(worksheet_write_string(sheets_.back(), row_, at, clean.c_str(), nullptr));
}

void XlsxCells::word(std::string_view word) { text(word); }

void XlsxCells::number(std::int64_t number) {
  note(worksheet_write_number(sheets_.back(), row_, next_column(), static_cast<double>(number),
                              nullptr));
}

void XlsxCells::money(Money money) {
  constexpr double kLiPerYuan = 1000.0;
  note(worksheet_write_number(sheets_.back(), row_, next_column(),
                              static_cast<double>(money.li()) / kLiPerYuan, money_));
}

// Spreadsheets count days, from the one before 1899-12-31.
void XlsxCells::time(std::optional<WallTime> when) {
  const std::uint16_t at = next_column();
  if (!when) return;
  constexpr std::chrono::days kBefore1970{25'569};
  constexpr double kMsPerDay = 86'400'000.0;
  const Milliseconds since = when->time_since_epoch() + offset_ + kBefore1970;
  note(worksheet_write_number(sheets_.back(), row_, at,
                              static_cast<double>(since.count()) / kMsPerDay, time_));
}

void XlsxCells::end_row() {
  column_ = 0;
  if (++row_ == most_rows_) begin_next_sheet();
}

void XlsxCells::begin_summary(const std::string& sheet) {
  begin_sheet(sheet);
  constexpr double kWidth = 30;
  note(worksheet_set_column(sheets_.back(), 0, 1, kWidth, nullptr));
}

bool XlsxCells::finish() {
  // The library does not look whether its temporary files could be written.
  for (lxw_worksheet* const sheet : sheets_) {
    std::FILE* const rows = sheet->optimize_tmpfile;
    if (rows != nullptr && (std::fflush(rows) != 0 || std::ferror(rows) != 0)) failed_ = true;
  }
  if (failed_) return false;
  return workbook_close(book_.release()) == LXW_NO_ERROR;
}

}  // namespace hotline::ctl
