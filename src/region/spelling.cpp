#include "region/spelling.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "region/utf8.h"

namespace hotline::region {
namespace {

constexpr std::size_t kMostCompared = 24;  // characters: no name is longer
constexpr std::uint64_t kEdit = std::uint64_t{1} << 32;

// Putting one character in the other's place is an edit, and less of one the nearer they are in
// Unicode: Han characters stand there by radical, so those that are mistaken for each other
// (苏, 荪) are neighbours.
std::uint64_t replacement(char32_t a, char32_t b) {
  return a == b ? 0 : kEdit + (a < b ? b - a : a - b);
}

// Levenshtein 1966, with those costs; a character that was left out, or is too many, costs least.
std::uint64_t distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::uint64_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j * kEdit;
  for (const char32_t character : a) {
    std::uint64_t diagonal = row[0];
    row[0] += kEdit;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint64_t replaced = diagonal + replacement(character, b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + kEdit, row[j + 1] + kEdit});
    }
  }
  return row.back();
}

}  // namespace

NearestName::NearestName(std::string_view written) : written_(characters_of(written)) {
  if (!written_) return;
  if (written_->size() < 2 || written_->size() > kMostCompared) {
    written_.reset();
  } else {
    least_ = ((written_->size() + 1) / 3 + 1) * kEdit;  // further away is another name
  }
}

void NearestName::offer(std::string_view right, std::uint32_t handicap) {
  if (!written_) return;
  const auto characters = characters_of(right);
  if (!characters || characters->size() > kMostCompared) return;
  const std::uint64_t away = distance(*written_, *characters) + handicap;
  // As many edits as there are characters leave nothing of the name.
  if (away >= least_ || away / kEdit >= std::min(written_->size(), characters->size())) return;
  least_ = away;
  name_ = right;
}

}  // namespace hotline::region
