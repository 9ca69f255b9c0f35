// [server], [log], [media], [recording] and [notice].

#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/cdr/recording_name.h"

#include "config/files.h"
#include "config/platform.h"
#include "config/recording_keys.h"
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

// One of `listen`, by its name in `advertise`. Errors: nullopt, reported.
std::optional<routing::Endpoint> read_listened(const Text& name,
                                               const std::vector<routing::Endpoint>& listen,
                                               FileProblems& problems) {
  const auto endpoint = parse_endpoint(name.value);
  if (!endpoint) {
    problems.error(name.at, "advertise: " + endpoint.error());
    return std::nullopt;
  }
  if (std::find(listen.begin(), listen.end(), *endpoint) == listen.end() && !listen.empty()) {
    problems.error(name.at, "advertise: " + in_quotes(name.value) + " is no address of listen");
    return std::nullopt;
  }
  return *endpoint;
}

std::vector<routing::Advertised> read_advertise(const Reader& server,
                                                const std::vector<routing::Endpoint>& listen,
                                                FileProblems& problems) {
  std::vector<routing::Advertised> advertise;
  for (const NamedText& entry : server.text_table("advertise")) {
    const auto own = read_listened(entry.name, listen, problems);
    const auto as = parse_ip_port(entry.text.value);
    if (!as) problems.error(entry.text.at, "advertise: " + as.error());
    if (!own || !as) continue;
    const bool is_twice = std::any_of(advertise.begin(), advertise.end(),
                                      [&](const auto& other) { return other.listen == *own; });
    if (is_twice) {
      problems.error(entry.name.at,
                     "advertise: " + in_quotes(entry.name.value) + " is named twice");
    } else if (is_wildcard(as->ip)) {
      problems.error(entry.text.at,
                     "advertise: " + in_quotes(entry.text.value) + " is nobody's address");
    } else if (is_v6(as->ip) != is_v6(own->host)) {
      problems.error(entry.text.at, "advertise: " + in_quotes(entry.text.value) +
                                        " is of another IP version than " +
                                        in_quotes(entry.name.value));
    } else {
      advertise.push_back({*own, as->ip, as->port.value_or(own->port)});
    }
  }
  return advertise;
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

// Nullopt: there are none, or the place is wrong.
std::optional<routing::Endpoint> read_metrics(const Reader& server, FileProblems& problems) {
  const auto text = server.text("metrics");
  if (!text) return std::nullopt;
  const auto place = parse_ip_port(text->value);
  if (!place) {
    problems.error(text->at, "metrics: " + place.error());
    return std::nullopt;
  }
  if (!place->port) {
    problems.error(text->at, "metrics: " + in_quotes(text->value) + " has no port");
    return std::nullopt;
  }
  if (!is_loopback(place->ip)) {
    problems.warning(text->at,
                     "metrics: everybody who reaches " + in_quotes(text->value) + " may read them");
  }
  return routing::Endpoint{routing::Transport::tcp, place->ip, *place->port};
}

NoticeSettings read_notice(const Reader& section, FileProblems& problems) {
  NoticeSettings notice;
  for (const Text& word : section.texts("command")) {
    if (notice.command.empty() && std::filesystem::path(word.value).is_relative()) {
      problems.error(word.at, "command: " + in_quotes(word.value) + " is no absolute path");
    }
    notice.command.push_back(word.value);
  }
  notice.timeout = section.seconds("timeout_s");
  notice.retry = section.seconds("retry_s");
  return notice;
}

MediaSettings read_media(const Reader& section, FileProblems& problems) {
  MediaSettings media;
  media.relays = section.text("mode")->value == "relay";
  media.silence = section.seconds("silence_s");
  media.realtime_priority = static_cast<int>(section.whole("realtime_priority"));
  if (!section.has("rtp_ports")) return media;
  const std::size_t errors = problems.errors();
  const auto [first, last] = section.pair("rtp_ports");
  if (problems.errors() == errors && last <= first) {
    problems.error(section.at("rtp_ports"), "rtp_ports: the last is not above the first");
  }
  media.first_port = static_cast<std::uint16_t>(first);
  media.last_port = static_cast<std::uint16_t>(last);
  return media;
}

constexpr std::uint64_t kMegabyte = 1'000'000;

// Where there is no [recording].
RecordingSettings usual_recording(const std::filesystem::path& state_dir) {
  RecordingSettings recording;
  recording.directory = state_dir / kRecordingsDirectory;
  recording.retention = std::chrono::days(kRecordingDays);
  recording.least_free_bytes = std::uint64_t{kRecordingFreeMb} * kMegabyte;
  return recording;
}

RecordingSettings read_recording(const Reader& section, const std::filesystem::path& state_dir,
                                 FileProblems& problems) {
  RecordingSettings recording;
  const auto directory = section.text("directory");
  const bool is_absolute = std::filesystem::path(directory->value).is_absolute();
  if (!is_absolute && !stays_inside(directory->value)) {
    problems.error(directory->at, "directory: " + in_quotes(directory->value) +
                                      " is no absolute path, and none below state_dir");
  }
  recording.directory = state_dir / directory->value;
  recording.retention = std::chrono::days(section.whole("retention_days"));
  recording.most_bytes = static_cast<std::uint64_t>(section.whole("max_mb")) * kMegabyte;
  recording.least_free_bytes = static_cast<std::uint64_t>(section.whole("min_free_mb")) * kMegabyte;
  return recording;
}

LogLevel level_of(std::string_view word) {
  if (word == "debug") return LogLevel::debug;
  if (word == "info") return LogLevel::info;
  if (word == "warning") return LogLevel::warning;
  HOTLINE_EXPECT(word == "error");
  return LogLevel::error;
}

// It stands in quotes in a header.
std::string read_realm(const Text& realm, FileProblems& problems) {
  const bool is_plain = std::all_of(realm.value.begin(), realm.value.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\';
  });
  if (!is_plain) {
    problems.error(realm.at, "realm: " + in_quotes(realm.value) + " holds more than visible ASCII");
  }
  return realm.value;
}

}  // namespace

Settings read_settings(const Document& document, FileProblems& problems) {
  Settings settings;
  if (const auto server = document.one("server")) {
    settings.listen = read_listen(*server, problems);
    settings.advertise = read_advertise(*server, settings.listen, problems);
    settings.state_dir = absolute_path(*server, "state_dir", problems);
    settings.control_socket = absolute_path(*server, "control_socket", problems);
    settings.metrics = read_metrics(*server, problems);
    if (const auto realm = server->text("realm")) settings.realm = read_realm(*realm, problems);
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
  if (const auto media = document.one("media")) settings.media = read_media(*media, problems);
  settings.recording = usual_recording(settings.state_dir);
  if (const auto recording = document.one("recording")) {
    settings.recording = read_recording(*recording, settings.state_dir, problems);
  }
  if (const auto notice = document.one("notice")) {
    settings.notice = read_notice(*notice, problems);
  }
  return settings;
}

std::string read_recording_name(const Document& document, FileProblems& problems) {
  const auto section = document.one("recording");
  if (!section) return std::string(kRecordingName);
  const auto name = section->text("name");
  if (const auto wrong = cdr::wrong_in_recording_name(name->value)) {
    problems.error(name->at, "name: " + in_quotes(name->value) + " " + *wrong);
  }
  return name->value;
}

}  // namespace hotline::config
