#include "ctl/config_place.h"

#include <algorithm>
#include <set>

#include "config/changes.h"
#include "config/good.h"
#include "ctl/text.h"
#include "numbering/numbering.h"
#include "server/problem_views.h"
#include "server/regions.h"

namespace hotline::ctl {
namespace {

namespace fs = std::filesystem;

using admin::Answer;
using Refused = tl::unexpected<Answer>;

Refused refused(int status, std::string_view code, const std::string& message,
                const std::string& hint) {
  return tl::make_unexpected(admin::refusal(status, code, message, hint));
}

bool is_same(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

config::FileTexts views(const std::vector<config::KeptFile>& files) {
  config::FileTexts texts;
  for (const config::KeptFile& file : files) texts.emplace(file.name, file.text);
  return texts;
}

std::size_t differing(const config::FileTexts& before, const config::FileTexts& after) {
  std::size_t count = 0;
  for (const auto& [name, text] : before) {
    const auto other = after.find(name);
    if (other == after.end() || other->second != text) ++count;
  }
  for (const auto& entry : after) {
    if (before.count(entry.first) == 0) ++count;
  }
  return count;
}

}  // namespace

config::Context load_context(const Session& session, const fs::path& state_dir) {
  config::Context context;
  context.today = session.clock().wall;
  context.regions = server::read_regions(state_dir).table;
  context.read_number = numbering::read_caller;
  return context;
}

tl::expected<ConfigPlace, Answer> find_config(Session& session) {
  const fs::path said = config_dir(session.options);
  const auto status = session.office.ask_server("GET", "/status");
  if (status && !status->is_refusal()) {
    const ConfigPlace place{status->body.at("config_dir").get<std::string>(),
                            status->body.at("state_dir").get<std::string>()};
    if (!session.options.config_dir.empty() && !is_same(said, place.directory)) {
      return refused(
          409, "another_directory",
          "the running server reads " + place.directory.string() + ", not " + said.string(),
          "name that one with --config, or leave it out");
    }
    return place;
  }
  if (!status && status.error().why != admin::Unreachable::Why::stopped) {
    return refused(503, "unreachable", "the server cannot be asked which directory it reads",
                   status.error().message);
  }
  return ConfigPlace{said, config::state_dir_even_if_bad(config::DiskFiles(said))};
}

tl::expected<config::History::Listed, Answer> list_versions(Session& session,
                                                            const ConfigPlace& place) {
  auto listed = config::History(place.state_dir).list();
  if (!listed) {
    return refused(500, "no_history", listed.error(), "run as the server's user, or root");
  }
  for (const std::string& sentence : listed->damaged) {
    session.err << "hotlinectl: " << printable(sentence) << '\n';
  }
  return std::move(*listed);
}

tl::expected<const config::Version*, Answer> find_version(const config::History::Listed& listed,
                                                          std::uint32_t number) {
  if (const config::Version* version = listed.find(number)) return version;
  return refused(404, "no_such_version",
                 "there is no version " + std::to_string(number) + " in the history",
                 "see hotlinectl config history");
}

tl::expected<std::vector<config::KeptFile>, Answer> texts_of(const ConfigPlace& place,
                                                             const config::Version& version) {
  auto texts = config::History(place.state_dir).texts(version);
  if (texts) return std::move(*texts);
  return refused(500, "damaged",
                 "version " + std::to_string(version.number) + " cannot be read: " + texts.error(),
                 "take another one, see hotlinectl config history");
}

std::vector<config::KeptFile> directory_files(const Session& session, const ConfigPlace& place,
                                              const std::vector<const config::Version*>& versions) {
  const config::DiskFiles disk(place.directory);
  auto files = config::read_files(disk, load_context(session, place.state_dir));
  if (config::settings_even_if_bad(disk)) return files;
  std::set<std::string> known;
  for (const config::KeptFile& file : files) known.insert(file.name);
  for (const config::Version* version : versions) {
    for (const config::VersionFile& file : version->files) {
      if (known.count(file.name) == 1) continue;
      auto text = disk.read(file.name, config::kMostList);
      if (!text) continue;
      known.insert(file.name);
      files.push_back({file.name, std::move(*text), file.is_secret});
    }
  }
  return files;
}

Difference difference(const std::vector<config::KeptFile>& before,
                      const std::vector<config::KeptFile>& after) {
  const auto old = views(before);
  const auto now = views(after);
  const auto changes = config::changes(old, now);
  const std::string words = config::in_words(changes, differing(old, now));
  return {words, admin::change_list(words, server::views_of(changes))};
}

}  // namespace hotline::ctl
