#include "server/configuration.h"

#include "config/good.h"
#include "numbering/numbering.h"
#include "server/log.h"

namespace hotline::server {
namespace {

config::Context context(WallTime today, AccountNames accounts) {
  config::Context made;
  made.today = today;
  made.regions = region::builtin_table();
  made.read_number = numbering::read_caller;
  made.accounts = std::move(accounts);
  return made;
}

}  // namespace

tl::expected<config::Loaded, std::vector<config::Problem>> Configuration::start(WallTime today) {
  auto loaded = config::load(directory_, context(today, std::nullopt));
  if (loaded) return loaded;
  const auto state_dir = config::state_dir_even_if_bad(config::DiskFiles(directory_));
  auto good = config::load(config::good_directory(state_dir), context(today, std::nullopt));
  if (!good) return loaded;
  fallback_ = true;
  for (const config::Problem& problem : loaded.error()) {
    log_error({{"event", "bad_configuration"}, {"problem", problem.to_string()}});
  }
  log_error({{"event", "serving_last_good_configuration"},
             {"from", config::good_directory(state_dir).string()}});
  return good;
}

tl::expected<config::Loaded, std::vector<config::Problem>> Configuration::reload(
    WallTime today, AccountNames accounts, bool skip_bad) {
  const std::lock_guard lock(one_at_a_time_);
  config::Context with = context(today, std::move(accounts));
  with.skip_bad = skip_bad;
  auto loaded = config::load(directory_, with);
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
