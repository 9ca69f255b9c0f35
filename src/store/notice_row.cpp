#include "store/notice_row.h"

#include <nlohmann/json.hpp>

namespace hotline::store {
namespace {

using Json = nlohmann::ordered_json;

billing::NoticeKind kind_from(const std::string& word) {
  if (const auto kind = billing::notice_kind_from_string(word)) return *kind;
  throw SQLite::Exception("a notice is of kind \"" + word + "\", which means nothing");
}

billing::Facts facts_from(const std::string& body) {
  const Json json = Json::parse(body, nullptr, false);
  billing::Facts facts;
  if (json.is_object()) {
    for (const auto& [name, value] : json.items()) {
      if (value.is_string()) facts.emplace_back(name, value.get<std::string>());
    }
  }
  if (!json.is_object() || facts.size() != json.size()) {
    throw SQLite::Exception("a notice says \"" + body + "\", which is no object of texts");
  }
  return facts;
}

}  // namespace

std::string body_of(const billing::Notice& notice) {
  Json json = Json::object();
  for (const auto& [name, value] : notice.facts) json[name] = value;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void read_notice(Row& row, billing::KeptNotice& kept) {
  kept.notice.id = row.text();
  kept.notice.at = row.time();
  kept.notice.kind = kind_from(row.text());
  kept.notice.account = row.text();
  kept.notice.facts = facts_from(row.text());
  kept.sent = row.optional_time();
  kept.next = row.optional_time();
  kept.tries = static_cast<std::uint32_t>(row.number());
  kept.error = row.text();
}

}  // namespace hotline::store
