// One section as it was written, read key by key against its declaration. Whatever is wrong is
// reported once, here; the caller goes on with what it gets, and nothing of it is used in the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

#include "config/keys.h"
#include "config/problems.h"

namespace hotline::config {

// A text and where it was written.
struct Text {
  std::string value;
  Place at;
};

// A name and its list of texts: `mon-fri = ["09:00-18:00"]`.
struct NamedTexts {
  Text name;
  std::vector<Text> texts;
};

// A name and its text: `"udp:10.0.0.5:5060" = "203.0.113.7"`.
struct NamedText {
  Text name;
  Text text;
};

// A section as it is written: "[server]", "[[phone]]", "[package.standard]", "when"; without a name
// "[package.NAME]".
std::string label(const Section& section, std::string_view name = "");

Place place_of(const toml::node& node);
Place place_of(const toml::key& key);

class Reader {
 public:
  // Reports unknown and missing keys. `name` is that of a named section, else empty.
  // Requires: the table outlives the reader.
  Reader(const toml::table& table, Place at, const Section& section, std::string name,
         FileProblems& problems);

  const std::string& name() const { return name_; }
  std::string label() const { return config::label(*section_, name_); }
  Place at() const { return at_; }       // of the section
  Place at(std::string_view key) const;  // of a key's value; absent: of the section
  bool has(std::string_view key) const;

  // Each of these takes a key declared with that type. An absent key gives its default, a wrong
  // one is reported and gives the default too, or the least that is right where there is none.
  std::optional<Text> text(std::string_view key) const;
  std::vector<Text> texts(std::string_view key) const;  // also of a text_or_texts
  std::int64_t whole(std::string_view key) const;
  Seconds seconds(std::string_view key) const { return Seconds(whole(key)); }
  std::pair<std::int64_t, std::int64_t> pair(std::string_view key) const;
  std::vector<std::int64_t> wholes(std::string_view key) const;  // absent: none
  bool flag(std::string_view key) const;
  Money money(std::string_view key) const;
  // In the order written. An empty list of texts is an error unless `may_be_empty`.
  std::vector<NamedTexts> hours(std::string_view key, bool may_be_empty) const;
  // In the order written.
  std::vector<NamedText> text_table(std::string_view key) const;
  // The table in that key, as the section of that name.
  std::optional<Reader> inner(std::string_view key) const;
  // Each table of the list in that key, as the section of that name, in the order written.
  std::vector<Reader> tables(std::string_view key) const;

 private:
  const Key& declared(std::string_view key, Type type) const;
  const toml::node* find(std::string_view key) const;

  void report_unknown() const;
  void report_missing() const;
  void error(const Key& key, const toml::node& node, const std::string& what) const;
  void wrong_type(const Key& key, const toml::node& node) const;

  // The table of names in that key; null where there is none, or none that is right.
  const toml::table* names(const Key& key) const;
  std::optional<Text> one_text(const Key& key, const toml::node& node) const;
  std::vector<Text> list(const Key& key, const toml::array& array, bool may_be_empty) const;
  std::optional<std::int64_t> one_whole(const Key& key, const toml::node& node) const;

  const toml::table* table_;
  Place at_;
  const Section* section_;
  std::string name_;
  FileProblems* problems_;
};

}  // namespace hotline::config
