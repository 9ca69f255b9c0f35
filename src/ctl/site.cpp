#include "ctl/site.h"

#include "config/load.h"

namespace hotline::ctl {
namespace {

constexpr const char* kFile = "hotline.toml";

}  // namespace

std::filesystem::path config_dir(const Options& options) {
  if (!options.config_dir.empty()) return options.config_dir;
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::path("config") / kFile, ignored) ? "config"
                                                                                   : "/etc/hotline";
}

tl::expected<Site, std::string> find_site(const Options& options) {
  const std::filesystem::path directory = config_dir(options);
  // What is wrong in the file is the business of `check`.
  const auto settings = config::settings_even_if_bad(config::DiskFiles(directory));
  if (!options.socket.empty()) {
    return Site{options.socket, settings ? settings->state_dir : std::filesystem::path()};
  }
  if (!settings) {
    return tl::make_unexpected(
        "cannot tell where the server is: " + (directory / settings.error()).string() +
        "; name its configuration with --config or its socket with "
        "--socket");
  }
  if (settings->control_socket.empty()) {
    return tl::make_unexpected((directory / kFile).string() +
                               " names no server.control_socket; name one with --socket");
  }
  return Site{settings->control_socket, settings->state_dir};
}

}  // namespace hotline::ctl
