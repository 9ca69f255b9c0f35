// phone list|pause|resume and caller list|block|lift: who is not rung, and who is not let in, in
// the running server.
#include <memory>

#include "admin/checks.h"
#include "ctl/command.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

std::string until(const Json& phone) {
  if (!phone.at("paused").get<bool>()) return "";
  return phone.at("paused_until").is_null() ? "until resumed"
                                            : "until " + short_time(phone.at("paused_until"));
}

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : ""; }

void print_phones(std::ostream& out, const Json& phones) {
  Table table({{"HOTLINE"},
               {"PHONE"},
               {"ADDRESS"},
               {"LINES", Align::right},
               {"IN USE", Align::right},
               {"PAUSED"},
               {"WHY"}});
  for (const Json& phone : phones) {
    table.add({word(phone.at("hotline")), word(phone.at("name")), word(phone.at("address")),
               word(phone.at("lines")), word(phone.at("in_use")), until(phone),
               text_of(phone.at("why"))});
  }
  if (table.empty()) {
    out << "no phones\n";
    return;
  }
  table.print(out);
}

void print_blocks(std::ostream& out, const Json& callers) {
  Table table({{"CALLER"}, {"SINCE"}, {"UNTIL"}, {"WHY"}});
  for (const Json& caller : callers) {
    table.add({word(caller.at("caller")), short_time(caller.at("since")),
               short_time(caller.at("until")), text_of(caller.at("why"))});
  }
  if (table.empty()) {
    out << "no caller is blocked\n";
    return;
  }
  table.print(out);
}

struct Named {
  std::string hotline;
  std::string phone;
  std::string caller;
  std::string how_long;
  std::string why;
};

CLI::Validator duration() {
  return checked_by([](const std::string& text) { return admin::parse_duration(text).has_value(); },
                    admin::kDurationRule);
}

CLI::Validator reason_or_none() {
  return checked_by([](const std::string& text) { return admin::is_reason(text); },
                    admin::kReasonRule);
}

void add_phone(CLI::App* command, const std::shared_ptr<Named>& named) {
  command->add_option("HOTLINE", named->hotline, "The 400 number")->type_name("")->required();
  command->add_option("PHONE", named->phone, "The phone's name")->type_name("")->required();
}

void add_how_long(CLI::App* command, const std::shared_ptr<Named>& named, const char* what) {
  command->add_option("--for", named->how_long, what)->type_name("TIME")->check(duration());
  command->add_option("--why", named->why, "For others to read")
      ->type_name("TEXT")
      ->check(reason_or_none());
}

}  // namespace

void add_phone_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "phone", "Phones: who is rung");
  const auto named = std::make_shared<Named>();
  add_command(*group, session, "list", "List all phones, their lines and pauses",
              "hotlinectl phone list", [&session] {
                return show(session, session.office.ask("GET", "/phones"), [&](const Json& answer) {
                  print_phones(session.out, answer.at("phones"));
                });
              });
  CLI::App* pause = add_command(
      *group, session, "pause",
      "Do not ring a phone; calls it has go on. It is paused in every hotline it is bound to",
      "hotlinectl phone pause 4001234567 desk --for 30m --why lunch", [&session, named] {
        const Json body{{"hotline", named->hotline},
                        {"phone", named->phone},
                        {"for", named->how_long},
                        {"why", named->why}};
        return show(session, session.office.ask("POST", "/phones/pause", body.dump()),
                    [&](const Json& answer) {
                      const Json& phone = answer.at("phone");
                      session.out << "phone " << word(phone.at("name")) << " is paused "
                                  << until(phone) << '\n';
                    });
      });
  add_phone(pause, named);
  add_how_long(pause, named, "How long, as 30m or 2h; else until it is resumed");
  add_phone(add_command(*group, session, "resume", "Ring a paused phone again",
                        "hotlinectl phone resume 4001234567 desk",
                        [&session, named] {
                          const Json body{{"hotline", named->hotline}, {"phone", named->phone}};
                          return show(
                              session, session.office.ask("POST", "/phones/resume", body.dump()),
                              [&](const Json& answer) {
                                session.out << "phone " << word(answer.at("phone").at("name"))
                                            << " is rung again\n";
                              });
                        }),
            named);
}

void add_caller_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "caller", "Callers that are refused for a while");
  const auto named = std::make_shared<Named>();
  const auto add_caller = [&named](CLI::App* command) {
    command->add_option("CALLER", named->caller, "The caller's number")
        ->type_name("")
        ->required()
        ->check(number_filter());
  };
  add_command(*group, session, "list", "List the blocked callers, and why they are",
              "hotlinectl caller list", [&session] {
                return show(
                    session, session.office.ask("GET", "/callers"),
                    [&](const Json& answer) { print_blocks(session.out, answer.at("callers")); });
              });
  CLI::App* block = add_command(
      *group, session, "block", "Refuse a caller at every hotline that does not whitelist it",
      "hotlinectl caller block +8613900000000 --for 7d --why \"prank calls\"", [&session, named] {
        const Json body{{"caller", named->caller}, {"for", named->how_long}, {"why", named->why}};
        return show(session, session.office.ask("POST", "/callers/block", body.dump()),
                    [&](const Json& answer) {
                      const Json& caller = answer.at("caller");
                      session.out << "caller " << word(caller.at("caller")) << " is blocked until "
                                  << short_time(caller.at("until")) << '\n';
                    });
      });
  add_caller(block);
  named->how_long = "1d";
  add_how_long(block, named, "How long, as 2h or 7d; else a day");
  add_caller(add_command(*group, session, "lift", "Let a blocked caller in again",
                         "hotlinectl caller lift +8613900000000", [&session, named] {
                           const Json body{{"caller", named->caller}};
                           return show(
                               session, session.office.ask("POST", "/callers/lift", body.dump()),
                               [&](const Json& answer) {
                                 session.out << "caller " << word(answer.at("caller").at("caller"))
                                             << " may call again\n";
                               });
                         }));
}

}  // namespace hotline::ctl
