// What commands share: where they write, how they show an answer, their exit codes and the checks
// of their arguments.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "ctl/office.h"
#include "ctl/site.h"

namespace hotline::ctl {

enum Exit : int {
  kDone = 0,
  kProblem = 1,  // found, or refused
  kUsage = 2,
  kUnreachable = 3,
};

struct Session {
  const Options& options;
  Office& office;
  Clock clock;
  std::ostream& out;
  std::ostream& err;
  std::function<int()> chosen{};  // the command that the arguments named
  bool is_terminal = false;       // `err`: a person watches
};

// Shows an answer: as it is with --json, else by `render`; a refusal with its hint.
// Returns: the exit code.
int show(Session& session, const Office::Result& result,
         const std::function<void(const admin::Json&)>& render);
// What was made here, not answered by the server, in the same shapes.
void show_made(Session& session, const admin::Json& made,
               const std::function<void(const admin::Json&)>& render);
// One problem, in the same shapes.
int show_problem(Session& session, const admin::Answer& refusal);
// What could not be written, and what could not be read from the database.
int cannot_write(Session& session, const std::string& what);
int cannot_read(Session& session, const std::string& what);
int show_unreachable(Session& session, const admin::Unreachable& why);

// Adds a command that runs `run` when it is chosen. `example` stands at the end of its --help.
CLI::App* add_command(CLI::App& parent, Session& session, const std::string& name,
                      const std::string& what, const std::string& example,
                      std::function<int()> run);
// Adds a command that only groups others.
CLI::App* add_group(CLI::App& parent, const std::string& name, const std::string& what);

// Checks of arguments; what fails is a matter of usage.
CLI::Validator checked_by(bool (*accepts)(const std::string&), const std::string& wanted);
CLI::Validator account_name();
CLI::Validator amount();
CLI::Validator adjustment();
CLI::Validator reference();
CLI::Validator person();
CLI::Validator reason();
CLI::Validator number_filter();
CLI::Validator call_id();
CLI::Validator province();
CLI::Validator time_or_date();
CLI::Validator moment();

// "2026-10-01 09:00" in China's time, or what admin::parse_time reads.
std::optional<WallTime> parse_moment(const std::string& text);

// The option --by: whoever runs the command, where nobody else is named.
void add_person(CLI::App* command, std::string& by, const std::string& what);
// The option --why, which has to be given.
void add_reason(CLI::App* command, std::string& why);

// "2026-01-02 03:04:05" of a time in an answer; "-" where there is none.
std::string short_time(const admin::Json& time);
// "61.0 s"
std::string seconds(const admin::Json& milliseconds);
// The text of a member; numbers as digits, null and empty as "-".
std::string word(const admin::Json& value);

// What a reload's answer says.
void print_reload(std::ostream& out, const admin::Json& body);

void add_audit(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_rehearse(CLI::App& app, Session& session);
void add_rate(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_server_commands(CLI::App& app, Session& session);
void add_account_commands(CLI::App& app, Session& session);
void add_call_commands(CLI::App& app, Session& session);
void add_phone_commands(CLI::App& app, Session& session);
void add_caller_commands(CLI::App& app, Session& session);
void add_cdr_commands(CLI::App& app, Session& session);
void add_ledger_commands(CLI::App& app, Session& session);
void add_notice_commands(CLI::App& app, Session& session);
void add_statement(CLI::App& app, Session& session);
void add_region_commands(CLI::App& app, Session& session);
void add_schedule_commands(CLI::App& app, Session& session);
void add_config_commands(CLI::App& app, Session& session);

}  // namespace hotline::ctl
