#include "ctl/new_file.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace hotline::ctl {
namespace {

using FileType = std::filesystem::file_type;

bool synced(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool done = ::fsync(file) == 0;
  return ::close(file) == 0 && done;
}

}  // namespace

NewFile::NewFile(const std::string& path) {
  if (path.empty()) return;
  // A link stays what it is: what it leads to is written. A device, a pipe, a directory is refused,
  // for the file would take its place.
  std::error_code unknown;
  path_ = std::filesystem::weakly_canonical(path, unknown);
  if (unknown) path_ = path;
  const auto kind = std::filesystem::status(path_, unknown).type();
  if (kind != FileType::not_found && kind != FileType::regular) return;
  std::string draft = path_ + ".XXXXXX";
  const int file = ::mkstemp(draft.data());
  if (file < 0) return;
  ::close(file);
  draft_ = draft;
  stream_.open(draft_, std::ios::binary);
}

NewFile::~NewFile() {
  if (!draft_.empty()) ::unlink(draft_.c_str());
}

bool NewFile::sync() {
  if (stream_.is_open()) stream_.close();
  return stream_ && synced(draft_);
}

bool NewFile::keep() {
  if (!sync() || std::rename(draft_.c_str(), path_.c_str()) != 0) return false;
  draft_.clear();
  return true;
}

void NewFile::take_back() { ::unlink(path_.c_str()); }

}  // namespace hotline::ctl
