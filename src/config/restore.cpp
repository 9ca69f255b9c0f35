#include "config/restore.h"

#include <algorithm>
#include <set>
#include <system_error>

#include <sys/stat.h>

#include "config/files.h"

namespace hotline::config {
namespace {

namespace fs = std::filesystem;

using Result = tl::expected<void, std::string>;

constexpr mode_t kModeBits = 07777;
constexpr mode_t kAnybodyReads = 0644;
constexpr mode_t kOwnerReads = 0600;

// How a file looks to the system.
struct Looks {
  mode_t mode = 0;
  Owner owner;
};

std::optional<Looks> looks_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Looks{status.st_mode & kModeBits, {status.st_uid, status.st_gid}};
}

// A file as it will be, beside the one it is to become.
struct Draft {
  fs::path draft;
  fs::path place;
};

class Restoring {
 public:
  Restoring(const fs::path& directory, Owner reader)
      : directory_(directory), disk_(directory), reader_(reader) {}
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;
  ~Restoring() {
    std::error_code ignored;
    for (const Draft& draft : drafts_) fs::remove(draft.draft, ignored);
  }

  // Nothing is written where the text is there already.
  Result draft(const KeptFile& file) {
    const fs::path place = place_of(file.name);
    // Hidden: no load takes it for a hotline.
    const fs::path draft = place.parent_path() / ("." + place.filename().string() + ".rollback");
    std::error_code error;
    fs::remove(draft, error);  // of a process that died
    if (const auto is = disk_.read(file.name, file.text.size()); is && *is == file.text) return {};
    fs::create_directories(place.parent_path(), error);
    if (error) return cannot("create", place.parent_path(), error.value());
    const Looks looks = looks_for(file, place);
    drafts_.push_back({draft, place});
    if (auto written = write_file(draft, file.text, looks.mode, looks.owner); !written) {
      return written;
    }
    return sync(draft);
  }

  // Marked from before the first step until the disk has the last: many files cannot be replaced in
  // one, and a load must not take half of them for a configuration.
  tl::expected<Restored, std::string> put(const std::vector<std::string>& surplus,
                                          std::uint32_t number) {
    if (!drafts_.empty() || !surplus.empty()) {
      if (auto marked = mark(number); !marked) return tl::unexpected(marked.error());
    }
    Restored done;
    if (auto moved = move_all(surplus, done); !moved) {
      if (done.written + done.removed == 0) static_cast<void>(unmark());
      return tl::unexpected(moved.error());
    }
    if (auto unmarked = unmark(); !unmarked) return tl::unexpected(unmarked.error());
    return done;
  }

 private:
  Result mark(std::uint32_t number) {
    const fs::path path = directory_ / kRollbackMark;
    std::error_code error;
    fs::remove(path, error);  // of a rollback that this one finishes
    const Looks looks = looks_for({kRollbackMark, {}, false}, path);
    const std::string text = std::to_string(number) + "\n";
    if (auto written = write_file(path, text, looks.mode, looks.owner); !written) return written;
    if (auto synced = sync(path); !synced) return synced;
    return sync(directory_);
  }

  Result unmark() {
    std::error_code error;
    if (!fs::remove(directory_ / kRollbackMark, error) && !error) return {};
    if (error) return cannot("remove", directory_ / kRollbackMark, error.value());
    return sync(directory_);
  }

  Result move_all(const std::vector<std::string>& surplus, Restored& done) {
    std::set<fs::path> touched;
    std::error_code error;
    for (const Draft& draft : drafts_) {
      fs::rename(draft.draft, draft.place, error);
      if (error) return cannot("replace", draft.place, error.value());
      touched.insert(draft.place.parent_path());
      ++done.written;
    }
    for (const std::string& name : surplus) {
      fs::remove(directory_ / name, error);
      if (error) return cannot("remove", directory_ / name, error.value());
      touched.insert((directory_ / name).parent_path());
      ++done.removed;
    }
    for (const fs::path& directory : touched) {
      if (auto synced = sync(directory); !synced) return synced;
    }
    return {};
  }

  fs::path place_of(const std::string& name) const {
    std::error_code error;
    const fs::path real = fs::canonical(directory_ / name, error);
    return error ? directory_ / name : real;
  }

  Looks looks_for(const KeptFile& file, const fs::path& place) const {
    if (const auto is = looks_of(place)) return *is;
    if (file.is_secret) return {kOwnerReads, reader_};
    const auto platform = looks_of(directory_ / kPlatformFile);
    return platform.value_or(Looks{kAnybodyReads, owner_of(directory_).value_or(reader_)});
  }

  fs::path directory_;
  DiskFiles disk_;
  Owner reader_;
  std::vector<Draft> drafts_;
};

}  // namespace

tl::expected<Restored, std::string> restore(const std::vector<KeptFile>& files,
                                            const fs::path& directory, Owner reader,
                                            std::uint32_t number) {
  const auto hotlines = DiskFiles(directory).hotlines();
  if (!hotlines) {
    return tl::unexpected((directory / "hotlines").string() + " " + hotlines.error());
  }
  std::set<std::string_view> wanted;
  for (const KeptFile& file : files) wanted.insert(file.name);
  std::vector<std::string> surplus;
  std::copy_if(hotlines->begin(), hotlines->end(), std::back_inserter(surplus),
               [&wanted](const std::string& name) { return wanted.count(name) == 0; });

  Restoring restoring(directory, reader);
  for (const KeptFile& file : files) {
    if (auto drafted = restoring.draft(file); !drafted) return tl::unexpected(drafted.error());
  }
  return restoring.put(surplus, number);
}

}  // namespace hotline::config
