// notice list|resend: what accounts' owners have to be told, and whether they have been.
#include <cstdint>
#include <memory>

#include "ctl/command.h"
#include "ctl/page.h"
#include "ctl/table.h"

namespace hotline::ctl {
namespace {

using admin::Json;

// "balance 14.900, threshold 15.000"
std::string says(const Json& facts) {
  std::string text;
  for (const auto& [name, value] : facts.items()) {
    text += (text.empty() ? "" : ", ") + name + " " + word(value);
  }
  return text;
}

std::string state(const Json& notice) {
  if (notice.at("next").is_null()) return "delivered " + short_time(notice.at("sent"));
  if (notice.at("tries") == 0) return "waiting";
  return "failed " + word(notice.at("tries")) + "x, again " + short_time(notice.at("next"));
}

void print_notices(std::ostream& out, const Json& notices) {
  Table table(
      {{"SEQ", Align::right}, {"AT"}, {"ACCOUNT"}, {"KIND"}, {"SAYS"}, {"STATE"}, {"ERROR"}});
  for (const Json& notice : notices) {
    table.add({word(notice.at("seq")), short_time(notice.at("at")), word(notice.at("account")),
               word(notice.at("kind")), says(notice.at("says")), state(notice),
               word(notice.at("error"))});
  }
  if (table.empty()) {
    out << "no notices\n";
    return;
  }
  table.print(out);
}

void add_list(CLI::App& group, Session& session) {
  struct Filter {
    Page page;
    std::string account;
    bool pending = false;
  };
  const auto filter = std::make_shared<Filter>();
  CLI::App* command = add_command(
      group, session, "list", "List notices, the newest first",
      "hotlinectl notice list --pending --account acme", [&session, filter] {
        const std::string target = filter->page.target(
            "/notices", {{"account", filter->account}, {"pending", filter->pending ? "1" : ""}});
        return show(session, session.office.ask("GET", target), [&](const Json& answer) {
          print_notices(session.out, answer.at("notices"));
          hint_at_next(session.err, answer);
        });
      });
  add_page(command, filter->page);
  command->add_option("--account", filter->account, "To this account's owner")
      ->type_name("NAME")
      ->check(account_name());
  command->add_flag("--pending", filter->pending, "Only those that are not delivered yet");
}

void add_resend(CLI::App& group, Session& session) {
  const auto seq = std::make_shared<std::int64_t>(0);
  CLI::App* command = add_command(
      group, session, "resend", "Have a notice delivered now, also one that was delivered before",
      "hotlinectl notice resend 17", [&session, seq] {
        const std::string target = "/notices/" + std::to_string(*seq) + "/resend";
        return show(session, session.office.ask("POST", target), [&](const Json& answer) {
          const Json& notice = answer.at("notice");
          session.out << "notice " << word(notice.at("seq")) << " (" << word(notice.at("kind"))
                      << " of " << word(notice.at("account")) << ") will be delivered\n";
        });
      });
  command->add_option("SEQ", *seq, "Its number, by notice list")
      ->required()
      ->check(CLI::Range(std::int64_t{1}, INT64_MAX));
}

}  // namespace

void add_notice_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "notice", "What accounts' owners have to be told");
  add_list(*group, session);
  add_resend(*group, session);
}

}  // namespace hotline::ctl
