// config.good is a symbolic link to config.good.a or config.good.b. A save writes the one it does
// not point to, waits until that is on the disk, and turns the link: rename replaces a link in one
// step on every file system, which it cannot do with a directory that is not empty.

#include "config/good.h"

#include <system_error>

#include <toml++/toml.h>

#include "config/durable.h"
#include "config/keys.h"
#include "config/lines.h"
#include "config/load.h"

namespace hotline::config {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLink = "config.good";
constexpr const char* kNewLink = "config.good.new";
constexpr const char* kFirst = "config.good.a";
constexpr const char* kSecond = "config.good.b";

using Result = tl::expected<void, std::string>;

Result write_directory(const std::vector<KeptFile>& files, const fs::path& directory) {
  std::error_code error;
  fs::remove_all(directory, error);
  if (error) return cannot("remove", directory, error.value());
  for (const KeptFile& file : files) {
    const fs::path path = directory / file.name;
    fs::create_directories(path.parent_path(), error);
    if (error) return cannot("create", path.parent_path(), error.value());
    if (auto written = write_file(path, file.text); !written) return written;
  }
  return {};
}

// `state_dir = "/…"` in a text that may be no TOML as a whole.
std::string scan_for_state_dir(std::string_view text) {
  Lines lines(text);
  while (lines.next()) {
    if (!lines.line().starts_with("state_dir")) continue;
    const std::string line(lines.line());
    try {
      const toml::table table = toml::parse(line);
      if (const auto value = table["state_dir"].value<std::string>()) return *value;
    } catch (const toml::parse_error&) {
      continue;
    }
  }
  return "";
}

}  // namespace

fs::path good_directory(const fs::path& state_dir) { return state_dir / kLink; }

Result save_good(const std::vector<KeptFile>& files, const fs::path& state_dir) {
  std::error_code error;
  const fs::path current = fs::read_symlink(state_dir / kLink, error);  // empty: none yet
  const bool is_first = current == kFirst;
  const char* const next = is_first ? kSecond : kFirst;
  const char* const last = is_first ? kFirst : kSecond;
  if (auto written = write_directory(files, state_dir / next); !written) return written;
  if (auto synced = sync_all(state_dir); !synced) return synced;

  fs::remove(state_dir / kNewLink, error);
  fs::create_directory_symlink(next, state_dir / kNewLink, error);
  if (error) return cannot("create", state_dir / kNewLink, error.value());
  fs::rename(state_dir / kNewLink, state_dir / kLink, error);
  if (error) return cannot("replace", state_dir / kLink, error.value());
  if (auto synced = sync(state_dir); !synced) return synced;
  fs::remove_all(state_dir / last, error);  // a leftover does no harm
  return {};
}

fs::path state_dir_even_if_bad(const Files& files) {
  const auto settings = settings_even_if_bad(files);
  if (settings && !settings->state_dir.empty()) return settings->state_dir;
  const auto text = files.read(kPlatformFile, kMostToml);
  const fs::path named = text ? scan_for_state_dir(*text) : "";
  if (named.is_absolute()) return named;
  const Key& key = *find_section(File::platform, "server")->find("state_dir");
  return std::get<std::string_view>(key.fallback);
}

}  // namespace hotline::config
