#include "config/text_diff.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace hotline::config {
namespace {

constexpr std::size_t kAround = 3;

using TextLines = std::vector<std::string_view>;

// A text that does not end in a line break has one line that differs from the same with one.
TextLines lines_of(std::string_view text) {
  TextLines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

enum class Side : std::uint8_t { both, before, after };

struct Line {
  Side side = Side::both;
  std::string_view text;
};

// Walks from the ends of both texts back along the furthest paths that were kept for each number of
// differences.
std::vector<Line> walk_back(const TextLines& a, const TextLines& b,
                            const std::vector<std::vector<int>>& kept) {
  std::vector<Line> lines;
  int x = static_cast<int>(a.size());
  int y = static_cast<int>(b.size());
  const auto take = [&lines](Side side, std::string_view text) { lines.push_back({side, text}); };
  for (int d = static_cast<int>(kept.size()) - 1; d >= 0; --d) {
    const std::vector<int>& row = kept[static_cast<std::size_t>(d)];
    const auto furthest = [&row, d](int k) { return *(row.begin() + (k + d + 1)); };
    const int k = x - y;
    const bool is_insertion = k == -d || (k != d && furthest(k - 1) < furthest(k + 1));
    const int before_k = is_insertion ? k + 1 : k - 1;
    const int before_x = d == 0 ? 0 : furthest(before_k);
    const int before_y = d == 0 ? 0 : before_x - before_k;
    while (x > before_x && y > before_y) {
      take(Side::both, a[static_cast<std::size_t>(--x)]);
      --y;
    }
    if (d == 0) break;
    if (is_insertion) {
      take(Side::after, b[static_cast<std::size_t>(--y)]);
    } else {
      take(Side::before, a[static_cast<std::size_t>(--x)]);
    }
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

// The shortest way from one text to the other. Nullopt: it has more than `most` differences.
std::optional<std::vector<Line>> shortest_way(const TextLines& a, const TextLines& b,
                                              std::size_t most) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  const int limit = static_cast<int>(std::min(most, a.size() + b.size()));
  const auto at = [limit](int k) {
    const int index = k + limit + 1;
    return static_cast<std::size_t>(index);
  };
  std::vector<int> furthest(at(limit + 1) + 1, 0);
  std::vector<std::vector<int>> kept;  // for each d: furthest[-d-1 … d+1] before its step
  for (int d = 0; d <= limit; ++d) {
    kept.emplace_back(furthest.begin() + (limit - d), furthest.begin() + (limit + d + 3));
    for (int k = -d; k <= d; k += 2) {
      const bool is_insertion = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
      int x = is_insertion ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
      if (d == 0) x = 0;
      int y = x - k;
      while (x < n && y < m && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)]) {
        ++x;
        ++y;
      }
      furthest[at(k)] = x;
      if (x >= n && y >= m) return walk_back(a, b, kept);
    }
  }
  return std::nullopt;
}

std::string range(std::size_t first, std::size_t count) {
  // `diff` counts an empty range from the line before it.
  return std::to_string(count == 0 ? first : first + 1) + "," + std::to_string(count);
}

void put_line(std::string& out, const Line& line) {
  out += line.side == Side::both ? ' ' : line.side == Side::before ? '-' : '+';
  out += line.text;
  if (!line.text.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// The lines [from, to) of the way, which begin at these lines of the texts.
void put_hunk(std::string& out, const std::vector<Line>& way, std::size_t from, std::size_t to,
              std::size_t before_line, std::size_t after_line) {
  std::size_t before = 0;
  std::size_t after = 0;
  std::string body;
  for (std::size_t i = from; i < to; ++i) {
    if (way[i].side != Side::after) ++before;
    if (way[i].side != Side::before) ++after;
    put_line(body, way[i]);
  }
  out += "@@ -" + range(before_line, before) + " +" + range(after_line, after) + " @@\n" + body;
}

std::string hunks(const std::vector<Line>& way, std::size_t lines_before_way) {
  std::string out;
  std::size_t before_line = lines_before_way;
  std::size_t after_line = lines_before_way;
  std::size_t i = 0;
  const auto advance = [&](std::size_t to) {
    for (; i < to; ++i) {
      if (way[i].side != Side::after) ++before_line;
      if (way[i].side != Side::before) ++after_line;
    }
  };
  const auto next_difference = [&way](std::size_t from) {
    while (from < way.size() && way[from].side == Side::both) ++from;
    return from;
  };
  for (std::size_t first = next_difference(0); first < way.size();) {
    advance(std::max(i, first - std::min(first, kAround)));
    std::size_t end = first + 1;
    std::size_t next = next_difference(end);
    while (next < way.size() && next - end <= 2 * kAround) {
      end = next + 1;
      next = next_difference(end);
    }
    const std::size_t to = std::min(way.size(), end + kAround);
    put_hunk(out, way, i, to, before_line, after_line);
    advance(to);
    first = next;
  }
  return out;
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after,
                         std::string_view before_name, std::string_view after_name) {
  if (before == after) return "";
  const std::string head =
      "--- " + std::string(before_name) + "\n+++ " + std::string(after_name) + "\n";
  TextLines a = lines_of(before);
  TextLines b = lines_of(after);
  // Nearly all of a long list is the same: what is alike at both ends need not be searched, but
  // for the lines shown around a difference.
  const auto alike = [](auto a_it, auto a_end, auto b_it, auto b_end) {
    return static_cast<std::size_t>(std::mismatch(a_it, a_end, b_it, b_end).first - a_it);
  };
  const std::size_t same = alike(a.begin(), a.end(), b.begin(), b.end());
  const std::size_t front = same - std::min(same, kAround);
  a.erase(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(front));
  b.erase(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(front));
  const std::size_t end_alike = alike(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  const std::size_t back = end_alike - std::min(end_alike, kAround);
  a.resize(a.size() - back);
  b.resize(b.size() - back);
  const auto way = shortest_way(a, b, kMostDiffering);
  if (way) return head + hunks(*way, front);
  return head + "more than " + std::to_string(kMostDiffering) + " lines differ; of " +
         std::to_string(a.size()) + " lines before and " + std::to_string(b.size()) + " after\n";
}

}  // namespace hotline::config
