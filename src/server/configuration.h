// The configuration directory over the life of a server: read at the start and at each reload, the
// last accepted one kept in the state directory.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

#include "config/changes.h"
#include "config/history.h"
#include "config/load.h"

namespace hotline::server {

using AccountNames = std::optional<std::set<std::string, std::less<>>>;

// A configuration that could be taken, and what would change.
struct Proposal {
  config::Loaded loaded;
  config::Version version;  // where it is the one in use already: as that was first taken
  config::Origin by;
  std::vector<config::Change> changes;
  std::string words;                    // the changes as a sentence
  std::vector<std::string> at_restart;  // "[server] listen": not as the server began
};

class Configuration {
 public:
  using Loaded = tl::expected<config::Loaded, std::vector<config::Problem>>;

  explicit Configuration(const std::filesystem::path& directory)
      : directory_(std::filesystem::absolute(directory).lexically_normal()) {}

  // The directory; where its files are bad, the last accepted configuration, loudly.
  // Errors: every problem, when there is none of either.
  Loaded start(WallTime today);

  // What the server serves from now on: kept for a restart whose files are bad, and in the history.
  // Once, after start(). Takes the files out of `loaded`: lists may be hundreds of megabytes.
  void begin(config::Loaded& loaded, const std::filesystem::path& state_dir, WallTime now);

  // What the directory alone would be, which changes nothing. Thread: any but the call thread.
  struct Wish {
    config::Origin by;
    bool skip_bad = false;  // leave bad lines of caller lists out
  };
  tl::expected<Proposal, std::vector<config::Problem>> propose(WallTime now, AccountNames accounts,
                                                               const Wish& wish);
  // Takes it in the place of what was in use, and keeps it as begin() does; the version gets its
  // number. A start skips no bad lines: one of lists that were accepted without theirs serves from
  // what is kept. Thread: any but the call thread.
  void accept(Proposal& proposal);

  // Serves from the last accepted configuration because the files were bad. Thread: any.
  bool is_fallback() const { return fallback_; }
  // The number of the version in use; 0: it could not be kept. Thread: any.
  std::uint32_t version() const { return number_; }
  const std::filesystem::path& directory() const { return directory_; }

 private:
  Loaded load(const std::filesystem::path& from, WallTime today, AccountNames accounts,
              bool skip_bad) const;
  void compare(Proposal& proposal) const;
  void keep(config::Version& version, const std::vector<config::KeptFile>& files);

  std::filesystem::path directory_;
  std::filesystem::path state_dir_;  // of the start
  std::string started_;              // the hotline.toml the server began with
  config::Version in_use_;
  bool good_ = false;  // config.good is what is in use
  std::atomic<std::uint32_t> number_ = 0;
  std::atomic<bool> fallback_ = false;
  std::mutex one_at_a_time_;
};

}  // namespace hotline::server
