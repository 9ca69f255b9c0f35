// What commands are made of: their names, options and the checks of their arguments.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "ctl/session.h"

namespace hotline::ctl {

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
