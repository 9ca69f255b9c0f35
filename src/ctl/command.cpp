#include "ctl/command.h"

#include <pwd.h>
#include <unistd.h>

#include "hotline/base/ids.h"
#include "hotline/region/region.h"

#include "admin/checks.h"
#include "admin/times.h"
#include "ctl/text.h"

namespace hotline::ctl {
namespace {

// Who runs this command.
std::string login_name() {
  const passwd* user = ::getpwuid(::getuid());
  return user == nullptr ? "uid " + std::to_string(::getuid()) : user->pw_name;
}

}  // namespace

CLI::App* add_command(CLI::App& parent, Session& session, const std::string& name,
                      const std::string& what, const std::string& example,
                      std::function<int()> run) {
  CLI::App* command = parent.add_subcommand(name, what);
  command->footer("Example:\n  " + example);
  command->callback([&session, run = std::move(run)] { session.chosen = run; });
  return command;
}

CLI::App* add_group(CLI::App& parent, const std::string& name, const std::string& what) {
  CLI::App* group = parent.add_subcommand(name, what);
  group->require_subcommand(1);
  return group;
}

CLI::Validator checked_by(bool (*accepts)(const std::string&), const std::string& wanted) {
  return {[accepts, wanted](std::string& text) {
            return accepts(text) ? std::string() : "\"" + printable(text) + "\": give " + wanted;
          },
          ""};
}

CLI::Validator account_name() {
  return checked_by([](const std::string& text) { return admin::is_account_name(text); },
                    admin::kAccountNameRule);
}

CLI::Validator amount() {
  return checked_by([](const std::string& text) { return admin::parse_amount(text).has_value(); },
                    admin::kAmountRule);
}

CLI::Validator adjustment() {
  return checked_by(
      [](const std::string& text) { return admin::parse_adjustment(text).has_value(); },
      admin::kAdjustmentRule);
}

CLI::Validator person() {
  return checked_by([](const std::string& text) { return admin::is_person(text); },
                    admin::kPersonRule);
}

CLI::Validator reason() {
  return checked_by([](const std::string& text) { return !text.empty() && admin::is_reason(text); },
                    admin::kReasonRule);
}

CLI::Validator reference() {
  return checked_by([](const std::string& text) { return admin::is_reference(text); },
                    admin::kReferenceRule);
}

CLI::Validator number_filter() {
  return checked_by([](const std::string& text) { return admin::is_number_filter(text); },
                    admin::kNumberFilterRule);
}

CLI::Validator call_id() {
  return checked_by([](const std::string& text) { return CallId::parse(text).has_value(); },
                    "a call id, from call list or cdr list");
}

CLI::Validator province() {
  return {[](std::string& text) {
            return region::province_named(text)
                       ? std::string()
                       : "\"" + printable(text) + "\": give " + admin::province_rule(text);
          },
          ""};
}

CLI::Validator time_or_date() {
  return checked_by(
      [](const std::string& text) {
        return admin::parse_time(text, admin::Edge::begin).has_value();
      },
      admin::kTimeRule);
}

CLI::Validator moment() {
  return checked_by([](const std::string& text) { return parse_moment(text).has_value(); },
                    "a time: \"2026-10-01 09:00\" (China's time), or RFC 3339");
}

std::optional<WallTime> parse_moment(const std::string& text) {
  constexpr std::size_t kToTheMinute = 16;
  if (text.size() == kToTheMinute && text[10] == ' ') {
    std::string exact = text + ":00+08:00";
    exact[10] = 'T';
    return admin::parse_time(exact, admin::Edge::begin);
  }
  return admin::parse_time(text, admin::Edge::begin);
}

void add_person(CLI::App* command, std::string& by, const std::string& what) {
  by = login_name();
  command->add_option("--by", by, what + "; you, where nobody else is named")
      ->type_name("NAME")
      ->check(person());
}

void add_reason(CLI::App* command, std::string& why) {
  command->add_option("--why", why, "Why, for those who read the books")
      ->type_name("TEXT")
      ->required()
      ->check(reason());
}

}  // namespace hotline::ctl
