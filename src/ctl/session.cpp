#include "ctl/session.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "ctl/problems.h"
#include "ctl/text.h"

namespace hotline::ctl {
namespace {

using admin::Json;

void print_json(std::ostream& out, const Json& body) { out << admin::to_text(body, 2) << '\n'; }

}  // namespace

int show(Session& session, const Office::Result& result,
         const std::function<void(const Json&)>& render) {
  if (!result) return show_unreachable(session, result.error());
  if (result->is_refusal()) return show_problem(session, *result);
  show_made(session, result->body, render);
  return kDone;
}

void show_made(Session& session, const Json& made, const std::function<void(const Json&)>& render) {
  if (session.options.json) {
    print_json(session.out, made);
  } else {
    render(made);
  }
}

int show_problem(Session& session, const admin::Answer& refusal) {
  if (session.options.json) {
    print_json(session.out, refusal.body);
    return kProblem;
  }
  print_problems(session.out, refusal.body);
  const Json error = refusal.body.value("error", Json::object());
  session.err << "hotlinectl: " << printable(error.value("message", "the server refused")) << "\n  "
              << printable(error.value("hint", "see its log")) << '\n';
  return kProblem;
}

int cannot_write(Session& session, const std::string& what) {
  return show_problem(session, admin::refusal(500, "cannot_write", what,
                                              "see that there is room, that it is a file, and "
                                              "that this user may write there"));
}

int cannot_read(Session& session, const std::string& what) {
  return show_problem(session, admin::refusal(500, "cannot_read", what,
                                              "run it as the user that the server runs as, in "
                                              "the server's version"));
}

int show_unreachable(Session& session, const admin::Unreachable& why) {
  if (session.options.json) {
    print_json(
        session.out,
        admin::refusal(503, "unreachable", "the server cannot be reached", why.message).body);
  } else {
    session.err << "hotlinectl: " << why.message << '\n';
  }
  return kUnreachable;
}

std::string short_time(const Json& time) {
  constexpr std::size_t kToTheSecond = 19;
  if (!time.is_string()) return "-";
  std::string text = time.get<std::string>().substr(0, kToTheSecond);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::string seconds(const Json& milliseconds) {
  const auto ms = milliseconds.get<std::int64_t>();
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%lld.%01lld s", static_cast<long long>(ms / 1000),
                static_cast<long long>(ms % 1000 / 100));
  return text.data();
}

std::string word(const Json& value) {
  if (value.is_null()) return "-";
  if (!value.is_string()) return value.dump();
  const auto text = value.get<std::string>();
  return text.empty() ? "-" : text;
}

}  // namespace hotline::ctl
