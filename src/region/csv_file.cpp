// Files of regions as CSV: a header that names the columns, a prefix a line.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "hotline/region/reading.h"

#include "region/collector.h"
#include "region/utf8.h"

namespace hotline::region {
namespace {

constexpr std::size_t kMostColumns = 64;
constexpr std::size_t kMostInLine = 4096;  // bytes
constexpr std::size_t kToldEvery = 4096;   // lines

enum Column : std::size_t { kPrefix, kProvince, kCity, kAreaCode, kCarrier, kColumns };

constexpr std::string_view kColumnNames[kColumns] = {"prefix", "province", "city", "area_code",
                                                     "carrier"};

struct ColumnWord {
  std::string_view word;  // small letters, without blanks, '_' and '-'
  Column column;
};

constexpr ColumnWord kColumnWords[] = {
    {"prefix", kPrefix},       {"phoneprefix", kPrefix},
    {"mobileprefix", kPrefix}, {"phone", kPrefix},
    {"mobile", kPrefix},       {"number", kPrefix},
    {"segment", kPrefix},      {"号段", kPrefix},
    {"手机号段", kPrefix},     {"号码段", kPrefix},
    {"号码前缀", kPrefix},     {"前缀", kPrefix},
    {"手机号", kPrefix},       {"号码", kPrefix},
    {"province", kProvince},   {"省", kProvince},
    {"省份", kProvince},       {"省市", kProvince},
    {"city", kCity},           {"市", kCity},
    {"城市", kCity},           {"地市", kCity},
    {"归属城市", kCity},       {"归属地", kCity},
    {"areacode", kAreaCode},   {"citycode", kAreaCode},
    {"area", kAreaCode},       {"区号", kAreaCode},
    {"长途区号", kAreaCode},   {"电话区号", kAreaCode},
    {"城市区号", kAreaCode},   {"carrier", kCarrier},
    {"operator", kCarrier},    {"isp", kCarrier},
    {"运营商", kCarrier},      {"服务商", kCarrier},
    {"归属运营商", kCarrier},
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";  // a TAB keeps digits text in a spreadsheet
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// The field that begins the rest of a line, which is taken off with its comma; quotes around it go.
// Errors: nullopt where the quotes do not end at a comma or the line's end.
std::optional<std::string_view> take_field(std::optional<std::string_view>& rest) {
  std::string_view text = *rest;
  const auto start = text.find_first_not_of(" \t");
  std::size_t from = 0;
  const bool is_quoted = start != std::string_view::npos && text[start] == '"';
  if (is_quoted) {
    from = text.find('"', start + 1);
    if (from == std::string_view::npos) return std::nullopt;
  }
  const auto comma = text.find(',', from);
  std::string_view field = trimmed(text.substr(0, comma));
  rest = comma == std::string_view::npos ? std::nullopt : std::optional(text.substr(comma + 1));
  if (!is_quoted) return field;
  field.remove_prefix(1);
  if (field.find('"') != field.size() - 1) return std::nullopt;
  field.remove_suffix(1);
  return trimmed(field);
}

// Errors: false where a quote is not closed, or there are too many.
bool split(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  std::optional rest(line);
  while (rest) {
    const auto field = take_field(rest);
    if (!field || fields.size() == kMostColumns) return false;
    fields.push_back(*field);
  }
  return true;
}

std::optional<Column> column_of(std::string_view title) {
  std::string word;
  for (const char c : title) {
    if (c == ' ' || c == '_' || c == '-') continue;
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  for (const ColumnWord& known : kColumnWords) {
    if (known.word == word) return known.column;
  }
  return std::nullopt;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, const ReadingProgress& progress)
      : text_(text), progress_(progress) {}

  Reading read() {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    rest_ = text_;
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
    if (next_line() && read_header()) {
      while (next_line()) read_line();
    }
    Reading reading = collector_.take();
    reading.unused_columns = std::move(unused_);
    if (reading.entries.list.empty() && reading.flaw_count == 0) {
      reading.flaws.push_back({0, "names no prefix"});
      reading.flaw_count = 1;
    }
    return reading;
  }

 private:
  bool next_line() {
    if (rest_.empty()) return false;
    const auto end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    if (++number_ % kToldEvery == 0 && progress_) {
      progress_(text_.size() - rest_.size(), text_.size());
    }
    return true;
  }

  void flaw(std::string what) { collector_.flaw(number_, std::move(what)); }

  // The fields of the line. Errors: false, reported.
  bool split_line() {
    if (line_.size() > kMostInLine) {
      flaw("is longer than " + std::to_string(kMostInLine) + " bytes");
    } else if (!is_utf8(line_)) {
      flaw("is no UTF-8; have the spreadsheet save it as \"CSV UTF-8\"");
    } else if (!is_plain(line_)) {
      flaw("holds a control character");
    } else if (!split(line_, fields_)) {
      flaw("has a quote out of place, or more than " + std::to_string(kMostColumns) + " columns");
    } else {
      return true;
    }
    return false;
  }

  bool read_header() {
    if (!split_line()) return false;
    width_ = fields_.size();
    bool is_good = true;
    for (std::size_t i = 0; i < width_; ++i) {
      const auto column = column_of(fields_[i]);
      if (!column) {
        unused_.emplace_back(fields_[i]);
      } else if (columns_.at(*column)) {
        flaw("the column " + std::string(kColumnNames[*column]) + " is there twice, as " +
             quoted(fields_[i]) + " too");
        is_good = false;
      } else {
        columns_.at(*column) = i;
      }
    }
    const bool says_something = columns_[kProvince] || columns_[kCarrier];
    if (columns_[kPrefix] && says_something) return is_good;
    flaw(
        "is no header of a file of regions: wanted are the columns prefix (号段) and province "
        "(省份), of which city (城市), area_code (区号) and carrier (运营商) may say more");
    return false;
  }

  std::string_view field(Column column) const {
    const auto index = columns_.at(column);
    return index ? fields_[*index] : std::string_view();
  }

  void read_line() {
    if (trimmed(line_).empty()) return;
    if (!split_line()) return;
    if (fields_.size() != width_) {
      return flaw("has " + std::to_string(fields_.size()) + " columns, the header has " +
                  std::to_string(width_));
    }
    collector_.add(number_, {field(kPrefix), field(kProvince), field(kCity), field(kAreaCode),
                             field(kCarrier)});
  }

  std::string_view text_;
  const ReadingProgress& progress_;
  Collector collector_{"line"};
  std::string_view rest_;
  std::string_view line_;
  std::size_t number_ = 0;
  std::vector<std::string_view> fields_;
  std::array<std::optional<std::size_t>, kColumns> columns_;
  std::size_t width_ = 0;
  std::vector<std::string> unused_;
};

}  // namespace

Reading read_csv(std::string_view text, const ReadingProgress& progress) {
  return CsvReader(text, progress).read();
}

}  // namespace hotline::region
