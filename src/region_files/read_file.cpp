#include "region_files/read_file.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace hotline::region_files {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

using Failure = tl::unexpected<std::string>;

Failure cannot(const char* what, int code) {
  return Failure(std::string("cannot be ") + what + ": " + std::generic_category().message(code));
}

struct Close {
  void operator()(gzFile file) const { gzclose(file); }
};
using File = std::unique_ptr<gzFile_s, Close>;

// Errors: 0 is none.
int trouble_of(gzFile file) {
  int code = Z_OK;
  gzerror(file, &code);
  return code == Z_STREAM_END ? Z_OK : code;
}

Failure unreadable(int code) {
  if (code == Z_ERRNO) return cannot("read", errno);
  if (code == Z_BUF_ERROR) return Failure("is cut off: its packed data ends too early");
  return Failure("is damaged: its packed data makes no sense");
}

}  // namespace

tl::expected<std::string, std::string> read_file(const std::filesystem::path& path,
                                                 const region::ReadingProgress& progress,
                                                 std::size_t most) {
  // O_NONBLOCK: opening a pipe nobody writes to must not wait.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return cannot("opened", errno);
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(fd);
    return Failure("is no regular file");
  }
  const File file(gzdopen(fd, "rb"));
  if (!file) {
    ::close(fd);
    return cannot("read", ENOMEM);
  }
  const auto packed = static_cast<std::size_t>(status.st_size);
  std::string bytes;
  while (true) {
    const std::size_t filled = bytes.size();
    bytes.resize(std::min(filled + kPiece, most + 1));
    const int got =
        gzread(file.get(), bytes.data() + filled, static_cast<unsigned>(bytes.size() - filled));
    if (got < 0) return unreadable(trouble_of(file.get()));
    bytes.resize(filled + static_cast<std::size_t>(got));
    if (got == 0) break;
    if (bytes.size() > most) {
      return Failure("has more than " + std::to_string(most >> 20) + " MiB");
    }
    if (progress) progress(static_cast<std::size_t>(gzoffset(file.get())), packed);
  }
  // The end of data that was cut off is no error of the read that met it.
  if (const int code = trouble_of(file.get()); code != Z_OK) return unreadable(code);
  return bytes;
}

}  // namespace hotline::region_files
