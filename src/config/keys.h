// The language of the configuration, declared once: each section and key with its type, bounds,
// default and meaning. Parsing, its errors and the reference in docs/config.md come from here.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace hotline::config {

enum class Type : std::uint8_t {
  text,
  texts,          // a list of texts
  text_or_texts,  // one text, or a list of them
  whole,          // a whole number
  whole_pair,     // [first, next]
  wholes,         // a list of whole numbers
  flag,           // true or false
  money,          // yuan in a quoted string
  hours,          // a table: a name and its list of texts
  text_table,     // a table: a name and its text
  table,          // a table with a section of its own
  tables,         // a list of such tables
};
std::string_view to_string(Type type);

// What holds where the key is absent; none: the key is needed, or its absence means something.
using Fallback = std::variant<std::monostate, std::int64_t, bool, std::string_view>;

struct Bounds {
  std::int64_t least = 1;
  std::int64_t most = 256;
};

struct Key {
  std::string_view name;
  Type type = Type::text;
  bool required = false;
  Fallback fallback = {};  // of a list: its one value; of a pair: both
  Bounds bounds = {};      // a whole number, money in 厘, a text's bytes, a list's length
  std::string_view unit = {};
  std::span<const std::string_view> words = {};  // where only these are right
  std::string_view doc;
};

enum class File : std::uint8_t { platform, hotline };  // hotline.toml, hotlines/*.toml

enum class Form : std::uint8_t {
  one,    // [server]
  many,   // [[phone]], any number of them
  named,  // [package.NAME]
  inner,  // a table in a key: when = { … }
  list,   // a list of tables in a key: steps = [{ … }]
};

// Does it stand in a key of another section?
constexpr bool is_inside(Form form) { return form == Form::inner || form == Form::list; }

struct Section {
  File file = File::platform;
  std::string_view name;
  Form form = Form::one;
  bool required = false;
  std::string_view doc;
  std::span<const Key> keys;

  const Key* find(std::string_view key) const;
};

// In the order of the reference: those of hotline.toml (platform_keys.cpp), then those of
// hotlines/*.toml (hotline_keys.cpp).
std::span<const Section> sections();
std::span<const Section> platform_sections();
std::span<const Section> hotline_sections();
// Null where the language has no such section.
const Section* find_section(File file, std::string_view name);

}  // namespace hotline::config
