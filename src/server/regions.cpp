#include "server/regions.h"

#include "region_files/kept.h"

namespace hotline::server {

Regions read_regions(const std::filesystem::path& state_dir) {
  Regions regions{region::builtin_table(), {}};
  if (state_dir.empty()) return regions;
  const auto imported = region_files::load_kept(state_dir);
  if (!imported) {
    regions.warnings.push_back(
        {region_files::kept_path(state_dir).string(), 0, 0,
         "the imported regions are not used: " + imported.error() + "; import them again", true});
  } else if (*imported) {
    regions.table = region::overlay(*regions.table, **imported);
  }
  return regions;
}

}  // namespace hotline::server
