// The language as a whole: its words for types, and how a declaration is found.

#include "config/keys.h"

#include <algorithm>
#include <vector>

#include "hotline/base/contract.h"

namespace hotline::config {

std::string_view to_string(Type type) {
  switch (type) {
    case Type::text:
      return "a string";
    case Type::texts:
      return "a list of strings";
    case Type::text_or_texts:
      return "a string or a list of strings";
    case Type::whole:
      return "a whole number";
    case Type::whole_pair:
      return "a pair of whole numbers";
    case Type::wholes:
      return "a list of whole numbers";
    case Type::flag:
      return "true or false";
    case Type::money:
      return "money in a quoted string (\"0.300\")";
    case Type::hours:
    case Type::text_table:
    case Type::table:
      return "a table";
    case Type::tables:
      return "a list of tables";
  }
  HOTLINE_EXPECT(false);
  return "";
}

const Key* Section::find(std::string_view key) const {
  const auto it =
      std::find_if(keys.begin(), keys.end(), [key](const Key& k) { return k.name == key; });
  return it == keys.end() ? nullptr : &*it;
}

std::span<const Section> sections() {
  static const std::vector<Section> all = [] {
    std::vector<Section> both;
    for (const auto part : {platform_sections(), hotline_sections()}) {
      both.insert(both.end(), part.begin(), part.end());
    }
    return both;
  }();
  return all;
}

const Section* find_section(File file, std::string_view name) {
  const auto all = sections();
  const auto it = std::find_if(all.begin(), all.end(), [file, name](const Section& s) {
    return s.file == file && s.name == name;
  });
  return it == all.end() ? nullptr : &*it;
}

}  // namespace hotline::config
