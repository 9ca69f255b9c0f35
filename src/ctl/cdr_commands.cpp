// cdr list|show|export|note: records of finished calls.
#include <memory>

#include "admin/checks.h"
#include "ctl/columns.h"
#include "ctl/command.h"
#include "ctl/export.h"
#include "ctl/page.h"
#include "ctl/table.h"
#include "ctl/text.h"
#include "ctl/zone.h"

namespace hotline::ctl {
namespace {

using admin::Json;

struct Filter {
  Page page;
  std::string hotline;
  std::string account;
  std::string caller;
  std::string caller_province;
  std::string phone_province;
  std::string result;
  std::string phone;
  std::string rang;

  Conditions conditions() const {
    return {{"account", account},
            {"hotline", hotline},
            {"caller", caller},
            {"caller_province", caller_province},
            {"phone_province", phone_province},
            {"result", result},
            {"phone", phone},
            {"rang", rang}};
  }
  std::string target() const { return page.target("/cdrs", conditions()); }
};

void add_filters(CLI::App* command, Filter& filter) {
  command->add_option("--hotline", filter.hotline, "To this 400 number")
      ->type_name("NUMBER")
      ->check(number_filter());
  command->add_option("--account", filter.account, "Of this account")
      ->type_name("NAME")
      ->check(account_name());
  command->add_option("--caller", filter.caller, "From this number: +86…, or as received")
      ->type_name("NUMBER")
      ->check(number_filter());
  command->add_option("--caller-province", filter.caller_province, "From callers of this province")
      ->type_name("NAME")
      ->check(province());
  command
      ->add_option("--phone-province", filter.phone_province,
                   "Answered by a phone of this province")
      ->type_name("NAME")
      ->check(province());
  command
      ->add_option("--result", filter.result,
                   "answered, unanswered, refused (no phone was tried), or why it ended: "
                   "no_answer, all_busy, cancelled, ...")
      ->type_name("RESULT")
      ->check(checked_by([](const std::string& text) { return admin::is_result_filter(text); },
                         admin::kResultFilterRule));
  const auto a_phone =
      checked_by([](const std::string& text) { return admin::is_phone_filter(text); },
                 admin::kPhoneFilterRule);
  command->add_option("--phone", filter.phone, "Answered by this phone")
      ->type_name("NAME")
      ->check(a_phone);
  command->add_option("--rang", filter.rang, "That tried this phone, answered or not")
      ->type_name("NAME")
      ->check(a_phone);
}

std::string caller_of(const Json& record) {
  const std::string e164 = record.at("caller_e164").get<std::string>();
  return e164.empty() ? word(record.at("caller_raw")) : e164;
}

std::string place_of(const Json& record) {
  const std::string province = record.at("province").get<std::string>();
  const std::string city = record.at("city").get<std::string>();
  return city.empty() || city == province ? province : province + " " + city;
}

void print_records(std::ostream& out, const Json& records) {
  Table table({{"SEQ", Align::right},
               {"RECEIVED"},
               {"HOTLINE"},
               {"CALLER"},
               {"FROM"},
               {"PHONE"},
               {"TALK", Align::right},
               {"CHARGE", Align::right},
               {"ENDED"},
               {"CALL"}});
  for (const Json& record : records) {
    table.add({word(record.at("seq")), short_time(record.at("received")),
               word(record.at("hotline")), caller_of(record), place_of(record),
               word(record.at("answered_by")), seconds(record.at("talk_ms")),
               word(record.at("charge")), word(record.at("release").at("cause")),
               word(record.at("id"))});
  }
  if (table.empty()) {
    out << "no call records\n";
    return;
  }
  table.print(out);
}

void print_attempts(std::ostream& out, const Json& attempts) {
  Table table(
      {{"PHONE"}, {"STARTED"}, {"RANG", Align::right}, {"RESULT"}, {"STATUS", Align::right}});
  for (const Json& attempt : attempts) {
    table.add({word(attempt.at("phone")), short_time(attempt.at("started")),
               seconds(attempt.at("rang_ms")), word(attempt.at("result")),
               word(attempt.at("status"))});
  }
  out << "\nattempts\n";
  if (table.empty()) {
    out << "no phone rang\n";
  } else {
    table.print(out);
  }
}

void print_trace(std::ostream& out, std::string_view trace) {
  out << "\nwhy it went there\n";
  while (!trace.empty()) {
    const auto line = trace.substr(0, trace.find('\n'));
    out << printable(line) << '\n';
    trace.remove_prefix(std::min(trace.size(), line.size() + 1));
  }
}

void print_notes(std::ostream& out, const Json& notes) {
  if (notes.empty()) return;
  Table table({{"AT"}, {"KIND"}, {"BY"}, {"TEXT"}});
  for (const Json& note : notes) {
    table.add({short_time(note.at("at")), word(note.at("kind")), word(note.at("by")),
               word(note.at("text"))});
  }
  out << "\nnoted later\n";
  table.print(out);
}

std::string rate_of(const Json& record) {
  const std::string rate = record.at("rate").get<std::string>();
  return rate.empty() ? "" : ", by rate " + rate;
}

void print_record(std::ostream& out, const Json& record) {
  const Json& release = record.at("release");
  Sheet sheet;
  for (const char* name : {"seq", "id", "account", "hotline", "trunk"}) {
    sheet.add(name, word(record.at(name)));
  }
  sheet.add("caller", caller_of(record) + ", sent as " + word(record.at("caller_raw")));
  sheet.add("from", place_of(record) + " " + word(record.at("area_code")) + " " +
                        word(record.at("carrier")));
  sheet.add("shown to phones", word(record.at("presented")));
  for (const char* name : {"received", "first_ring", "answered", "bridged", "ended"}) {
    sheet.add(name, word(record.at(name)));
  }
  sheet.add("answered by", word(record.at("answered_by")));
  if (record.at("menu") != "") sheet.add("chose", word(record.at("menu")));
  if (record.at("waited_ms") != 0) sheet.add("waited", seconds(record.at("waited_ms")));
  if (record.at("survey") != 0) sheet.add("caller's mark", word(record.at("survey")) + " of 5");
  if (record.at("recording") != "") sheet.add("recording", word(record.at("recording")));
  sheet.add("rang", seconds(record.at("ring_ms")));
  sheet.add("talked", seconds(record.at("talk_ms")));
  sheet.add("billed", word(record.at("billed_s")) + " s at " + word(record.at("price_per_min")) +
                          " yuan a minute");
  sheet.add("tariff", word(record.at("tariff")) + rate_of(record));
  sheet.add("charge", word(record.at("charge")) + " yuan");
  if (record.at("caller_fee") != "0.000") {
    sheet.add("caller's fee", word(record.at("caller_fee")) + " yuan (information)");
  }
  sheet.add("ended by", word(release.at("by")) + ": " + word(release.at("cause")) + " (" +
                            word(release.at("status")) + ", Q.850 " + word(release.at("q850")) +
                            "), proved by " + word(record.at("evidence")));
  if (record.at("calls") != 1) sheet.add("stands for", word(record.at("calls")) + " refusals");
  sheet.add("caller's leg", word(record.at("caller_leg_id")));
  sheet.add("phone's leg", word(record.at("phone_leg_id")));
  sheet.print(out);
  print_attempts(out, record.at("attempts"));
  print_trace(out, record.at("trace").get_ref<const std::string&>());
  print_notes(out, record.value("notes", Json::array()));
}

void add_list(CLI::App& group, Session& session) {
  const auto filter = std::make_shared<Filter>();
  CLI::App* command = add_command(
      group, session, "list", "List call records, the newest first",
      "hotlinectl cdr list --hotline 4001234567 --from 2026-01-01 --to 2026-01-31",
      [&session, filter] {
        return show(session, session.office.ask("GET", filter->target()), [&](const Json& answer) {
          print_records(session.out, answer.at("cdrs"));
          hint_at_next(session.err, answer);
        });
      });
  add_page(command, filter->page);
  add_filters(command, *filter);
}

void add_show(CLI::App& group, Session& session) {
  const auto id = std::make_shared<std::string>();
  CLI::App* command = add_command(
      group, session, "show", "Show all of one record: its attempts, and why it went there",
      "hotlinectl cdr show 01900000-0001-7000-8000-000000000001", [&session, id] {
        return show(session, session.office.ask("GET", "/cdrs/" + *id),
                    [&](const Json& answer) { print_record(session.out, answer.at("cdr")); });
      });
  command->add_option("ID", *id, "The call, from cdr list")
      ->type_name("")
      ->required()
      ->check(call_id());
}

int note(Session& session, const Json& wish, const std::string& id) {
  const auto result = session.office.ask("POST", "/cdrs/" + id + "/notes", admin::to_text(wish));
  return show(session, result, [&](const Json& answer) {
    session.out << (answer.at("applied") == "before" ? "that is noted already about "
                                                     : "noted about ")
                << id << '\n';
  });
}

void add_note(CLI::App& group, Session& session) {
  struct Wish {
    std::string id, kind, text, by;
  };
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      group, session, "note",
      "Note a fact that came to be known later; the record itself never changes, nor does a note",
      "hotlinectl cdr note 01900000-0001-7000-8000-000000000001 --kind called_back --text "
      "'at 10:30, ordered' --by wang",
      [&session, wish] {
        return note(session, {{"kind", wish->kind}, {"text", wish->text}, {"by", wish->by}},
                    wish->id);
      });
  command->add_option("ID", wish->id, "The call, from cdr list")
      ->type_name("")
      ->required()
      ->check(call_id());
  command->add_option("--kind", wish->kind, "called_back, survey, recording or remark")
      ->type_name("KIND")
      ->required()
      ->check(CLI::IsMember({"called_back", "survey", "recording", "remark"}));
  command->add_option("--text", wish->text, "What is to be known")
      ->type_name("TEXT")
      ->required()
      ->check(checked_by([](const std::string& text) { return admin::is_note(text); },
                         admin::kNoteRule));
  add_person(command, wish->by, "Who says so");
}

struct ExportWish {
  Filter filter;
  ExportPeriod period;
  Export how;
};

int run_export(Session& session, ExportWish& wish) {
  if (wish.period.zone.empty() && !wish.filter.hotline.empty()) {
    wish.period.zone = admin::to_text(zone_of_hotline(session, wish.filter.hotline));
  }
  settle(wish.period, wish.filter.page, wish.filter.conditions(), wish.how);
  return export_cdrs(session, wish.how, [&wish](const std::string& after) {
    wish.filter.page.after = after;
    return wish.filter.target();
  });
}

void add_export(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<ExportWish>();
  CLI::App* command =
      add_command(group, session, "export", "Write call records for a spreadsheet or a program",
                  "hotlinectl cdr export --account acme --from 2026-01-01 --to 2026-01-31 "
                  "--format xlsx --headers zh -o january.xlsx",
                  [&session, wish] { return run_export(session, *wish); });
  add_export_period(command, wish->filter.page, wish->period,
                    "of --hotline by its schedules, else China's, +08:00");
  add_filters(command, wish->filter);
  add_export_options(command, wish->how, names_of(cdr_columns()),
                     [](const std::string& name) { return has_column(cdr_columns(), name); });
}

}  // namespace

void add_cdr_commands(CLI::App& app, Session& session) {
  CLI::App* group = add_group(app, "cdr", "Records of finished calls");
  add_list(*group, session);
  add_show(*group, session);
  add_export(*group, session);
  add_note(*group, session);
}

}  // namespace hotline::ctl
