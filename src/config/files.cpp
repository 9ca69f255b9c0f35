#include "config/files.h"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hotline::config {
namespace {

constexpr std::string_view kFolder = "hotlines/";
constexpr std::string_view kEnding = ".toml";

// Hidden files are left alone: editors keep their locks there.
bool is_hotline(std::string_view name) { return !name.starts_with('.') && name.ends_with(kEnding); }

tl::unexpected<std::string> cannot(const char* what, int code) {
  return tl::unexpected(std::string(what) + ": " + std::generic_category().message(code));
}

tl::unexpected<std::string> too_large(std::size_t most) {
  return tl::unexpected("is larger than " + std::to_string(most >> 20) + " MiB");
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

bool stays_inside(const std::string& name) {
  const std::filesystem::path path(name);
  if (name.empty() || path.has_root_path() || !path.has_filename()) return false;
  return std::none_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
}

tl::expected<std::string, std::string> DiskFiles::read(const std::string& name,
                                                       std::size_t most) const {
  // O_NONBLOCK: opening a pipe nobody writes to must not wait.
  const Descriptor file(::open((directory_ / name).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return cannot("cannot be opened", errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return cannot("cannot be examined", errno);
  if (!S_ISREG(status.st_mode)) return tl::unexpected(std::string("is no regular file"));

  std::string text;
  text.resize(std::min(static_cast<std::size_t>(status.st_size), most) + 1);
  std::size_t filled = 0;
  while (true) {
    const ssize_t got = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot("cannot be read", errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > most) return too_large(most);
    if (filled == text.size()) text.resize(std::min(text.size() * 2, most + 1));
  }
  text.resize(filled);
  return text;
}

bool DiskFiles::is_private(const std::string& name) const {
  struct stat status {};
  return ::stat((directory_ / name).c_str(), &status) == 0 &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

tl::expected<std::vector<std::string>, std::string> DiskFiles::hotlines() const {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator it(directory_ / kFolder, error);
  if (error == std::errc::no_such_file_or_directory) return names;
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!is_hotline(name)) continue;
    names.push_back(std::string(kFolder) + name);
    if (names.size() > kMostHotlines) {
      return tl::unexpected("holds more than " + std::to_string(kMostHotlines) + " files");
    }
  }
  if (error) return cannot("cannot be listed", error.value());
  std::sort(names.begin(), names.end());
  return names;
}

tl::expected<std::string, std::string> MemoryFiles::read(const std::string& name,
                                                         std::size_t most) const {
  const auto found = texts_.find(name);
  if (found == texts_.end()) return cannot("cannot be opened", ENOENT);
  if (found->second.size() > most) return too_large(most);
  return found->second;
}

tl::expected<std::vector<std::string>, std::string> MemoryFiles::hotlines() const {
  std::vector<std::string> names;
  for (const auto& [name, text] : texts_) {
    if (name.starts_with(kFolder) && is_hotline(name.substr(kFolder.size()))) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace hotline::config
