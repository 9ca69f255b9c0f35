// A version is added in this order: the texts it needs that are not there yet, each beside its
// place and then, when the disk has them all, by rename into it; then the version itself, the same
// way. Versions are dropped in the opposite order. So whatever can be listed has all its texts.

#include "config/history.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <set>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "hotline/base/contract.h"

#include "config/digest.h"
#include "config/files.h"
#include "config/history_json.h"

namespace hotline::config {
namespace {

namespace fs = std::filesystem;

using Result = tl::expected<void, std::string>;

constexpr const char* kEnding = ".json";
constexpr const char* kNew = ".new";

// Held until the object ends; the kernel frees it at a crash.
class Writing {
 public:
  explicit Writing(const fs::path& path, const std::optional<Owner>& owner)
      : fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (fd_ < 0) return;
    if (owner && ::geteuid() == 0 && ::fchown(fd_, owner->user, owner->group) != 0) return;
    is_held_ = ::flock(fd_, LOCK_EX) == 0;
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;
  ~Writing() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool is_held() const { return is_held_; }

 private:
  int fd_;
  bool is_held_ = false;
};

std::optional<std::uint32_t> number_of(const std::string& name) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size() - 5 || number == 0) {
    return std::nullopt;
  }
  return name.ends_with(kEnding) ? std::optional(number) : std::nullopt;
}

std::uint64_t bytes_in(const fs::path& directory) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code unknown;
    const auto size = it->file_size(unknown);
    if (!unknown) bytes += size;
  }
  return bytes;
}

// Texts that are in several versions are counted once.
std::uint64_t bytes_of(const std::vector<Version>& versions) {
  std::uint64_t bytes = 0;
  std::set<std::string_view> seen;
  for (const Version& version : versions) {
    for (const VersionFile& file : version.files) {
      if (seen.insert(file.hash).second) bytes += file.bytes;
    }
  }
  return bytes;
}

}  // namespace

const VersionFile* Version::find(const std::string& name) const {
  const auto found =
      std::lower_bound(files.begin(), files.end(), name,
                       [](const VersionFile& file, const auto& n) { return file.name < n; });
  return found == files.end() || found->name != name ? nullptr : &*found;
}

Version version_of(const std::vector<KeptFile>& files, Origin origin, WallTime at) {
  Version version{0, "", at, std::move(origin), {}};
  for (const KeptFile& file : files) {
    version.files.push_back({file.name, sha256(file.text), file.text.size(), file.is_secret});
  }
  std::sort(version.files.begin(), version.files.end(),
            [](const VersionFile& a, const VersionFile& b) { return a.name < b.name; });
  std::string sums;
  for (const VersionFile& file : version.files) sums += file.hash + "  " + file.name + "\n";
  version.hash = sha256(sums);
  return version;
}

History::History(const fs::path& state_dir, HistoryBounds bounds)
    : directory_(state_dir / "history"),
      files_(directory_ / "files"),
      owner_(owner_of(state_dir)),
      bounds_(bounds) {}

fs::path History::path(std::uint32_t number) const {
  std::array<char, 16> name{};
  std::snprintf(name.data(), name.size(), "%06u%s", number, kEnding);
  return directory_ / name.data();
}

const Version* History::Listed::in_use() const {
  const auto found = std::find_if(versions.rbegin(), versions.rend(), [](const Version& version) {
    return version.origin.how != Origin::How::saved;
  });
  return found == versions.rend() ? nullptr : &*found;
}

const Version* History::Listed::find(std::uint32_t number) const {
  const auto found = std::find_if(versions.begin(), versions.end(), [number](const auto& version) {
    return version.number == number;
  });
  return found == versions.end() ? nullptr : &*found;
}

tl::expected<std::vector<std::uint32_t>, std::string> History::numbers() const {
  std::vector<std::uint32_t> numbers;
  std::error_code error;
  fs::directory_iterator it(directory_, error);
  if (error == std::errc::no_such_file_or_directory) return numbers;
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    if (const auto number = number_of(it->path().filename().string())) numbers.push_back(*number);
  }
  if (error) return cannot("list", directory_, error.value());
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

tl::expected<Version, std::string> History::read(std::uint32_t number) const {
  const auto text = DiskFiles(directory_).read(path(number).filename().string(), kMostInAll);
  if (!text) return tl::unexpected(path(number).string() + " " + text.error());
  auto version = version_from_json(*text);
  if (!version) return tl::unexpected(path(number).string() + " is damaged: " + version.error());
  if (version->number != number) return tl::unexpected(path(number).string() + " is another one's");
  return version;
}

tl::expected<History::Listed, std::string> History::list() const {
  const auto all = numbers();
  if (!all) return tl::unexpected(all.error());
  Listed listed;
  for (const std::uint32_t number : *all) {
    if (auto version = read(number)) {
      listed.versions.push_back(std::move(*version));
    } else {
      listed.damaged.push_back(version.error());
    }
  }
  return listed;
}

tl::expected<std::string, std::string> History::text(const VersionFile& file) const {
  auto text = DiskFiles(files_).read(file.hash, kMostInAll);
  if (!text) return tl::unexpected(path(file).string() + " " + text.error());
  if (sha256(*text) != file.hash) return tl::unexpected(path(file).string() + " is damaged");
  return text;
}

tl::expected<std::vector<KeptFile>, std::string> History::texts(const Version& version) const {
  std::vector<KeptFile> files;
  for (const VersionFile& file : version.files) {
    auto read = text(file);
    if (!read) return tl::unexpected(read.error());
    files.push_back({file.name, std::move(*read), file.is_secret});
  }
  return files;
}

Result History::make_directories() const {
  for (const fs::path& directory : {directory_, files_}) {
    std::error_code error;
    if (fs::is_directory(directory, error)) continue;
    fs::create_directory(directory, error);
    if (error) return cannot("create", directory, error.value());
    fs::permissions(directory, fs::perms::owner_all, error);
    if (error) return cannot("set the mode of", directory, error.value());
    if (::geteuid() == 0 && owner_ &&
        ::chown(directory.c_str(), owner_->user, owner_->group) != 0) {
      return cannot("set the owner of", directory, errno);
    }
  }
  return {};
}

Result History::add_texts(const Version& version, const std::vector<KeptFile>& files) const {
  std::set<fs::path> added;
  for (const KeptFile& file : files) {
    const VersionFile* known = version.find(file.name);
    HOTLINE_EXPECT(known);
    const fs::path place = path(*known);
    std::error_code error;
    if (fs::file_size(place, error) == known->bytes && !error) continue;
    if (!added.insert(place).second) continue;
    const fs::path draft = place.string() + kNew;
    fs::remove(draft, error);  // of a process that died
    if (auto written = write_file(draft, file.text, 0600, owner_); !written) return written;
  }
  if (added.empty()) return {};
  if (auto synced = sync_all(files_); !synced) return synced;
  for (const fs::path& place : added) {
    std::error_code error;
    fs::rename(place.string() + kNew, place, error);
    if (error) return cannot("rename", place.string() + kNew, error.value());
  }
  return sync(files_);
}

Result History::write(const Version& version) const {
  const auto text = to_json(version);
  if (!text) return tl::unexpected(text.error());
  const fs::path draft = path(version.number).string() + kNew;
  std::error_code error;
  fs::remove(draft, error);
  if (auto written = write_file(draft, *text, 0600, owner_); !written) return written;
  if (auto synced = sync(draft); !synced) return synced;
  fs::rename(draft, path(version.number), error);
  if (error) return cannot("rename", draft, error.value());
  return sync(directory_);
}

tl::expected<Version, std::string> History::keep(Version version,
                                                 const std::vector<KeptFile>& files) {
  if (auto made = make_directories(); !made) return tl::unexpected(made.error());
  const Writing writing(directory_ / "lock", owner_);
  if (!writing.is_held()) return cannot("lock", directory_ / "lock", errno);
  const auto all = numbers();
  if (!all) return tl::unexpected(all.error());
  const bool is_saved = version.origin.how == Origin::How::saved;
  for (auto number = all->rbegin(); number != all->rend(); ++number) {
    auto before = read(*number);
    if (!before) continue;
    if (before->hash == version.hash && (is_saved || before->origin.how != Origin::How::saved)) {
      return before;
    }
    if (!is_saved && before->origin.how != Origin::How::saved) break;
  }
  version.number = all->empty() ? 1 : all->back() + 1;
  if (auto added = add_texts(version, files); !added) return tl::unexpected(added.error());
  if (auto written = write(version); !written) return tl::unexpected(written.error());
  if (all->size() >= bounds_.versions || bytes_in(files_) > bounds_.bytes) drop_oldest();
  return version;
}

// What cannot be removed is tried again the next time.
void History::drop_oldest() const {
  auto listed = list();
  if (!listed) return;
  std::vector<Version>& versions = listed->versions;
  const std::uint32_t in_use = listed->in_use() ? listed->in_use()->number : 0;
  std::error_code ignored;
  while (versions.size() > 1 && versions.front().number < in_use &&
         (versions.size() > bounds_.versions || bytes_of(versions) > bounds_.bytes)) {
    fs::remove(path(versions.front().number), ignored);
    versions.erase(versions.begin());
  }
  if (sync(directory_)) remove_unused(versions);
}

void History::remove_unused(const std::vector<Version>& kept) const {
  std::set<std::string_view> used;
  for (const Version& version : kept) {
    for (const VersionFile& file : version.files) used.insert(file.hash);
  }
  std::vector<fs::path> unused;
  std::error_code error;
  for (fs::directory_iterator it(files_, error), end; !error && it != end; it.increment(error)) {
    if (used.count(it->path().filename().string()) == 0) unused.push_back(it->path());
  }
  for (const fs::path& path : unused) fs::remove(path, error);
}

}  // namespace hotline::config
