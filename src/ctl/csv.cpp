#include "ctl/csv.h"

#include <algorithm>
#include <array>

#include "ctl/text.h"

namespace hotline::ctl {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "+8613900000000": a plus, then digits and nothing else.
bool is_international(std::string_view text) {
  return text.size() > 1 && text[0] == '+' && std::all_of(text.begin() + 1, text.end(), is_digit);
}

bool begins_like_quantity(std::string_view text) {
  if (is_international(text)) return true;
  const bool has_sign = !text.empty() && std::string_view("(.$").find(text[0]) != text.npos;
  if (has_sign) text.remove_prefix(1);
  return !text.empty() && is_digit(text[0]);
}

bool begins_like_formula(std::string_view text) {
  constexpr std::array<std::string_view, 8> kSigns = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [text](std::string_view sign) { return text.starts_with(sign); });
}

// Quoted where a comma needs it, or where a program that also splits at TABs or semicolons would.
bool needs_quotes(std::string_view cell) {
  return std::any_of(cell.begin(), cell.end(), [](char c) {
    return c == ' ' || c == '"' || c == ',' || c == ';' || c == '\t' || c == '\r' || c == '\n';
  });
}

void append_quoted(std::string& line, std::string_view cell) {
  if (!needs_quotes(cell)) {
    line += cell;
    return;
  }
  line += '"';
  for (const char c : cell) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace

std::string csv_text(std::string_view text) {
  const std::string line = printable(text);
  if (begins_like_quantity(line)) return line + '\t';
  if (begins_like_formula(line)) return "'" + line;
  return line;
}

void append_csv_text(std::string& line, std::string_view text) {
  append_quoted(line, csv_text(text));
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    append_quoted(line, cell);
  }
  return line + "\r\n";
}

}  // namespace hotline::ctl
