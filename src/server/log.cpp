#include "server/log.h"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "admin/utf8.h"

namespace hotline::server {
namespace {

constexpr std::size_t kQueuedLines = 65'536;
constexpr std::size_t kMostValue = 512;
constexpr std::chrono::seconds kFlushEvery{1};  // warnings and errors at once
bool json_lines = false;                        // set once, before other threads start

std::string bounded(const std::string& value) {
  return value.size() <= kMostValue ? value : value.substr(0, kMostValue) + "…";
}

bool is_plain(const std::string& value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Line ends and the like stay: they are escaped where the value is quoted.
std::string shown(const std::string& value) {
  std::string bounds = bounded(value);
  if (is_plain(bounds)) return bounds;
  std::string text;
  for (const char32_t character : admin::characters_of(bounds)) {
    const bool is_seen = character < ' ' || admin::is_printable(character);
    admin::append_character(text, is_seen ? character : admin::kMalformed);
  }
  return text;
}

bool needs_quotes(const std::string& value) {
  for (const char c : value) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == '\\') return true;
  }
  return value.empty();
}

std::string quoted(const std::string& value) {
  using Json = nlohmann::json;
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

spdlog::level::level_enum level_of(config::LogLevel level) {
  switch (level) {
    case config::LogLevel::debug:
      return spdlog::level::debug;
    case config::LogLevel::info:
      return spdlog::level::info;
    case config::LogLevel::warning:
      return spdlog::level::warn;
    case config::LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

void write(spdlog::level::level_enum level, const Fields& fields) {
  spdlog::log(level, json_lines ? as_json(fields) : as_text(fields));
}

}  // namespace

tl::expected<void, std::string> open_log(const config::LogSettings& settings) {
  try {
    spdlog::init_thread_pool(kQueuedLines, 1);
    spdlog::sink_ptr sink;
    if (settings.file.empty()) {
      sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
      sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(settings.file.string());
    }
    auto logger = std::make_shared<spdlog::async_logger>(
        "hotline", sink, spdlog::thread_pool(), spdlog::async_overflow_policy::overrun_oldest);
    json_lines = settings.json;
    logger->set_pattern(json_lines ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                   : "%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    logger->set_level(level_of(settings.level));
    logger->flush_on(spdlog::level::warn);
    spdlog::set_default_logger(std::move(logger));
    spdlog::flush_every(kFlushEvery);
  } catch (const spdlog::spdlog_ex& error) {
    return tl::unexpected("cannot open the log: " + std::string(error.what()));
  }
  return {};
}

void close_log() { spdlog::shutdown(); }

bool logs_debug() { return spdlog::should_log(spdlog::level::debug); }

void log_debug(const Fields& fields) { write(spdlog::level::debug, fields); }
void log_info(const Fields& fields) { write(spdlog::level::info, fields); }
void log_warning(const Fields& fields) { write(spdlog::level::warn, fields); }
void log_error(const Fields& fields) { write(spdlog::level::err, fields); }

std::string as_text(const Fields& fields) {
  std::string line;
  for (const auto& [key, value] : fields) {
    if (!line.empty()) line += ' ';
    line += key;
    line += '=';
    const std::string text = shown(value);
    line += needs_quotes(text) ? quoted(text) : text;
  }
  return line;
}

std::string as_json(const Fields& fields) {
  std::string members;
  for (const auto& [key, value] : fields) {
    if (!members.empty()) members += ',';
    members += quoted(std::string(key)) + ':' + quoted(shown(value));
  }
  return members;
}

}  // namespace hotline::server
