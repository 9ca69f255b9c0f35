// call list|show|hangup: live calls of the running server.
#include <memory>

#include "ctl/command.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

// A call that has outlived a process of the server says so.
std::string state_of(const Json& call) {
  return word(call.at("state")) + (call.at("adopted").get<bool>() ? ", adopted" : "");
}

void print_calls(std::ostream& out, const Json& calls) {
  Table table({{"RECEIVED"}, {"HOTLINE"}, {"CALLER"}, {"STATE"}, {"PHONE"}, {"CALL"}});
  for (const Json& call : calls) {
    table.add({short_time(call.at("received")), word(call.at("hotline")), word(call.at("caller")),
               state_of(call), word(call.at("answered_by")), word(call.at("id"))});
  }
  if (table.empty()) {
    out << "no live calls; finished ones: hotlinectl cdr list\n";
    return;
  }
  table.print(out);
}

void print_call(std::ostream& out, const Json& call) {
  Sheet sheet;
  for (const char* name : {"id", "state", "hotline", "account", "caller", "trunk"}) {
    sheet.add(name, word(call.at(name)));
  }
  sheet.add("received", short_time(call.at("received")));
  sheet.add("answered", short_time(call.at("answered")));
  sheet.add("answered by", word(call.at("answered_by")));
  if (call.at("adopted").get<bool>()) sheet.add("adopted", "went on after a restart");
  sheet.print(out);
}

}  // namespace

void add_call_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "call", "Live calls");
  const auto id = std::make_shared<std::string>();
  const auto add_id = [&id](CLI::App* command) {
    command->add_option("ID", *id, "The call, from call list")
        ->type_name("")
        ->required()
        ->check(call_id());
  };
  add_command(*group, session, "list", "List the live calls", "hotlinectl call list", [&session] {
    return show(session, session.office.ask("GET", "/calls"),
                [&](const Json& answer) { print_calls(session.out, answer.at("calls")); });
  });
  add_id(add_command(*group, session, "show", "Show one live call",
                     "hotlinectl call show 01900000-0001-7000-8000-000000000001", [&session, id] {
                       return show(
                           session, session.office.ask("GET", "/calls/" + *id),
                           [&](const Json& answer) { print_call(session.out, answer.at("call")); });
                     }));
  add_id(add_command(
      *group, session, "hangup", "End one live call; it is billed to this moment",
      "hotlinectl call hangup 01900000-0001-7000-8000-000000000001", [&session, id] {
        return show(session, session.office.ask("DELETE", "/calls/" + *id), [&](const Json&) {
          session.out << "ending call " << *id << "; its record: hotlinectl cdr show " << *id
                      << '\n';
        });
      }));
}

}  // namespace hotline::ctl
