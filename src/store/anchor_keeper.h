// Writes the anchors while the server runs, and says at a start whether the database is the one
// they were taken from.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "hotline/base/calendar.h"

#include "store/anchor.h"
#include "store/reader.h"

namespace hotline::store {

// Errors: what an anchor contradicts, and how to go on; or an anchor that cannot be read.
tl::expected<void, std::string> expect_no_older_database(const std::filesystem::path& state_dir,
                                                         Reader& reader);

// Thread: one at a time.
class AnchorKeeper {
 public:
  // Is told the anchor of a day once it is on the disk.
  using Told = std::function<void(const Anchor&)>;
  // Is told what goes wrong, once for each kind of trouble.
  using Report = std::function<void(const std::string& trouble)>;

  AnchorKeeper(const std::filesystem::path& state_dir, Reader reader, Told told, Report report);

  // Writes what is due: the day before, where its anchor is missing; the present state, where it is
  // another one than a minute ago. What fails is tried again the next time.
  void look(WallTime now);
  // Writes the present state now.
  void write_latest(WallTime now);

 private:
  bool write(const std::string& name, Day day, Anchor& anchor);
  void report(const std::string& trouble);

  std::filesystem::path directory_;
  Reader reader_;
  Told told_;
  Report report_;
  std::optional<Day> last_day_;  // that has an anchor
  std::optional<WallTime> looked_;
  Anchor latest_;  // as written
  std::string trouble_;
};

}  // namespace hotline::store
