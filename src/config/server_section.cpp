// [server] and [log].

#include <algorithm>

#include "hotline/base/contract.h"

#include "config/platform.h"
#include "config/values.h"

namespace hotline::config {
namespace {

std::vector<routing::Endpoint> read_listen(const Reader& server, FileProblems& problems) {
  std::vector<routing::Endpoint> listen;
  for (const Text& text : server.texts("listen")) {
    const auto endpoint = parse_endpoint(text.value);
    if (!endpoint) {
      problems.error(text.at, "listen: " + endpoint.error());
    } else if (std::find(listen.begin(), listen.end(), *endpoint) != listen.end()) {
      problems.error(text.at, "listen: " + in_quotes(text.value) + " is named twice");
    } else {
      listen.push_back(*endpoint);
    }
  }
  return listen;
}

// A path that means the same wherever the server was started from; empty where it is none.
std::filesystem::path absolute_path(const Reader& section, std::string_view key,
                                    FileProblems& problems) {
  const auto text = section.text(key);
  if (!text) return {};
  const std::filesystem::path path(text->value);
  if (path.is_relative()) {
    problems.error(text->at,
                   std::string(key) + ": " + in_quotes(text->value) + " is no absolute path");
    return {};
  }
  return path;
}

LogLevel level_of(std::string_view word) {
  if (word == "debug") return LogLevel::debug;
  if (word == "info") return LogLevel::info;
  if (word == "warning") return LogLevel::warning;
  HOTLINE_EXPECT(word == "error");
  return LogLevel::error;
}

}  // namespace

Settings read_settings(const Document& document, FileProblems& problems) {
  Settings settings;
  if (const auto server = document.one("server")) {
    settings.listen = read_listen(*server, problems);
    settings.state_dir = absolute_path(*server, "state_dir", problems);
    settings.control_socket = absolute_path(*server, "control_socket", problems);
    settings.drain = server->seconds("drain_s");
    settings.session_expires = server->seconds("session_expires_s");
    settings.resolve = server->seconds("resolve_s");
    settings.max_calls = static_cast<std::uint32_t>(server->whole("max_calls"));
  }
  if (const auto log = document.one("log")) {
    settings.log.level = level_of(log->text("level")->value);
    settings.log.file = absolute_path(*log, "file", problems);
    settings.log.json = log->flag("json");
  }
  return settings;
}

}  // namespace hotline::config
