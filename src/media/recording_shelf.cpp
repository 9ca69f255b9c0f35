#include "media/recording_shelf.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include <sys/stat.h>

#include "media/recording_file.h"

namespace hotline::media {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSuffix = ".wav";

std::optional<ShelfFile> file_at(const fs::path& path) {
  const bool is_open =
      path.extension() == kPartSuffix && fs::path(path).replace_extension().extension() == kSuffix;
  if (!is_open && path.extension() != kSuffix) return std::nullopt;
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  const auto written = std::chrono::seconds(status.st_mtim.tv_sec) +
                       std::chrono::nanoseconds(status.st_mtim.tv_nsec);
  return ShelfFile{path, static_cast<std::uint64_t>(status.st_size),
                   WallTime(std::chrono::floor<Milliseconds>(written)), is_open};
}

std::vector<ShelfFile> files_in(const fs::path& directory, std::error_code& error) {
  std::vector<ShelfFile> files;
  for (auto entry = fs::recursive_directory_iterator(
           directory, fs::directory_options::skip_permission_denied, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (auto file = file_at(entry->path())) files.push_back(std::move(*file));
  }
  return files;
}

// Folders that have become empty go with their last file, up to the directory itself.
void remove_empty_folders(fs::path folder, const fs::path& directory) {
  std::error_code error;
  while (folder != directory && fs::remove(folder, error)) folder = folder.parent_path();
}

}  // namespace

std::vector<ShelfFile> to_remove(std::vector<ShelfFile> files, const ShelfLimits& limits,
                                 WallTime now, std::uint64_t free_bytes) {
  std::uint64_t kept_bytes = 0;
  for (const ShelfFile& file : files) kept_bytes += file.bytes;
  std::erase_if(files, [](const ShelfFile& file) { return file.is_open; });
  std::sort(files.begin(), files.end(), [](const ShelfFile& a, const ShelfFile& b) {
    return a.written != b.written ? a.written < b.written : a.path < b.path;
  });
  const auto goes = [&](const ShelfFile& file) {
    const bool is_old = limits.retention.count() > 0 && file.written < now - limits.retention;
    const bool is_too_much = limits.most_bytes > 0 && kept_bytes > limits.most_bytes;
    return is_old || is_too_much || free_bytes < limits.least_free_bytes;
  };
  std::size_t count = 0;
  for (; count < files.size() && goes(files[count]); ++count) {
    kept_bytes -= files[count].bytes;
    free_bytes += files[count].bytes;
  }
  files.resize(count);
  return files;
}

ShelfTidied tidy_shelf(const fs::path& directory, const ShelfLimits& limits, WallTime now) {
  ShelfTidied tidied;
  std::error_code error;
  if (!fs::exists(directory, error)) return tidied;
  const std::vector<ShelfFile> files = files_in(directory, error);
  if (error) tidied.error = directory.string() + ": cannot be read: " + error.message();
  for (const ShelfFile& file : files) {
    ++tidied.kept;
    tidied.kept_bytes += file.bytes;
  }
  const fs::space_info disk = fs::space(directory, error);
  if (error) {
    tidied.error = directory.string() + ": cannot be read: " + error.message();
    return tidied;
  }
  for (const ShelfFile& file : to_remove(files, limits, now, disk.available)) {
    if (!fs::remove(file.path, error)) {
      if (error && tidied.error.empty()) {
        tidied.error = file.path.string() + ": cannot be removed: " + error.message();
      }
      continue;
    }
    remove_empty_folders(file.path.parent_path(), directory);
    --tidied.kept;
    tidied.kept_bytes -= file.bytes;
    ++tidied.removed;
    tidied.removed_bytes += file.bytes;
  }
  return tidied;
}

}  // namespace hotline::media
