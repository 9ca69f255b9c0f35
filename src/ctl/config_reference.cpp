// config reference: every section and key of the language, from its declarations.
#include "hotline/base/money.h"

#include "config/keys.h"
#include "config/reader.h"
#include "config/reference.h"
#include "ctl/command.h"
#include "ctl/config_place.h"

namespace hotline::ctl {
namespace {

using admin::Json;

struct AsJson {
  Json operator()(std::monostate) const { return {}; }
  Json operator()(std::int64_t number) const { return number; }
  Json operator()(bool flag) const { return flag; }
  Json operator()(std::string_view text) const { return text; }
};

// The least and the most that is right: of a number or an amount; of a list, how many; of a text,
// how many bytes. Null where nothing is said.
Json bounds_json(const config::Key& key) {
  switch (key.type) {
    case config::Type::money:
      return {Money::from_li(key.bounds.least).to_yuan(),
              Money::from_li(key.bounds.most).to_yuan()};
    case config::Type::text:
      if (!key.words.empty()) return {};
      return {key.bounds.least, key.bounds.most};
    case config::Type::texts:
    case config::Type::text_or_texts:
    case config::Type::whole:
    case config::Type::whole_pair:
    case config::Type::wholes:
    case config::Type::tables:
      return {key.bounds.least, key.bounds.most};
    case config::Type::flag:
    case config::Type::hours:
    case config::Type::text_table:
    case config::Type::table:
      return {};
  }
  return {};
}

Json key_json(const config::Key& key) {
  Json words = Json::array();
  for (const std::string_view word : key.words) words.push_back(word);
  return {{"key", key.name},          {"type", config::to_string(key.type)},
          {"required", key.required}, {"default", std::visit(AsJson{}, key.fallback)},
          {"unit", key.unit},         {"bounds", bounds_json(key)},
          {"words", words},           {"doc", key.doc}};
}

Json reference_json() {
  Json sections = Json::array();
  for (const config::Section& section : config::sections()) {
    Json keys = Json::array();
    for (const config::Key& key : section.keys) keys.push_back(key_json(key));
    sections.push_back(
        {{"file", section.file == config::File::platform ? "hotline.toml" : "hotlines/*.toml"},
         {"section", section.name},
         {"written", config::label(section)},
         {"required", section.required},
         {"doc", section.doc},
         {"keys", keys}});
  }
  return {{"sections", sections}};
}

}  // namespace

void add_config_reference(CLI::App& group, Session& session) {
  add_command(group, session, "reference",
              "Print every section and key of the configuration: type, default, bounds, meaning",
              "hotlinectl config reference | less", [&session] {
                return show(
                    session, admin::Answer{.body = reference_json()},
                    [&session](const Json&) { session.out << config::reference_markdown(); });
              });
}

}  // namespace hotline::ctl
