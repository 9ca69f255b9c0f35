#include "config/spelling.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "config/problems.h"

namespace hotline::config {
namespace {

constexpr std::size_t kMostCompared = 64;

// How many letters to insert, remove or replace (Levenshtein 1966).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view written, std::span<const std::string_view> right) {
  if (written.size() > kMostCompared) return "";
  std::string_view nearest;
  std::size_t least = written.size() / 3 + 2;  // further away is another word
  for (const std::string_view word : right) {
    if (word.size() > kMostCompared) continue;
    const std::size_t away = distance(written, word);
    if (away < least) {
      least = away;
      nearest = word;
    }
  }
  return nearest.empty() ? "" : "; did you mean " + in_quotes(nearest) + "?";
}

}  // namespace hotline::config
