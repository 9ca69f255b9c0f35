#include "server/configuration.h"

#include <algorithm>
#include <iterator>
#include <list>
#include <utility>

#include "config/good.h"
#include "numbering/numbering.h"
#include "server/log.h"
#include "server/regions.h"

namespace hotline::server {
namespace {

std::string platform_text(const std::vector<config::KeptFile>& files) {
  const auto found = std::find_if(files.begin(), files.end(), [](const auto& file) {
    return file.name == config::kPlatformFile;
  });
  return found == files.end() ? "" : found->text;
}

}  // namespace

Configuration::Loaded Configuration::load(const std::filesystem::path& from, WallTime today,
                                          AccountNames accounts, bool skip_bad) const {
  Regions regions = read_regions(state_dir_);
  config::Context context;
  context.today = today;
  context.regions = std::move(regions.table);
  context.read_number = numbering::read_caller;
  context.accounts = std::move(accounts);
  context.skip_bad = skip_bad;
  auto loaded = config::load(from, context);
  auto& problems = loaded ? loaded->warnings : loaded.error();
  problems.insert(problems.begin(), regions.warnings.begin(), regions.warnings.end());
  return loaded;
}

Configuration::Loaded Configuration::start(WallTime today) {
  state_dir_ = config::state_dir_even_if_bad(config::DiskFiles(directory_));
  auto loaded = load(directory_, today, std::nullopt, false);
  if (loaded) return loaded;
  auto good = load(config::good_directory(state_dir_), today, std::nullopt, false);
  if (!good) return loaded;
  fallback_ = true;
  for (const config::Problem& problem : loaded.error()) {
    log_error({{"event", "bad_configuration"}, {"problem", problem.to_string()}});
  }
  log_error({{"event", "serving_last_good_configuration"},
             {"from", config::good_directory(state_dir_).string()}});
  return good;
}

void Configuration::begin(config::Loaded& loaded, const std::filesystem::path& state_dir,
                          WallTime now) {
  const std::lock_guard lock(one_at_a_time_);
  const auto files = std::exchange(loaded.files, {});
  state_dir_ = state_dir;
  started_ = platform_text(files);
  in_use_ = config::version_of(files, {config::Origin::How::start, {}, {}}, now);
  keep(in_use_, files);
}

tl::expected<Proposal, std::vector<config::Problem>> Configuration::propose(WallTime now,
                                                                            AccountNames accounts,
                                                                            const Wish& wish) {
  const std::lock_guard lock(one_at_a_time_);
  auto loaded = load(directory_, now, std::move(accounts), wish.skip_bad);
  if (!loaded) return tl::unexpected(std::move(loaded.error()));
  Proposal proposal;
  proposal.loaded = std::move(*loaded);
  proposal.version = config::version_of(proposal.loaded.files, wish.by, now);
  proposal.by = wish.by;
  proposal.at_restart = config::keys_for_restart(started_, platform_text(proposal.loaded.files));
  compare(proposal);
  return proposal;
}

void Configuration::accept(Proposal& proposal) {
  const std::lock_guard lock(one_at_a_time_);
  keep(proposal.version, std::exchange(proposal.loaded.files, {}));
  in_use_ = proposal.version;
  fallback_ = false;
}

// Only what differs is read back from the history; what cannot be read is told as a file.
void Configuration::compare(Proposal& proposal) const {
  const config::History history(state_dir_);
  config::FileTexts before;
  config::FileTexts after;
  std::list<std::string> old_texts;  // that `before` refers to
  for (const config::KeptFile& file : proposal.loaded.files) after.emplace(file.name, file.text);
  for (const config::VersionFile& file : in_use_.files) {
    const config::VersionFile* now = proposal.version.find(file.name);
    if (now && now->hash == file.hash) {
      after.erase(file.name);
    } else if (auto text = history.text(file)) {
      before.emplace(file.name, old_texts.emplace_back(std::move(*text)));
    } else {
      after.erase(file.name);
      const auto what = now ? config::What::changed : config::What::removed;
      proposal.changes.push_back({what, "file", file.name, "", file.name, {}});
    }
  }
  auto changes = config::changes(before, after);
  std::move(changes.begin(), changes.end(), std::back_inserter(proposal.changes));
  proposal.words = config::in_words(proposal.changes, std::max(before.size(), after.size()));
}

void Configuration::keep(config::Version& version, const std::vector<config::KeptFile>& files) {
  if (!good_ || version.hash != in_use_.hash) {
    const auto kept = config::save_good(files, state_dir_);
    if (!kept) log_warning({{"event", "configuration_not_kept"}, {"why", kept.error()}});
    good_ = kept.has_value();
  }
  auto numbered = config::History(state_dir_).keep(version, files);
  if (numbered) {
    version = std::move(*numbered);
  } else {
    log_warning({{"event", "version_not_kept"}, {"why", numbered.error()}});
  }
  number_ = version.number;
}

}  // namespace hotline::server
