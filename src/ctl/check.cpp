// check: reads the configuration as the server would, and says everything that is wrong with it.
#include <memory>

#include "ctl/command.h"
#include "ctl/draft.h"
#include "ctl/problems.h"
#include "server/problem_views.h"
#include "server/prompts.h"

namespace hotline::ctl {
namespace {

// The server would play a tone in their place.
int refuse_prompts(Session& session, const std::vector<config::Problem>& prompts) {
  session.err << "hotlinectl: " << prompts.size() << (prompts.size() == 1 ? " prompt" : " prompts")
              << " cannot be played: callers would hear a tone instead\n";
  return kProblem;
}

int check(Session& session, const DraftFlags& flags) {
  Draft draft = read_draft(session, flags);
  if (!draft.loaded) return refuse_draft(session, draft);
  const auto prompts = server::load_prompts(draft.directory, *draft.loaded->snapshot).problems;
  draft.problems.insert(draft.problems.end(), prompts.begin(), prompts.end());
  const auto problems = admin::problem_list(server::views_of(draft.problems));
  if (session.options.json) {
    session.out << admin::to_text(problems, 2) << '\n';
    return prompts.empty() ? kDone : kProblem;
  }
  print_problems(session.out, problems);
  if (!prompts.empty()) return refuse_prompts(session, prompts);
  session.out << draft.directory.string() << ": good, " << draft.loaded->snapshot->hotlines.size()
              << " hotlines, " << draft.loaded->snapshot->trunks.size() << " trunks\n";
  return kDone;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<DraftFlags>();
  CLI::App* command = add_command(app, session, "check",
                                  "Read the configuration and say everything that is wrong with it",
                                  "hotlinectl --config /etc/hotline check --strict",
                                  [&session, flags] { return check(session, *flags); });
  command->add_flag("--strict", flags->strict, "Take a calendar that ends soon for an error");
  command->add_flag("--skip-bad", flags->skip_bad,
                    "Leave bad lines of caller lists' files out, as reload --skip-bad would");
}

}  // namespace hotline::ctl
