// check: reads the configuration as the server would, and says everything that is wrong with it.
#include <memory>

#include "ctl/command.h"
#include "ctl/draft.h"
#include "ctl/problems.h"
#include "server/problem_views.h"

namespace hotline::ctl {
namespace {

int check(Session& session, bool strict) {
  const Draft draft = read_draft(session, strict);
  if (!draft.loaded) return refuse_draft(session, draft);
  const auto problems = admin::problem_list(server::views_of(draft.problems));
  if (session.options.json) {
    session.out << admin::to_text(problems, 2) << '\n';
    return kDone;
  }
  print_problems(session.out, problems);
  session.out << draft.directory.string() << ": good, " << draft.loaded->snapshot->hotlines.size()
              << " hotlines, " << draft.loaded->snapshot->trunks.size() << " trunks\n";
  return kDone;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  const auto strict = std::make_shared<bool>(false);
  CLI::App* command = add_command(app, session, "check",
                                  "Read the configuration and say everything that is wrong with it",
                                  "hotlinectl --config /etc/hotline check --strict",
                                  [&session, strict] { return check(session, *strict); });
  command->add_flag("--strict", *strict, "Take a calendar that ends soon for an error");
}

}  // namespace hotline::ctl
