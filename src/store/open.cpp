#include "store/open.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/database.h"
#include "store/spill.h"

namespace hotline::store {
namespace {

using Failure = tl::unexpected<std::string>;

tl::expected<void, std::string> make_directory(const std::filesystem::path& path) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (!error && ::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    error = std::error_code(errno, std::generic_category());
  }
  if (error) return Failure("cannot make " + path.string() + ": " + error.message());
  return {};
}

// SQLite gives its other files the mode of this one.
tl::expected<void, std::string> make_file(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return Failure("cannot write " + path.string() + ": " + std::strerror(errno));
  ::close(file);
  return {};
}

}  // namespace

std::filesystem::path database_in(const std::filesystem::path& state_dir) {
  return state_dir / "hotline.db";
}

tl::expected<Opened, std::string> open(const std::filesystem::path& state_dir) {
  if (auto made = make_directory(state_dir); !made) return Failure(made.error());
  auto lock = Lock::take(state_dir);
  if (!lock) return Failure(lock.error());
  const std::filesystem::path database = database_in(state_dir);
  for (const auto& file : {database, spill_beside(database)}) {
    if (auto made = make_file(file); !made) return Failure(made.error());
  }
  try {
    prepare(database);
    file_spilled(database);
  } catch (const SQLite::Exception& error) {
    return Failure(sentence(database, error));
  }
  return Opened{std::move(*lock), database};
}

}  // namespace hotline::store
