#include "config/reader.h"

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <tuple>

#include "hotline/base/contract.h"

#include "config/spelling.h"

namespace hotline::config {
namespace {

Place to_place(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

std::string type_of(const toml::node& node) {
  std::ostringstream out;
  out << node.type();
  return out.str();
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool within(std::int64_t value, const Bounds& bounds) {
  return bounds.least <= value && value <= bounds.most;
}

template <class Named>
std::vector<Named> as_written(std::vector<Named> read) {
  std::sort(read.begin(), read.end(), [](const Named& a, const Named& b) {
    return std::tie(a.name.at.line, a.name.at.column) < std::tie(b.name.at.line, b.name.at.column);
  });
  return read;
}

std::string of_unit(const Key& key) { return key.unit.empty() ? "" : " " + std::string(key.unit); }

}  // namespace

std::string label(const Section& section, std::string_view name) {
  const std::string word(section.name);
  switch (section.form) {
    case Form::one:
      return "[" + word + "]";
    case Form::many:
      return "[[" + word + "]]";
    case Form::named:
      return "[" + word + "." + (name.empty() ? "NAME" : printable(name, 64)) + "]";
    case Form::inner:
    case Form::list:
      return word;
  }
  HOTLINE_EXPECT(false);
  return "";
}

Place place_of(const toml::node& node) { return to_place(node.source()); }
Place place_of(const toml::key& key) { return to_place(key.source()); }

Reader::Reader(const toml::table& table, Place at, const Section& section, std::string name,
               FileProblems& problems)
    : table_(&table), at_(at), section_(&section), name_(std::move(name)), problems_(&problems) {
  report_unknown();
  report_missing();
}

void Reader::report_unknown() const {
  for (const auto& entry : *table_) {
    if (section_->find(entry.first.str())) continue;
    std::vector<std::string_view> right;
    for (const Key& key : section_->keys) right.push_back(key.name);
    problems_->error(place_of(entry.first), "unknown key " + in_quotes(entry.first.str()) + " in " +
                                                label() + did_you_mean(entry.first.str(), right));
  }
}

void Reader::report_missing() const {
  for (const Key& key : section_->keys) {
    if (!key.required || has(key.name)) continue;
    problems_->error(at_, label() + " has no " + std::string(key.name));
  }
}

const Key& Reader::declared(std::string_view key, Type type) const {
  const Key* found = section_->find(key);
  HOTLINE_EXPECT(found && found->type == type);
  return *found;
}

const toml::node* Reader::find(std::string_view key) const { return table_->get(key); }

bool Reader::has(std::string_view key) const { return find(key) != nullptr; }

Place Reader::at(std::string_view key) const {
  const toml::node* node = find(key);
  return node ? place_of(*node) : at_;
}

void Reader::error(const Key& key, const toml::node& node, const std::string& what) const {
  problems_->error(place_of(node), std::string(key.name) + ": " + what);
}

void Reader::wrong_type(const Key& key, const toml::node& node) const {
  error(key, node, std::string(to_string(key.type)) + " is wanted, not " + type_of(node));
}

std::optional<Text> Reader::one_text(const Key& key, const toml::node& node) const {
  const toml::value<std::string>* value = node.as_string();
  if (!value) {
    error(key, node, "a string is wanted, not " + type_of(node));
    return std::nullopt;
  }
  const std::string& text = value->get();
  const Bounds bounds = key.type == Type::text ? key.bounds : Bounds{};
  if (text.empty()) {
    error(key, node, "an empty string");
    return std::nullopt;
  }
  if (!within(static_cast<std::int64_t>(text.size()), bounds)) {
    error(key, node,
          std::to_string(text.size()) + " bytes are out of bounds, " +
              std::to_string(bounds.least) + " to " + std::to_string(bounds.most));
    return std::nullopt;
  }
  if (has_control_character(text)) {
    error(key, node, in_quotes(text) + " holds a control character");
    return std::nullopt;
  }
  if (!key.words.empty() &&
      std::find(key.words.begin(), key.words.end(), text) == key.words.end()) {
    std::string all;
    for (const std::string_view word : key.words)
      all += (all.empty() ? "" : ", ") + in_quotes(word);
    error(key, node, in_quotes(text) + " is none of " + all + did_you_mean(text, key.words));
    return std::nullopt;
  }
  return Text{text, place_of(node)};
}

std::optional<Text> Reader::text(std::string_view name) const {
  const Key& key = declared(name, Type::text);
  std::optional<Text> read;
  if (const toml::node* node = find(name)) read = one_text(key, *node);
  if (read || key.required) return read;
  if (const auto* fallback = std::get_if<std::string_view>(&key.fallback)) {
    return Text{std::string(*fallback), at(name)};
  }
  return std::nullopt;
}

std::vector<Text> Reader::list(const Key& key, const toml::array& array, bool may_be_empty) const {
  std::vector<Text> read;
  if (array.empty() && !may_be_empty) error(key, array, "an empty list");
  const Bounds bounds = key.type == Type::hours ? Bounds{} : key.bounds;
  if (static_cast<std::int64_t>(array.size()) > bounds.most) {
    error(key, array,
          std::to_string(array.size()) + " values; at most " + std::to_string(bounds.most) +
              " are taken");
    return read;
  }
  for (const toml::node& node : array) {
    if (auto text = one_text(key, node)) read.push_back(std::move(*text));
  }
  return read;
}

std::vector<Text> Reader::texts(std::string_view name) const {
  const Key* key = section_->find(name);
  HOTLINE_EXPECT(key && (key->type == Type::texts || key->type == Type::text_or_texts));
  const toml::node* node = find(name);
  if (!node) {
    const auto* fallback = std::get_if<std::string_view>(&key->fallback);
    return fallback ? std::vector<Text>{{std::string(*fallback), at_}} : std::vector<Text>{};
  }
  if (const toml::array* array = node->as_array()) return list(*key, *array, false);
  if (key->type == Type::text_or_texts && node->is_string()) {
    auto text = one_text(*key, *node);
    return text ? std::vector<Text>{std::move(*text)} : std::vector<Text>{};
  }
  wrong_type(*key, *node);
  return {};
}

std::optional<std::int64_t> Reader::one_whole(const Key& key, const toml::node& node) const {
  const toml::value<std::int64_t>* value = node.as_integer();
  if (!value) {
    error(key, node, "a whole number is wanted, not " + type_of(node));
    return std::nullopt;
  }
  if (!within(value->get(), key.bounds)) {
    error(key, node,
          std::to_string(value->get()) + " is out of bounds, " + std::to_string(key.bounds.least) +
              " to " + std::to_string(key.bounds.most) + of_unit(key));
    return std::nullopt;
  }
  return value->get();
}

std::int64_t Reader::whole(std::string_view name) const {
  const Key& key = declared(name, Type::whole);
  const auto* written = std::get_if<std::int64_t>(&key.fallback);
  const std::int64_t fallback = written == nullptr ? key.bounds.least : *written;
  const toml::node* node = find(name);
  return node ? one_whole(key, *node).value_or(fallback) : fallback;
}

std::pair<std::int64_t, std::int64_t> Reader::pair(std::string_view name) const {
  const Key& key = declared(name, Type::whole_pair);
  const auto* written = std::get_if<std::int64_t>(&key.fallback);
  const std::int64_t fallback = written == nullptr ? key.bounds.least : *written;
  const toml::node* node = find(name);
  if (!node) return {fallback, fallback};
  const toml::array* array = node->as_array();
  if (!array || array->size() != 2) {
    error(key, *node, "a pair of whole numbers is wanted, [first, next]");
    return {fallback, fallback};
  }
  return {one_whole(key, (*array)[0]).value_or(fallback),
          one_whole(key, (*array)[1]).value_or(fallback)};
}

std::vector<std::int64_t> Reader::wholes(std::string_view name) const {
  const Key& key = declared(name, Type::wholes);
  std::vector<std::int64_t> read;
  const toml::node* node = find(name);
  if (!node) return read;
  const toml::array* array = node->as_array();
  if (!array) {
    wrong_type(key, *node);
    return read;
  }
  for (const toml::node& one : *array) {
    read.push_back(one_whole(key, one).value_or(key.bounds.least));
  }
  return read;
}

bool Reader::flag(std::string_view name) const {
  const Key& key = declared(name, Type::flag);
  const bool fallback = std::get<bool>(key.fallback);
  const toml::node* node = find(name);
  if (!node) return fallback;
  if (const toml::value<bool>* value = node->as_boolean()) return value->get();
  wrong_type(key, *node);
  return fallback;
}

Money Reader::money(std::string_view name) const {
  const Key& key = declared(name, Type::money);
  const auto* written = std::get_if<std::string_view>(&key.fallback);
  const Money fallback = written ? Money::parse_yuan(*written).value() : Money();
  const toml::node* node = find(name);
  if (!node) return fallback;
  const toml::value<std::string>* value = node->as_string();
  if (!value) {
    wrong_type(key, *node);
    return fallback;
  }
  const auto amount = Money::parse_yuan(value->get());
  if (!amount) {
    error(key, *node,
          in_quotes(value->get()) + " is no amount of yuan with at most three decimals");
    return fallback;
  }
  if (!within(amount->li(), key.bounds)) {
    error(key, *node,
          amount->to_yuan() + " is out of bounds, " + Money::from_li(key.bounds.least).to_yuan() +
              " to " + Money::from_li(key.bounds.most).to_yuan() + of_unit(key));
    return fallback;
  }
  return *amount;
}

const toml::table* Reader::names(const Key& key) const {
  const toml::node* node = find(key.name);
  if (!node) return nullptr;
  const toml::table* table = node->as_table();
  if (!table) {
    wrong_type(key, *node);
  } else if (table->empty()) {
    error(key, *node, "an empty table");
  }
  return table;
}

std::vector<NamedTexts> Reader::hours(std::string_view name, bool may_be_empty) const {
  const Key& key = declared(name, Type::hours);
  std::vector<NamedTexts> read;
  const toml::table* table = names(key);
  if (!table) return read;
  for (const auto& entry : *table) {
    const toml::array* array = entry.second.as_array();
    if (!array) {
      error(key, entry.second, "a list of strings is wanted, not " + type_of(entry.second));
      continue;
    }
    read.push_back(
        {{std::string(entry.first.str()), place_of(entry.first)}, list(key, *array, may_be_empty)});
  }
  return as_written(std::move(read));
}

std::vector<NamedText> Reader::text_table(std::string_view name) const {
  const Key& key = declared(name, Type::text_table);
  std::vector<NamedText> read;
  const toml::table* table = names(key);
  if (!table) return read;
  for (const auto& entry : *table) {
    auto text = one_text(key, entry.second);
    if (!text) continue;
    read.push_back({{std::string(entry.first.str()), place_of(entry.first)}, std::move(*text)});
  }
  return as_written(std::move(read));
}

std::optional<Reader> Reader::inner(std::string_view name) const {
  const Key& key = declared(name, Type::table);
  const toml::node* node = find(name);
  if (!node) return std::nullopt;
  const toml::table* table = node->as_table();
  if (!table) {
    wrong_type(key, *node);
    return std::nullopt;
  }
  const Section* section = find_section(section_->file, name);
  HOTLINE_EXPECT(section && section->form == Form::inner);
  if (table->empty()) error(key, *node, "an empty table");
  return Reader(*table, place_of(*node), *section, "", *problems_);
}

std::vector<Reader> Reader::tables(std::string_view name) const {
  const Key& key = declared(name, Type::tables);
  std::vector<Reader> read;
  const toml::node* node = find(name);
  if (!node) return read;
  const toml::array* array = node->as_array();
  if (!array) {
    wrong_type(key, *node);
    return read;
  }
  if (static_cast<std::int64_t>(array->size()) > key.bounds.most) {
    error(key, *node,
          std::to_string(array->size()) + " tables; at most " + std::to_string(key.bounds.most) +
              " are taken");
    return read;
  }
  const Section* section = find_section(section_->file, name);
  HOTLINE_EXPECT(section && section->form == Form::list);
  for (const toml::node& one : *array) {
    if (const toml::table* table = one.as_table()) {
      read.emplace_back(*table, place_of(one), *section, "", *problems_);
    } else {
      error(key, one, "a table is wanted, not " + type_of(one));
    }
  }
  return read;
}

}  // namespace hotline::config
