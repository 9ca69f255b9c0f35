#include "ctl/region_sources.h"

#include <optional>

#include "config/load.h"
#include "region_files/kept.h"

namespace hotline::ctl {
namespace {

void add(RegionSources& sources, const char* name, const std::optional<region::Entries>& entries) {
  const auto nothing = region::TableBuilder().build();
  sources.each.push_back({name, entries ? region::overlay(*nothing, *entries) : nothing});
  if (entries) sources.together = region::overlay(*sources.together, *entries);
}

std::optional<region::Entries> imported(const std::filesystem::path& state_dir,
                                        std::vector<std::string>& troubles) {
  auto entries = region_files::load_kept(state_dir);
  if (entries) return std::move(*entries);
  troubles.push_back(region_files::kept_path(state_dir).string() + ": " + entries.error());
  return std::nullopt;
}

std::optional<region::Entries> overrides(const std::filesystem::path& directory,
                                         std::vector<std::string>& troubles) {
  auto entries = config::load_overrides(config::DiskFiles(directory));
  if (entries) return std::move(*entries);
  for (const config::Problem& problem : entries.error()) {
    troubles.push_back((directory / problem.to_string()).string());
  }
  return std::nullopt;
}

}  // namespace

std::filesystem::path state_dir_of(const Options& options) {
  const auto settings = config::settings_even_if_bad(config::DiskFiles(config_dir(options)));
  return settings ? settings->state_dir : std::filesystem::path();
}

RegionSources find_region_sources(const Options& options) {
  RegionSources sources{{{"builtin", region::builtin_table()}}, region::builtin_table(), {}};
  const std::filesystem::path state_dir = state_dir_of(options);
  add(sources, "imported",
      state_dir.empty() ? std::nullopt : imported(state_dir, sources.troubles));
  add(sources, "override", overrides(config_dir(options), sources.troubles));
  return sources;
}

}  // namespace hotline::ctl
