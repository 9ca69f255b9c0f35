// A configuration directory becomes one immutable snapshot, or all that is wrong with it. Used at
// the start, at a reload and by `hotlinectl check`; on any thread but the call thread, for it reads
// files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/time.h"
#include "hotline/number/number.h"
#include "hotline/region/entries.h"
#include "hotline/region/region.h"
#include "hotline/routing/snapshot.h"
#include "hotline/routing/trunk.h"
#include "hotline/schedule/schedule.h"

#include "config/files.h"
#include "config/folder.h"
#include "config/problems.h"

namespace hotline::config {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

struct LogSettings {
  LogLevel level = LogLevel::info;
  std::filesystem::path file;  // empty: standard error
  bool json = false;
};

// How notices to accounts' owners are delivered. Followed at a reload.
struct NoticeSettings {
  std::vector<std::string> command;  // the program and its arguments; empty: they are not
  Seconds timeout{30};
  Seconds retry{60};  // after the first try that failed
};

// How audio goes.
struct MediaSettings {
  bool relays = false;
  std::uint16_t first_port = 20'000;
  std::uint16_t last_port = 29'999;
  Seconds silence{30};
  int realtime_priority = 0;  // of the thread it goes through; 0: none
};

// Where recordings are and how long. Followed at a reload.
struct RecordingSettings {
  std::filesystem::path directory;     // absolute
  std::chrono::days retention{0};      // 0: for ever
  std::uint64_t most_bytes = 0;        // of all of them; 0: no limit
  std::uint64_t least_free_bytes = 0;  // of their disk
};

// What the server itself needs; read at the start, not at a reload, but for `notice` and
// `recording`.
struct Settings {
  std::vector<routing::Endpoint> listen;
  std::vector<routing::Advertised> advertise;  // each of an address of `listen`
  std::filesystem::path state_dir;
  std::filesystem::path control_socket;
  std::optional<routing::Endpoint> metrics;  // where they are shown; nullopt: nowhere
  std::string realm;                         // that phones register in
  Seconds drain{0};
  std::uint32_t max_calls = 0;  // live calls beyond it are refused as overload
  Seconds session_expires{0};   // between signs of life of each side
  Seconds resolve{60};          // between two look-ups of a gateway's name
  LogSettings log;
  MediaSettings media;
  RecordingSettings recording;
  NoticeSettings notice;
};

// What a load has to know from outside.
struct Context {
  WallTime today;                                               // for calendars that end soon
  std::shared_ptr<const region::Table> regions;                 // under the overrides; not null
  std::function<number::Number(std::string_view)> read_number;  // of caller lists; not empty
  std::optional<std::set<std::string, std::less<>>> accounts;   // that exist; nullopt: not asked
  bool strict = false;    // a calendar that ends soon is an error
  bool skip_bad = false;  // bad lines of caller lists' files are left out, with a warning
};

struct Loaded {
  Settings settings;
  std::shared_ptr<const routing::Snapshot> snapshot;
  std::vector<Problem> warnings;
  std::vector<KeptFile> files;  // what it was made of, without what was left out, for save_good
};

// Errors: every problem of every file, sorted by file and place, warnings among them.
tl::expected<Loaded, std::vector<Problem>> load(const std::filesystem::path& directory,
                                                const Context& context);
tl::expected<Loaded, std::vector<Problem>> load(const Files& files, const Context& context);

// The files a configuration is made of, good or bad: those that can be read of what is named where
// it can be understood.
std::vector<KeptFile> read_files(const Files& files, const Context& context);

// The schedules of hotline.toml, and what is wrong with them and their calendars; nothing else is
// read. Errors: every problem of these.
struct Schedules {
  std::vector<std::shared_ptr<const schedule::Schedule>> all;  // by name
  std::vector<Problem> warnings;
};
tl::expected<Schedules, std::vector<Problem>> load_schedules(const Files& files,
                                                             const Context& context);

// The entries that `overrides` of [region] names, whatever the rest of the configuration is like;
// none where it names none.
// Errors: why they cannot be known, every problem.
tl::expected<std::optional<region::Entries>, std::vector<Problem>> load_overrides(
    const Files& files);

// What hotline.toml says of the server, as far as that can be read: a configuration with errors
// must not keep anybody from a running server. A key that is wrong has its default,
// a path that is not absolute is empty.
// Errors: a sentence, where the file cannot be read or is no TOML with a [server].
tl::expected<Settings, std::string> settings_even_if_bad(const Files& files);

}  // namespace hotline::config
