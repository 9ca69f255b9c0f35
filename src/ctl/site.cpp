#include "ctl/site.h"

#include "config/document.h"
#include "config/files.h"
#include "config/platform.h"
#include "config/problems.h"

namespace hotline::ctl {
namespace {

constexpr const char* kFile = "hotline.toml";

// What [server] says; what is wrong in the file is the business of `check`.
tl::expected<config::Settings, std::string> read_settings(const std::filesystem::path& directory) {
  const auto text = config::DiskFiles(directory).read(kFile, config::kMostToml);
  if (!text) return tl::make_unexpected((directory / kFile).string() + ": " + text.error());
  config::Problems problems;
  config::FileProblems of_file(problems, kFile);
  const auto document = config::Document::parse(*text, config::File::platform, of_file);
  if (!document) return tl::make_unexpected((directory / kFile).string() + " is no TOML");
  return config::read_settings(*document, of_file);
}

}  // namespace

std::filesystem::path config_dir(const Options& options) {
  if (!options.config_dir.empty()) return options.config_dir;
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::path("config") / kFile, ignored) ? "config"
                                                                                   : "/etc/hotline";
}

tl::expected<Site, std::string> find_site(const Options& options) {
  const auto settings = read_settings(config_dir(options));
  if (!options.socket.empty()) {
    return Site{options.socket, settings ? settings->state_dir : std::filesystem::path()};
  }
  if (!settings) {
    return tl::make_unexpected("cannot tell where the server is: " + settings.error() +
                               "; name its configuration with --config or its socket with "
                               "--socket");
  }
  if (settings->control_socket.empty()) {
    return tl::make_unexpected((config_dir(options) / kFile).string() +
                               " names no server.control_socket; name one with --socket");
  }
  return Site{settings->control_socket, settings->state_dir};
}

}  // namespace hotline::ctl
