// Named numbers and prefixes, used to screen calls or to route them.
#pragma once

#include <bitset>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "hotline/number/number.h"
#include "hotline/routing/source.h"

namespace hotline::routing {

class CallerList {
 public:
  CallerList(std::string name, Source source)
      : name_(std::move(name)), source_(std::move(source)) {}

  // Requires: E.164 with its plus; a prefix has at least the plus and one digit.
  void add_number(std::string e164);
  void add_prefix(std::string e164_prefix);
  void add_withheld() { withheld_ = true; }

  const std::string& name() const { return name_; }
  const Source& source() const { return source_; }

  // One hash look-up, and one for each length of prefix in the list.
  bool contains(const number::Number& caller) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Set = std::unordered_set<std::string, Hash, std::equal_to<>>;

  std::string name_;
  Source source_;
  Set numbers_;
  Set prefixes_;
  std::bitset<number::kMostRaw> prefix_lengths_;
  bool withheld_ = false;
};

}  // namespace hotline::routing
