// What differs between two configurations, by the names of things and not by lines: what a reload
// and `hotlinectl config diff` say. Read from the texts alone, so that texts with errors can be
// compared too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::config {

enum class What : std::uint8_t { added, removed, changed };
std::string_view to_string(What what);

struct Change {
  What what = What::changed;
  std::string kind;     // "hotline", "phone", "caller list", "[log]", "order of routes", "file"
  std::string name;     // "li"; empty where there is but one of its kind
  std::string hotline;  // the number of the hotline it belongs to; empty: the platform's
  std::string file;     // where it stands now, or stood until it was removed
  std::vector<std::string> keys;  // of a changed thing: which, sorted

  friend bool operator==(const Change&, const Change&) = default;
};

// The texts of a configuration's files by their names.
using FileTexts = std::map<std::string_view, std::string_view>;

// The platform's changes first, then each hotline's, then other files'. A hotline in which anything
// changed is changed itself; of one that is new or gone, nothing inside is listed. Layout, comments
// and the order of keys are no change. What is no TOML is compared as a file.
std::vector<Change> changes(const FileTexts& before, const FileTexts& after);

// "1 hotline changed, 1 phone added: phone li of 4001234567 added": counts, then the first ten
// things and how many more there are. "nothing changed" where that is so, though `files` differ in
// layout.
std::string in_words(const std::vector<Change>& changes, std::size_t files = 0);

// What of hotline.toml a server that began with `started` takes over at a restart alone:
// "[server] listen". A key that is absent counts as its default.
std::vector<std::string> keys_for_restart(std::string_view started, std::string_view now);

}  // namespace hotline::config
