// What commands share when they run: where they write, how they show an answer, their exit codes.
#pragma once

#include <functional>
#include <ostream>
#include <string>

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

// "2026-01-02 03:04:05" of a time in an answer; "-" where there is none.
std::string short_time(const admin::Json& time);
// "61.0 s"
std::string seconds(const admin::Json& milliseconds);
// The text of a member; numbers as digits, null and empty as "-".
std::string word(const admin::Json& value);

}  // namespace hotline::ctl
