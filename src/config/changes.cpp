#include "config/changes.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include <toml++/toml.h>

#include "config/document.h"
#include "config/files.h"
#include "config/keys.h"
#include "config/problems.h"

namespace hotline::config {
namespace {

// A named part of a file, its values in one form however they were laid out.
struct Thing {
  std::string kind;
  std::string name;
  std::map<std::string, std::string> keys;
};

struct Content {
  std::map<std::pair<std::string, std::string>, Thing> things;  // by kind and name
  std::map<std::string, std::vector<std::string>> order;        // the names of a kind, as written
};

std::string value_text(const toml::node& node) {
  std::ostringstream text;
  text << toml::json_formatter(node);
  return text.str();
}

std::map<std::string, std::string> values_of(const toml::table& table) {
  std::map<std::string, std::string> values;
  for (const auto& entry : table) values[std::string(entry.first.str())] = value_text(entry.second);
  return values;
}

std::string kind_of(std::string_view section) {
  std::string kind(section);
  std::replace(kind.begin(), kind.end(), '_', ' ');
  return kind;
}

void add(Content& content, Thing thing) {
  // A second thing of one name is an error of its own; it must not hide the first.
  while (content.things.count({thing.kind, thing.name}) == 1) thing.name += '\'';
  content.order[thing.kind].push_back(thing.name);
  const std::pair key{thing.kind, thing.name};
  content.things.emplace(key, std::move(thing));
}

void add_many(Content& content, const std::string& kind, const toml::array& array) {
  int number = 0;
  for (const toml::node& node : array) {
    const toml::table* table = node.as_table();
    if (!table) continue;
    const auto name = (*table)["name"].value<std::string>();
    add(content, {kind, name.value_or("#" + std::to_string(++number)), values_of(*table)});
  }
}

bool holds_tables_alone(const toml::table& table) {
  return std::all_of(table.begin(), table.end(),
                     [](const auto& entry) { return entry.second.is_table(); });
}

// By the language's declaration, and by its shape where the language has no such section.
bool is_named(File file, std::string_view section, const toml::table& table) {
  const Section* declared = find_section(file, section);
  return declared ? declared->form == Form::named : holds_tables_alone(table);
}

void add_section(Content& content, const std::string& section, const toml::table& table,
                 bool named) {
  if (!named) {
    add(content, {"[" + section + "]", "", values_of(table)});
    return;
  }
  for (const auto& entry : table) {
    if (const toml::table* one = entry.second.as_table()) {
      add(content, {kind_of(section), std::string(entry.first.str()), values_of(*one)});
    }
  }
}

// Nullopt: no TOML.
std::optional<Content> read(std::string_view text, File file) {
  Problems ignored;
  FileProblems problems(ignored, "");
  const auto document = Document::parse(text, file, problems);
  if (!document) return std::nullopt;
  Content content;
  for (const auto& entry : document->root()) {
    const std::string section(entry.first.str());
    if (const toml::array* array = entry.second.as_array()) {
      add_many(content, kind_of(section), *array);
    } else if (const toml::table* table = entry.second.as_table()) {
      add_section(content, section, *table, is_named(file, section, *table));
    }
  }
  return content;
}

std::vector<std::string> differing(const std::map<std::string, std::string>& before,
                                   const std::map<std::string, std::string>& after) {
  std::set<std::string> keys;
  for (const auto& [key, value] : before) {
    const auto other = after.find(key);
    if (other == after.end() || other->second != value) keys.insert(key);
  }
  for (const auto& [key, value] : after) {
    if (before.count(key) == 0) keys.insert(key);
  }
  return {keys.begin(), keys.end()};
}

// The names that are in both, in the order of the first.
std::vector<std::string> common(const std::vector<std::string>& names,
                                const std::vector<std::string>& other) {
  const std::set<std::string> known(other.begin(), other.end());
  std::vector<std::string> both;
  std::copy_if(names.begin(), names.end(), std::back_inserter(both),
               [&known](const std::string& name) { return known.count(name) == 1; });
  return both;
}

// Where things stand, for the changes in them.
struct Where {
  std::string hotline;
  std::string file;
};

void compare(const Content& before, const Content& after, const Where& where,
             std::vector<Change>& changes) {
  const auto note = [&](What what, const Thing& thing, std::vector<std::string> keys = {}) {
    changes.push_back({what, thing.kind, thing.name, where.hotline, where.file, std::move(keys)});
  };
  for (const auto& [key, thing] : before.things) {
    const auto other = after.things.find(key);
    if (other == after.things.end()) {
      note(What::removed, thing);
    } else if (auto keys = differing(thing.keys, other->second.keys); !keys.empty()) {
      note(What::changed, other->second, std::move(keys));
    }
  }
  for (const auto& [key, thing] : after.things) {
    if (before.things.count(key) == 0) note(What::added, thing);
  }
  for (const auto& [kind, names] : before.order) {
    const auto other = after.order.find(kind);
    if (other == after.order.end() ||
        common(names, other->second) == common(other->second, names)) {
      continue;
    }
    note(What::changed, {"order of " + kind + "s", "", {}});
  }
}

// --- hotlines ----------------------------------------------------------------------------------

struct HotlineText {
  std::string file;
  Content content;
};
using Hotlines = std::map<std::string, HotlineText>;  // by number

const char* const kOwner = "[hotline]";

// The number that the file is of; its name where it names none.
std::string number_of(const Content& content, const std::string& file) {
  const auto owner = content.things.find({kOwner, ""});
  if (owner == content.things.end()) return file;
  const auto number = owner->second.keys.find("number");
  if (number == owner->second.keys.end()) return file;
  const std::string& quoted = number->second;
  return quoted.size() > 2 && quoted.front() == '"' ? quoted.substr(1, quoted.size() - 2) : file;
}

void add_hotline(Hotlines& hotlines, const std::string& file, Content content) {
  std::string number = number_of(content, file);
  if (hotlines.count(number) == 1) number = file;
  hotlines.emplace(std::move(number), HotlineText{file, std::move(content)});
}

void compare_hotline(const std::string& number, const HotlineText& before, const HotlineText& after,
                     std::vector<Change>& changes) {
  std::vector<Change> inside;
  compare(before.content, after.content, {number, after.file}, inside);
  Change own{What::changed, "hotline", number, "", after.file, {}};
  const auto owner = std::find_if(inside.begin(), inside.end(),
                                  [](const Change& change) { return change.kind == kOwner; });
  if (owner != inside.end()) {
    own.keys = std::move(owner->keys);
    inside.erase(owner);
  }
  if (before.file != after.file) own.keys.emplace_back("file");
  if (inside.empty() && own.keys.empty()) return;
  changes.push_back(std::move(own));
  std::move(inside.begin(), inside.end(), std::back_inserter(changes));
}

void compare_hotlines(const Hotlines& before, const Hotlines& after, std::vector<Change>& changes) {
  std::set<std::string> numbers;
  for (const auto& entry : before) numbers.insert(entry.first);
  for (const auto& entry : after) numbers.insert(entry.first);
  for (const std::string& number : numbers) {
    const auto old = before.find(number);
    const auto now = after.find(number);
    if (old == before.end()) {
      changes.push_back({What::added, "hotline", number, "", now->second.file, {}});
    } else if (now == after.end()) {
      changes.push_back({What::removed, "hotline", number, "", old->second.file, {}});
    } else {
      compare_hotline(number, old->second, now->second, changes);
    }
  }
}

// --- files -------------------------------------------------------------------------------------

// One file, before and after; a null pointer where it is not there.
struct Pair {
  std::string name;
  const std::string_view* before = nullptr;
  const std::string_view* after = nullptr;
};

std::vector<Pair> differing_files(const FileTexts& before, const FileTexts& after) {
  std::vector<Pair> pairs;
  for (const auto& [name, text] : before) {
    const auto other = after.find(name);
    if (other == after.end()) {
      pairs.push_back({std::string(name), &text, nullptr});
    } else if (other->second != text) {
      pairs.push_back({std::string(name), &text, &other->second});
    }
  }
  for (const auto& [name, text] : after) {
    if (before.count(name) == 0) pairs.push_back({std::string(name), nullptr, &text});
  }
  return pairs;
}

// What is not there reads as an empty file.
std::optional<Content> read(const std::string_view* text, File file) {
  return text ? read(*text, file) : Content{};
}

Change of_file(const Pair& pair) {
  const What what = !pair.before ? What::added : !pair.after ? What::removed : What::changed;
  return {what, "file", pair.name, "", pair.name, {}};
}

class Comparison {
 public:
  void add(const Pair& pair) {
    const bool is_platform = pair.name == kPlatformFile;
    if (!is_platform && !pair.name.starts_with("hotlines/")) {
      files_.push_back(of_file(pair));
      return;
    }
    const File file = is_platform ? File::platform : File::hotline;
    auto before = read(pair.before, file);
    auto after = read(pair.after, file);
    if (!before || !after) {
      files_.push_back(of_file(pair));
    } else if (is_platform) {
      compare(*before, *after, {"", pair.name}, changes_);
    } else {
      if (pair.before) add_hotline(before_, pair.name, std::move(*before));
      if (pair.after) add_hotline(after_, pair.name, std::move(*after));
    }
  }

  std::vector<Change> take() {
    compare_hotlines(before_, after_, changes_);
    std::move(files_.begin(), files_.end(), std::back_inserter(changes_));
    return std::move(changes_);
  }

 private:
  std::vector<Change> changes_;
  std::vector<Change> files_;
  Hotlines before_;
  Hotlines after_;
};

}  // namespace

std::string_view to_string(What what) {
  switch (what) {
    case What::added:
      return "added";
    case What::removed:
      return "removed";
    case What::changed:
      return "changed";
  }
  return "";
}

std::vector<Change> changes(const FileTexts& before, const FileTexts& after) {
  Comparison comparison;
  for (const Pair& pair : differing_files(before, after)) comparison.add(pair);
  return comparison.take();
}

// --- what waits for a restart ------------------------------------------------------------------

namespace {

constexpr std::string_view kReadAtStart[] = {"server", "log"};

std::string fallback_text(const Key& key) {
  if (const auto* number = std::get_if<std::int64_t>(&key.fallback)) {
    return value_text(toml::value<std::int64_t>(*number));
  }
  if (const auto* flag = std::get_if<bool>(&key.fallback)) {
    return value_text(toml::value<bool>(*flag));
  }
  if (const auto* text = std::get_if<std::string_view>(&key.fallback)) {
    if (key.type == Type::texts) return value_text(toml::array{std::string(*text)});
    return value_text(toml::value<std::string>(std::string(*text)));
  }
  return "";
}

std::string value_or_fallback(const Content& content, std::string_view section, const Key& key) {
  const auto thing = content.things.find({"[" + std::string(section) + "]", ""});
  if (thing == content.things.end()) return fallback_text(key);
  const auto value = thing->second.keys.find(std::string(key.name));
  return value == thing->second.keys.end() ? fallback_text(key) : value->second;
}

}  // namespace

std::vector<std::string> keys_for_restart(std::string_view started, std::string_view now) {
  std::vector<std::string> keys;
  const auto before = read(started, File::platform);
  const auto after = read(now, File::platform);
  if (!before || !after) return keys;
  for (const std::string_view name : kReadAtStart) {
    for (const Key& key : find_section(File::platform, name)->keys) {
      if (value_or_fallback(*before, name, key) != value_or_fallback(*after, name, key)) {
        keys.push_back("[" + std::string(name) + "] " + std::string(key.name));
      }
    }
  }
  return keys;
}

}  // namespace hotline::config
