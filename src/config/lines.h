// Walks the lines of a text file: ends of line of either kind, and a byte order mark, left out.
#pragma once

#include <string_view>

namespace hotline::config {

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
  }

  // Moves on to the next line; false after the last.
  bool next() {
    if (rest_.empty()) return false;
    const auto end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    ++number_;
    return true;
  }

  std::string_view line() const { return line_; }
  int number() const { return number_; }  // counted from 1

 private:
  std::string_view rest_;
  std::string_view line_;
  int number_ = 0;
};

}  // namespace hotline::config
