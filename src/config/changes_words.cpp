// Changes as a sentence.
#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "config/changes.h"
#include "config/problems.h"

namespace hotline::config {
namespace {

constexpr std::size_t kMostNamed = 10;

bool is_alone(const Change& change) { return change.name.empty(); }  // "[log]", "order of routes"

std::string counted(const Change& first, std::size_t count) {
  return std::to_string(count) + " " + first.kind + (count == 1 ? " " : "s ") +
         std::string(to_string(first.what));
}

// "phone li of 4001234567 changed (lines, ring_s)"
std::string named(const Change& change) {
  std::string text = change.kind;
  if (!is_alone(change)) text += " " + printable(change.name, 64);
  if (!change.hotline.empty()) text += " of " + printable(change.hotline, 64);
  text += " " + std::string(to_string(change.what));
  std::string keys;
  for (const std::string& key : change.keys)
    keys += (keys.empty() ? "" : ", ") + printable(key, 64);
  return keys.empty() ? text : text + " (" + keys + ")";
}

// A hotline that changed only in what is listed after it.
bool says_nothing(const Change& change) {
  return change.kind == "hotline" && change.what == What::changed && change.keys.empty();
}

// What has no name is not counted: it is told as it is.
std::string counts_of(const std::vector<Change>& changes) {
  std::string text;
  std::set<std::pair<std::string, What>> done;
  // Hotlines first: they are what an admin thinks in.
  for (const bool hotlines : {true, false}) {
    for (const Change& change : changes) {
      if (is_alone(change) || (change.kind == "hotline") != hotlines) continue;
      if (!done.emplace(change.kind, change.what).second) continue;
      const auto count = std::count_if(changes.begin(), changes.end(), [&](const Change& other) {
        return other.kind == change.kind && other.what == change.what;
      });
      text += (text.empty() ? "" : ", ") + counted(change, static_cast<std::size_t>(count));
    }
  }
  return text;
}

}  // namespace

std::string in_words(const std::vector<Change>& changes, std::size_t files) {
  if (changes.empty() && files > 0) {
    return "nothing changed but the layout or comments of " + std::to_string(files) +
           (files == 1 ? " file" : " files");
  }
  if (changes.empty()) return "nothing changed";
  std::string names;
  std::size_t more = 0;
  std::size_t shown = 0;
  for (const Change& change : changes) {
    if (says_nothing(change)) continue;
    if (++shown > kMostNamed) {
      ++more;
    } else {
      names += (names.empty() ? "" : ", ") + named(change);
    }
  }
  if (more > 0) names += " and " + std::to_string(more) + " more";
  const std::string counts = counts_of(changes);
  return counts.empty() ? names : counts + ": " + names;
}

}  // namespace hotline::config
