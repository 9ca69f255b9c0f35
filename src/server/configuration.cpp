#include "server/configuration.h"

#include <utility>

#include "config/good.h"
#include "numbering/numbering.h"
#include "server/log.h"
#include "server/regions.h"

namespace hotline::server {

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

Configuration::Loaded Configuration::reload(WallTime today, AccountNames accounts, bool skip_bad) {
  const std::lock_guard lock(one_at_a_time_);
  auto loaded = load(directory_, today, std::move(accounts), skip_bad);
  if (loaded) fallback_ = false;
  return loaded;
}

void Configuration::keep(const std::vector<config::KeptFile>& files,
                         const std::filesystem::path& state_dir) {
  const std::lock_guard lock(one_at_a_time_);
  const auto kept = config::save_good(files, state_dir);
  if (!kept) log_warning({{"event", "configuration_not_kept"}, {"why", kept.error()}});
}

}  // namespace hotline::server
