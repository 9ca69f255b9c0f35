#include "ctl/region_import.h"

#include <algorithm>
#include <filesystem>

#include "hotline/region/reading.h"

#include "ctl/problems.h"
#include "ctl/progress.h"
#include "ctl/region_sources.h"
#include "ctl/text.h"
#include "region_files/kept.h"
#include "region_files/read_file.h"

namespace hotline::ctl {
namespace {

using admin::Json;

// What is wrong with the file, as a configuration's problems are told. A phone.dat has no lines.
Json problems_of(const std::string& file, const region::Reading& reading) {
  std::vector<admin::ProblemView> views;
  for (const region::Flaw& flaw : reading.flaws) {
    if (reading.is_phone_dat && flaw.at > 0) {
      const std::string what = "entry " + std::to_string(flaw.at) + ": " + flaw.what;
      views.push_back({file, 0, 0, what, false});
    } else {
      views.push_back({file, static_cast<int>(flaw.at), flaw.at > 0 ? 1 : 0, flaw.what, false});
    }
  }
  return admin::problem_list(views);
}

int refuse(Session& session, const std::string& message, const std::string& hint) {
  return show_problem(session, admin::refusal(422, "not_imported", message, hint));
}

int refuse_flaws(Session& session, const std::string& file, const region::Reading& reading) {
  std::string message = file + " has " + std::to_string(reading.flaw_count) +
                        (reading.flaw_count == 1 ? " error" : " errors");
  if (reading.flaw_count > reading.flaws.size()) {
    message += ", of which the first " + std::to_string(reading.flaws.size()) + " are above";
  }
  admin::Answer answer = admin::refusal(422, "not_imported", message + "; nothing was imported",
                                        "mend them, or leave what is wrong out with --skip-bad");
  answer.body.update(problems_of(file, reading));
  answer.body["problem_count"] = reading.flaw_count;
  return show_problem(session, answer);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& one : words) text += (text.empty() ? "" : ", ") + one;
  return text;
}

Json summary(const region::Reading& reading, const std::filesystem::path& kept) {
  const auto& list = reading.entries.list;
  const auto area_codes = std::count_if(
      list.begin(), list.end(), [](const region::Entry& entry) { return entry.is_area_code; });
  return {{"mobile_prefixes", static_cast<std::ptrdiff_t>(list.size()) - area_codes},
          {"area_codes", area_codes},
          {"said_again", reading.said_again},
          {"left_out", reading.flaw_count},
          {"unused_columns", reading.unused_columns},
          {"kept_in", kept.string()}};
}

void print_summary(std::ostream& out, const Json& imported) {
  out << "imported " << imported.at("mobile_prefixes") << " prefixes of mobiles and "
      << imported.at("area_codes") << " area codes into "
      << imported.at("kept_in").get<std::string>() << '\n';
  if (imported.at("left_out") != 0)
    out << "  left out as wrong: " << imported.at("left_out") << '\n';
  if (imported.at("said_again") != 0) {
    out << "  said more than once: " << imported.at("said_again") << '\n';
  }
  const auto unused = imported.at("unused_columns").get<std::vector<std::string>>();
  if (!unused.empty()) out << "  columns not used: " << printable(joined(unused)) << '\n';
}

// Has a running server load its configuration, and with it the regions, again.
// Returns: the exit code.
int hand_over(Session& session, Json imported) {
  const auto answer = session.office.ask_server("POST", "/reload");
  const bool is_stopped = !answer && answer.error().why == admin::Unreachable::Why::stopped;
  const bool is_used = answer && !answer->is_refusal();
  imported["in_use"] = is_used ? "now" : is_stopped ? "at the next start" : "no";
  if (answer) imported.update(answer->body);
  if (session.options.json) {
    session.out << admin::to_text(imported, 2) << '\n';
    return is_used || is_stopped ? kDone : kProblem;
  }
  print_summary(session.out, imported);
  if (is_stopped) {
    session.out << "the server is stopped and uses them at its next start\n";
    return kDone;
  }
  if (!answer) {
    session.err << "hotlinectl: the server could not be told to use them: "
                << answer.error().message << "\n  do it with hotlinectl reload\n";
    return kProblem;
  }
  if (!is_used) return show_problem(session, *answer);
  print_problems(session.out, answer->body);
  session.out << "the running server uses them now\n";
  return kDone;
}

}  // namespace

int import_regions(Session& session, const RegionImport& import) {
  const std::filesystem::path state_dir = state_dir_of(session.options);
  if (state_dir.empty()) {
    return refuse(session, "cannot tell where the server keeps its state",
                  "name its configuration with --config; see hotlinectl check");
  }
  region::Reading reading;
  {
    const std::string name = std::filesystem::path(import.file).filename().string();
    Progress progress(session.err, "reading " + name, session.is_terminal && !session.options.json);
    const auto bytes = region_files::read_file(import.file);
    if (!bytes) {
      return refuse(session, import.file + " " + bytes.error(),
                    "give a phone.dat or a CSV file, plain or packed by gzip");
    }
    reading = region::read_regions(
        *bytes, [&progress](std::size_t done, std::size_t whole) { progress.show(done, whole); });
  }
  if (reading.flaw_count > 0 && (!import.skip_bad || reading.entries.list.empty())) {
    return refuse_flaws(session, import.file, reading);
  }
  if (const auto kept = region_files::keep(reading.entries, state_dir); !kept) {
    return refuse(session, kept.error(),
                  "see that there is room, and that this user may write there");
  }
  return hand_over(session, summary(reading, region_files::kept_path(state_dir)));
}

}  // namespace hotline::ctl
