// The things of one kind that a configuration names (schedules, phones, …), by their names.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/problems.h"
#include "config/reader.h"
#include "config/spelling.h"

namespace hotline::config {

template <class Thing>
class Registry {
 public:
  // `kind` is the word of messages: "schedule".
  explicit Registry(std::string_view kind) : kind_(kind) {}

  // Requires: is_name(name). Errors: reports a name that is taken.
  void add(const Text& name, Thing thing, FileProblems& problems) {
    const auto [it, is_new] = things_.try_emplace(name.value, Entry{std::move(thing), name.at});
    if (is_new) return;
    problems.error(name.at, std::string(kind_) + " " + in_quotes(name.value) +
                                " is already defined in line " +
                                std::to_string(it->second.at.line));
  }

  // Without counting as a reference.
  bool knows(std::string_view name) const { return things_.find(name) != things_.end(); }

  // What `name` refers to. Errors: null, reported.
  const Thing* find(const Text& name, FileProblems& problems) {
    const auto it = things_.find(name.value);
    if (it != things_.end()) {
      it->second.is_used = true;
      return &it->second.thing;
    }
    if (!is_whole_) return nullptr;
    std::vector<std::string_view> right;
    for (const auto& entry : things_) right.push_back(entry.first);
    problems.error(name.at, "there is no " + std::string(kind_) + " " + in_quotes(name.value) +
                                did_you_mean(name.value, right));
    return nullptr;
  }

  // The file that names these things could not be read: what is not here may well exist.
  void mark_incomplete() { is_whole_ = false; }

  // Each that nothing referred to, with its place.
  template <class Visit>
  void each_unused(const Visit& visit) const {
    for (const auto& [name, entry] : things_) {
      if (!entry.is_used) visit(entry.thing, entry.at);
    }
  }

  // Warns of each that nothing referred to.
  void report_unused(FileProblems& problems) const {
    for (const auto& [name, entry] : things_) {
      if (entry.is_used) continue;
      problems.warning(entry.at, std::string(kind_) + " " + in_quotes(name) + " is not used");
    }
  }

 private:
  struct Entry {
    Thing thing;
    Place at;
    bool is_used = false;
  };

  std::string_view kind_;
  std::map<std::string, Entry, std::less<>> things_;
  bool is_whole_ = true;
};

}  // namespace hotline::config
