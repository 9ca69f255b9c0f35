// CSV that spreadsheets take as it is meant: RFC 4180 (CRLF, quotes doubled), no cell a formula,
// no number of a phone a quantity.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hotline::ctl {

// In front of a file, so that Excel reads it as UTF-8.
inline constexpr const char* kByteOrderMark = "\xef\xbb\xbf";

// A cell of text that came from outside. Spreadsheets read cells as if they had been typed, so:
// - what begins like a formula (= + - @ and their full-width forms, after spaces too) gets an
//   apostrophe in front;
// - what begins like a quantity ("02161234567", "+8613900000000", "1-2") gets a TAB behind, which
//   keeps it text with its plus and zeros, and is not seen (the custom of China's payment bills);
// - control characters, line breaks among them, become pictures: one record is one line.
std::string csv_text(std::string_view text);

// The same with its quotes, appended to a line.
void append_csv_text(std::string& line, std::string_view text);

// One line with its CRLF.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace hotline::ctl
