#include "ctl/run.h"

#include <CLI/CLI.hpp>

#include "ctl/command.h"
#include "ctl/report_commands.h"

namespace hotline::ctl {
namespace {

void add_options(CLI::App& app, Options& options) {
  app.add_option("--config", options.config_dir,
                 "The configuration's directory; else ./config where it holds a hotline.toml, "
                 "else /etc/hotline")
      ->type_name("DIR");
  app.add_option("--socket", options.socket,
                 "The server's control socket; else server.control_socket of the configuration")
      ->type_name("PATH");
  app.add_flag("--json", options.json, "Answer in JSON, for programs");
}

}  // namespace

int run(int argc, const char* const* argv, const Clock& clock, std::ostream& out, std::ostream& err,
        bool is_terminal) {
  CLI::App app("Runs and looks after a Hotline400 server.", "hotlinectl");
  app.footer(
      "Each command has its own --help, with an example.\n"
      "Exit codes: 0 done, 1 problem found or refused, 2 usage, 3 server unreachable.");
  app.set_version_flag("--version", "hotlinectl " HOTLINE_VERSION);
  app.require_subcommand(1);
  app.fallthrough();  // the options above may stand behind the command too

  Options options;
  Office office(options, clock, err);
  Session session{options, office, clock, out, err};
  session.is_terminal = is_terminal;
  add_options(app, options);
  add_check(app, session);
  add_explain(app, session);
  add_rehearse(app, session);
  add_rate(app, session);
  add_server_commands(app, session);
  add_account_commands(app, session);
  add_call_commands(app, session);
  add_phone_commands(app, session);
  add_caller_commands(app, session);
  add_cdr_commands(app, session);
  add_ledger_commands(app, session);
  add_audit(app, session);
  add_notice_commands(app, session);
  add_statement(app, session);
  add_report_commands(app, session);
  add_region_commands(app, session);
  add_schedule_commands(app, session);
  add_config_commands(app, session);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted, out, err);
  } catch (const CLI::ParseError& error) {
    app.exit(error, out, err);
    return kUsage;
  }
  try {
    const int exit = session.chosen();
    // Else a full disk behind `>` would look like a short answer.
    if (exit != kDone || out.flush()) return exit;
    err << "hotlinectl: the answer could not be written\n";
    return kProblem;
  } catch (const admin::Json::exception& error) {
    err << "hotlinectl: the server's answer is not understood: is it of another version than "
        << HOTLINE_VERSION << "? (" << error.what() << ")\n";
    return kProblem;
  }
}

}  // namespace hotline::ctl
