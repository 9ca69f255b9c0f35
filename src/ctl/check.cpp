// check: reads the configuration as the server would, and says everything that is wrong with it.
#include <memory>

#include "config/load.h"
#include "ctl/command.h"
#include "ctl/problems.h"
#include "numbering/numbering.h"
#include "server/problem_views.h"

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

struct CheckFlags {
  bool strict = false;
  bool skip_bad = false;
};

int check(Session& session, const CheckFlags& flags) {
  const auto directory = config_dir(session.options);
  const auto loaded = config::load(directory, {.today = session.clock().wall,
                                               .regions = region::builtin_table(),
                                               .read_number = numbering::read_caller,
                                               .accounts = known_accounts(session.office),
                                               .strict = flags.strict,
                                               .skip_bad = flags.skip_bad});
  const auto problems = server::views_of(loaded ? loaded->warnings : loaded.error());
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
  const auto flags = std::make_shared<CheckFlags>();
  CLI::App* command = add_command(app, session, "check",
                                  "Read the configuration and say everything that is wrong with it",
                                  "hotlinectl --config /etc/hotline check --strict",
                                  [&session, flags] { return check(session, *flags); });
  command->add_flag("--strict", flags->strict, "Take a calendar that ends soon for an error");
  command->add_flag("--skip-bad", flags->skip_bad,
                    "Leave bad lines of caller lists' files out, as reload --skip-bad would");
}

}  // namespace hotline::ctl
