// status, reload: the running server as a whole.
#include <memory>
#include <string>

#include "ctl/command.h"
#include "ctl/problems.h"
#include "ctl/table.h"
#include "ctl/text.h"

namespace hotline::ctl {
namespace {

using admin::Json;

std::string counted(const Json& number, const std::string& thing) {
  return word(number) + " " + thing + (number == 1 ? "" : "s");
}

std::string snapshot_text(const Json& snapshot) {
  return word(snapshot.at("hotlines")) + " hotlines, " + word(snapshot.at("trunks")) +
         " trunks, loaded " + short_time(snapshot.at("loaded_at")) +
         (snapshot.at("version").is_null() ? "" : ", version " + word(snapshot.at("version")));
}

// Empty: there is nothing to say.
std::string notices_text(const Json& notices) {
  const auto error = notices.at("error").get<std::string>();
  if (notices.at("waiting") == 0 && error.empty()) return "";
  std::string text = word(notices.at("waiting")) + " waiting to be delivered";
  if (!notices.at("has_command").get<bool>()) text += ", no [notice] command";
  if (!error.empty()) text += ", last error: " + error;
  return text;
}

// Each trunk with its gateways; a trunk that only calls us has none.
void print_trunks(std::ostream& out, const Json& trunks) {
  Table table(
      {{"TRUNK"}, {"STATE"}, {"CALLS", Align::right}, {"GATEWAY"}, {"STATE"}, {"WHY"}, {"SINCE"}});
  for (const Json& trunk : trunks) {
    std::vector<std::string> row{word(trunk.at("name")), word(trunk.at("state")),
                                 word(trunk.at("calls"))};
    if (trunk.at("gateways").empty()) {
      row.insert(row.end(), {"-", "", "", ""});
      table.add(row);
    }
    for (const Json& gateway : trunk.at("gateways")) {
      row.insert(row.end(), {word(gateway.at("address")), word(gateway.at("state")),
                             word(gateway.at("why")), short_time(gateway.at("since"))});
      table.add(row);
      row = {"", "", ""};
    }
  }
  if (table.empty()) return;
  out << '\n';
  table.print(out);
}

void print_status(std::ostream& out, const Json& status) {
  Sheet sheet;
  sheet.add("state", word(status.at("state")) + " since " + short_time(status.at("since")));
  sheet.add("version", word(status.at("version")));
  sheet.add("live calls", word(status.at("calls")));
  sheet.add("configuration", snapshot_text(status.at("snapshot")));
  for (const auto& [name, count] : status.at("counters").items()) sheet.add(name, word(count));
  for (const Json& warning : status.at("warnings")) sheet.add("warning", word(warning));
  if (const std::string notices = notices_text(status.at("notices")); !notices.empty()) {
    sheet.add("notices", notices);
  }
  if (const Json& refused = status.at("refused_reload"); !refused.is_null()) {
    sheet.add("refused reload", short_time(refused.at("at")) + " by " + word(refused.at("by")) +
                                    ": " + counted(refused.at("errors"), "error") + ", first " +
                                    word(refused.at("first")));
  }
  sheet.print(out);
  print_trunks(out, status.at("trunks"));
}

int status(Session& session) {
  return show(session, session.office.ask("GET", "/status"),
              [&session](const Json& body) { print_status(session.out, body); });
}

struct ReloadFlags {
  bool skip_bad = false;
  bool dry_run = false;
};

int reload(Session& session, const ReloadFlags& flags) {
  const std::string ask =
      admin::to_text({{"skip_bad", flags.skip_bad}, {"dry_run", flags.dry_run}});
  return show(session, session.office.ask("POST", "/reload", ask),
              [&session](const Json& body) { print_reload(session.out, body); });
}

}  // namespace

void print_reload(std::ostream& out, const Json& body) {
  print_problems(out, body);
  const Json& snapshot = body.at("snapshot");
  if (body.at("dry_run").get<bool>()) {
    out << "a reload would be accepted: " << counted(snapshot.at("hotlines"), "hotline") << ", "
        << counted(snapshot.at("trunks"), "trunk") << "\nit would change: ";
  } else {
    out << "reloaded: " << snapshot_text(snapshot) << '\n';
  }
  out << printable(body.at("changes").at("words").get<std::string>()) << '\n';
  for (const Json& key : body.at("at_restart")) {
    out << printable(key.get<std::string>()) << " changed: takes effect at a restart\n";
  }
}

void add_server_commands(CLI::App& app, Session& session) {
  add_command(app, session, "status", "Show the running server", "hotlinectl status",
              [&session] { return status(session); });
  const auto flags = std::make_shared<ReloadFlags>();
  CLI::App* reload_command = add_command(
      app, session, "reload",
      "Have the running server read its configuration again; live calls keep the old one",
      "hotlinectl reload --dry-run && hotlinectl reload",
      [&session, flags] { return reload(session, *flags); });
  reload_command->add_flag("--skip-bad", flags->skip_bad,
                           "Leave bad lines of caller lists' files out instead of refusing all");
  reload_command->add_flag("--dry-run", flags->dry_run,
                           "Say what would change, and change nothing");
}

}  // namespace hotline::ctl
