#include "ctl/draft.h"

#include <set>
#include <string>

#include "ctl/problems.h"
#include "numbering/numbering.h"
#include "server/problem_views.h"
#include "server/regions.h"

namespace hotline::ctl {
namespace {

using admin::Json;

// The accounts of a running server, so that a hotline of an account nobody opened is told. The
// lock of a stopped one is not taken for that: it may be starting.
std::optional<std::set<std::string, std::less<>>> known_accounts(Office& office) {
  const auto answer = office.ask_server("GET", "/accounts");
  if (!answer || answer->is_refusal()) return std::nullopt;
  std::set<std::string, std::less<>> names;
  for (const Json& account : answer->body.at("accounts")) {
    names.insert(account.at("name").get<std::string>());
  }
  return names;
}

}  // namespace

Draft read_draft(Session& session, const DraftFlags& flags) {
  Draft draft;
  draft.directory = config_dir(session.options);
  const auto settings = config::settings_even_if_bad(config::DiskFiles(draft.directory));
  const auto regions = server::read_regions(settings ? settings->state_dir : "");
  draft.problems = regions.warnings;
  auto loaded = config::load(draft.directory, {.today = session.clock().wall,
                                               .regions = regions.table,
                                               .read_number = numbering::read_caller,
                                               .accounts = known_accounts(session.office),
                                               .strict = flags.strict,
                                               .skip_bad = flags.skip_bad});
  const auto& of_files = loaded ? loaded->warnings : loaded.error();
  draft.problems.insert(draft.problems.end(), of_files.begin(), of_files.end());
  if (loaded) draft.loaded = std::move(*loaded);
  return draft;
}

int refuse_draft(Session& session, const Draft& draft) {
  const auto problems = server::views_of(draft.problems);
  if (session.options.json) {
    session.out << admin::to_text(admin::problem_list(problems), 2) << '\n';
  } else {
    print_problems(session.out, admin::problem_list(problems));
  }
  session.err << "hotlinectl: " << draft.directory.string()
              << " cannot be used; a running server keeps the configuration it has\n";
  return kProblem;
}

}  // namespace hotline::ctl
