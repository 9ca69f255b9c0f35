// The configuration directory over the life of a server: read at the start and at each reload, the
// last accepted one kept in the state directory.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

#include "config/load.h"

namespace hotline::server {

using AccountNames = std::optional<std::set<std::string, std::less<>>>;

class Configuration {
 public:
  using Loaded = tl::expected<config::Loaded, std::vector<config::Problem>>;

  explicit Configuration(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // The directory; where its files are bad, the last accepted configuration, loudly.
  // Errors: every problem, when there is none of either.
  Loaded start(WallTime today);

  // The directory alone: bad files change nothing, but for bad lines of caller lists where those
  // are to be skipped. Thread: any but the call thread.
  Loaded reload(WallTime today, AccountNames accounts, bool skip_bad);

  // Keeps what was accepted for a restart whose files are bad: a start skips no bad lines, so that
  // one of lists that were accepted without theirs serves from here.
  void keep(const std::vector<config::KeptFile>& files, const std::filesystem::path& state_dir);

  // Serves from the last accepted configuration because the files were bad. Thread: any.
  bool is_fallback() const { return fallback_; }

 private:
  Loaded load(const std::filesystem::path& from, WallTime today, AccountNames accounts,
              bool skip_bad) const;

  std::filesystem::path directory_;
  std::filesystem::path state_dir_;  // of the start
  std::atomic<bool> fallback_ = false;
  std::mutex one_at_a_time_;
};

}  // namespace hotline::server
