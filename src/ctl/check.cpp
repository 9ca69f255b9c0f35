// check: reads the configuration as the server would, and says everything that is wrong with it.
#include <memory>

#include "config/load.h"
#include "ctl/command.h"
#include "ctl/problems.h"
#include "numbering/numbering.h"
#include "server/problem_views.h"
#include "server/regions.h"

namespace hotline::ctl {
namespace {

using admin::Json;

// The accounts of a running server, so that a hotline of an account nobody opened is told. The
// lock of a stopped one is not taken for that: it may be starting.
std::optional<std::set<std::string, std::less<>>> known_accounts(Office& office) {
  const auto answer = office.ask_server("GET", "/accounts");
  if (!answer || answer->is_refusal()) return std::nullopt;
  std::set<std::string, std::less<>> names;
  for (const Json& account : answer->body.at("accounts")) {
    names.insert(account.at("name").get<std::string>());
  }
  return names;
}

int check(Session& session, bool strict) {
  const auto directory = config_dir(session.options);
  const auto settings = config::settings_even_if_bad(config::DiskFiles(directory));
  const auto regions = server::read_regions(settings ? settings->state_dir : "");
  const auto loaded = config::load(directory, {.today = session.clock().wall,
                                               .regions = regions.table,
                                               .read_number = numbering::read_caller,
                                               .accounts = known_accounts(session.office),
                                               .strict = strict});
  auto found = regions.warnings;
  const auto& of_files = loaded ? loaded->warnings : loaded.error();
  found.insert(found.end(), of_files.begin(), of_files.end());
  const auto problems = server::views_of(found);
  if (session.options.json) {
    session.out << admin::to_text(admin::problem_list(problems), 2) << '\n';
    return loaded ? kDone : kProblem;
  }
  print_problems(session.out, admin::problem_list(problems));
  if (!loaded) {
    session.err << "hotlinectl: " << directory.string()
                << " cannot be used; a running server keeps the configuration it has\n";
    return kProblem;
  }
  session.out << directory.string() << ": good, " << loaded->snapshot->hotlines.size()
              << " hotlines, " << loaded->snapshot->trunks.size() << " trunks\n";
  return kDone;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  const auto strict = std::make_shared<bool>(false);
  CLI::App* command = add_command(app, session, "check",
                                  "Read the configuration and say everything that is wrong with it",
                                  "hotlinectl --config /etc/hotline check --strict",
                                  [&session, strict] { return check(session, *strict); });
  command->add_flag("--strict", *strict, "Take a calendar that ends soon for an error");
}

}  // namespace hotline::ctl
