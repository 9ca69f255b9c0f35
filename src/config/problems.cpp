#include "config/problems.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <tuple>

namespace hotline::config {
namespace {

constexpr std::size_t kMostPerFile = 100;
constexpr std::size_t kMostQuoted = 64;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// The first byte of a UTF-8 character, not one of those that follow.
bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

// What concerns the file as a whole comes after its lines.
int line_or_last(const Problem& problem) {
  return problem.line == 0 ? std::numeric_limits<int>::max() : problem.line;
}

bool comes_before(const Problem& a, const Problem& b) {
  const int a_line = line_or_last(a);
  const int b_line = line_or_last(b);
  return std::tie(a.file, a_line, a.column, a.message) <
         std::tie(b.file, b_line, b.column, b.message);
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::size_t end = std::min(text.size(), most);
  while (end > 0 && end < text.size() && !starts_character(text[end])) --end;

  std::string line;
  for (const char c : text.substr(0, end)) {
    if (is_control(c)) {
      const auto byte = static_cast<unsigned char>(c);
      line += {'\\', 'x', kHex[byte >> 4], kHex[byte & 0x0f]};
    } else {
      line += c;
    }
  }
  return end < text.size() ? line + "…" : line;
}

std::string in_quotes(std::string_view text) { return '"' + printable(text, kMostQuoted) + '"'; }

std::string Problem::to_string() const {
  std::string text = printable(file);
  if (line > 0) text += ':' + std::to_string(line);
  if (line > 0 && column > 0) text += ':' + std::to_string(column);
  return text + (is_warning ? ": warning: " : ": ") + message;
}

void Problems::add(Problem problem) {
  Counts& counts = problem.is_warning ? warnings_ : errors_;
  if (++counts[problem.file] <= kMostPerFile) kept_.push_back(std::move(problem));
}

void Problems::count_dropped(const Counts& counts, bool is_warning) {
  for (const auto& [file, count] : counts) {
    if (count <= kMostPerFile) continue;
    const std::string more = std::to_string(count - kMostPerFile) + " more";
    kept_.push_back({file, 0, 0, more + (is_warning ? " warnings" : " errors"), is_warning});
  }
}

std::vector<Problem> Problems::take() {
  count_dropped(errors_, false);
  count_dropped(warnings_, true);
  std::sort(kept_.begin(), kept_.end(), comes_before);
  return std::move(kept_);
}

void FileProblems::error(Place at, std::string message) {
  ++errors_;
  all_->add({file_, at.line, at.column, std::move(message), false});
}

void FileProblems::warning(Place at, std::string message) {
  all_->add({file_, at.line, at.column, std::move(message), true});
}

}  // namespace hotline::config
