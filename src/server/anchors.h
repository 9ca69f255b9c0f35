// Keeps the anchors: one for each day that has ended, and the latest state. Says at a start whether
// the database is the one they were taken from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "hotline/base/calendar.h"

#include "store/anchor.h"
#include "store/reader.h"

namespace hotline::server {

// Errors: what the anchors contradict, and how to go on; or an anchor that cannot be read.
tl::expected<void, std::string> expect_no_older_database(const std::filesystem::path& state_dir,
                                                         store::Reader& reader);

// Thread: one at a time.
class Anchors {
 public:
  Anchors(const std::filesystem::path& state_dir, store::Reader reader);

  // Writes what is due: the day before, where its anchor is missing; the latest state, at most once
  // a minute. What fails is tried again the next time, and logged once.
  void look(WallTime now);
  // Writes the latest state now.
  void write_latest(WallTime now);

 private:
  void write(const std::string& name, Day day);
  void report(const std::string& trouble);

  std::filesystem::path directory_;
  store::Reader reader_;
  std::optional<Day> last_day_;  // that has an anchor
  WallTime looked_{};
  store::Anchor latest_;  // as written
  std::string trouble_;
};

}  // namespace hotline::server
