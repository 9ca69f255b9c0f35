#include "config/reference.h"

#include <cstddef>
#include <cstdint>

#include "hotline/base/money.h"

#include "config/keys.h"
#include "config/reader.h"

namespace hotline::config {
namespace {

// The default as it would be written.
std::string fallback_of(const Key& key) {
  if (key.required) return "**required**";
  if (const auto* number = std::get_if<std::int64_t>(&key.fallback)) {
    const std::string one = std::to_string(*number);
    return key.type == Type::whole_pair ? "`[" + one + ", " + one + "]`" : "`" + one + "`";
  }
  if (const auto* flag = std::get_if<bool>(&key.fallback)) return *flag ? "`true`" : "`false`";
  if (const auto* text = std::get_if<std::string_view>(&key.fallback)) {
    const std::string written = "\"" + std::string(*text) + "\"";
    return key.type == Type::texts ? "`[" + written + "]`" : "`" + written + "`";
  }
  return "–";
}

std::string range(const std::string& least, const std::string& most, std::string_view unit) {
  return least + " to " + most + (unit.empty() ? "" : " " + std::string(unit));
}

// What is right for the key beyond its type.
std::string bounds_of(const Key& key) {
  if (!key.words.empty()) {
    std::string all;
    for (const std::string_view word : key.words) {
      all += (all.empty() ? "`\"" : ", `\"") + std::string(word) + "\"`";
    }
    return all;
  }
  switch (key.type) {
    case Type::text:
      return "at most " + std::to_string(key.bounds.most) + " bytes";
    case Type::texts:
    case Type::text_or_texts:
      return "1 to " + std::to_string(key.bounds.most) + " values";
    case Type::whole:
    case Type::whole_pair:
    case Type::wholes:
      return range(std::to_string(key.bounds.least), std::to_string(key.bounds.most), key.unit);
    case Type::money:
      return range(Money::from_li(key.bounds.least).to_yuan(),
                   Money::from_li(key.bounds.most).to_yuan(), key.unit);
    case Type::tables:
      return "at most " + std::to_string(key.bounds.most);
    case Type::flag:
    case Type::hours:
    case Type::text_table:
    case Type::table:
      return "–";
  }
  return "";
}

std::string heading(const Section& section) {
  const std::string word(section.name);
  const std::string written = section.form == Form::inner  ? word + " = { … }"
                              : section.form == Form::list ? word + " = [{ … }]"
                                                           : label(section);
  return "### `" + written + "`" + (section.required ? " (required)" : "");
}

}  // namespace

std::string reference_markdown() {
  std::string text;
  for (const File file : {File::platform, File::hotline}) {
    text += file == File::platform ? "## `hotline.toml`\n\n" : "## `hotlines/*.toml`\n\n";
    for (const Section& section : sections()) {
      if (section.file != file) continue;
      text += heading(section) + "\n\n" + std::string(section.doc) + "\n\n";
      text += "| key | type | default | bounds | meaning |\n|---|---|---|---|---|\n";
      for (const Key& key : section.keys) {
        text += "| `" + std::string(key.name) + "` | " + std::string(to_string(key.type)) + " | " +
                fallback_of(key) + " | " + bounds_of(key) + " | " + std::string(key.doc) + " |\n";
      }
      text += "\n";
    }
  }
  return text;
}

}  // namespace hotline::config
