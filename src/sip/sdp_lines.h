// Lines and words of a session description (RFC 8866 §5).
#pragma once

#include <string_view>

namespace hotline::sip {

// Takes the first line off the text; its end may be CRLF, LF or the end of the text.
inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// Takes the first word off a value whose words are separated by one blank each.
inline std::string_view take_word(std::string_view& value) {
  const std::size_t end = value.find(' ');
  const std::string_view word = value.substr(0, end);
  value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
  return word;
}

}  // namespace hotline::sip
