// config history|diff|rollback|reference: the versions of the configuration, and its language.
#include "admin/times.h"
#include "ctl/command.h"
#include "ctl/config_place.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

constexpr std::size_t kShortHash = 12;

// The version before it that has the same files; null where there is none.
Json same_as(const config::History::Listed& listed, const config::Version& version) {
  for (const config::Version& before : listed.versions) {
    if (before.number >= version.number) break;
    if (before.hash == version.hash) return before.number;
  }
  return {};
}

Json version_json(const config::History::Listed& listed, const config::Version& version) {
  const config::Origin& by = version.origin;
  return {{"version", version.number},
          {"hash", version.hash},
          {"at", admin::to_rfc3339(version.at)},
          {"at_ms", version.at.time_since_epoch().count()},
          {"by", by.to_string()},
          {"uid", by.uid ? Json(*by.uid) : Json()},
          {"loaded", by.how != config::Origin::How::saved},
          {"in_use", listed.in_use() == &version},
          {"same_as", same_as(listed, version)},
          {"files", version.files.size()}};
}

std::string note_of(const Json& version) {
  std::string note = version.at("in_use").get<bool>()   ? "in use"
                     : version.at("loaded").get<bool>() ? ""
                                                        : "never loaded";
  if (!version.at("same_as").is_null()) {
    note += (note.empty() ? "" : ", ") + ("same as " + word(version.at("same_as")));
  }
  return note;
}

void print_history(std::ostream& out, const Json& versions) {
  Table table(
      {{"VERSION", Align::right}, {"SINCE"}, {"BY"}, {"FILES", Align::right}, {"HASH"}, {"NOTE"}});
  for (const Json& one : versions) {
    table.add({word(one.at("version")), short_time(one.at("at")), word(one.at("by")),
               word(one.at("files")), one.at("hash").get<std::string>().substr(0, kShortHash),
               note_of(one)});
  }
  if (table.empty()) {
    out << "no configuration was loaded yet\n";
  } else {
    table.print(out);
  }
}

int history(Session& session) {
  const auto place = find_config(session);
  if (!place) return show_problem(session, place.error());
  const auto listed = list_versions(session, *place);
  if (!listed) return show_problem(session, listed.error());
  Json versions = Json::array();
  for (auto one = listed->versions.rbegin(); one != listed->versions.rend(); ++one) {
    versions.push_back(version_json(*listed, *one));
  }
  return show(session, admin::Answer{.body = {{"versions", versions}}},
              [&](const Json& body) { print_history(session.out, body.at("versions")); });
}

}  // namespace

void add_config_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "config", "Versions of the configuration, and its language");
  add_command(*group, session, "history",
              "List the versions that were loaded, the newest first: when, and by whom",
              "hotlinectl config history", [&session] { return history(session); });
  add_config_diff(*group, session);
  add_config_rollback(*group, session);
  add_config_reference(*group, session);
}

}  // namespace hotline::ctl
