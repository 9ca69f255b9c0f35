// The files of one load as they were read: each once, so that what is accepted, and kept as
// config.good, is what was judged.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "config/files.h"

namespace hotline::config {

inline constexpr std::size_t kMostInAll = std::size_t{512} << 20;

struct KeptFile {
  std::string name;
  std::string text;
  bool is_secret = false;  // holds a password: nobody is shown a part of it
};

class Folder {
 public:
  // Requires: the files outlive the folder.
  explicit Folder(const Files& files) : files_(&files) {}

  // The text of a file of at most `most` bytes; valid until take(), or
  // keep_instead() of it.
  // Errors: why not, in a sentence; also of a name that leads outside of the directory.
  tl::expected<std::string_view, std::string> read(const std::string& name, std::size_t most);
  // The same of a file whose text nobody may be shown.
  tl::expected<std::string_view, std::string> read_secret(const std::string& name,
                                                          std::size_t most);
  bool is_private(const std::string& name) const { return files_->is_private(name); }
  tl::expected<std::vector<std::string>, std::string> hotlines() const {
    return files_->hotlines();
  }

  // Keeps that text of a file instead of what was read: all of it that was accepted.
  // Requires: the file was read.
  void keep_instead(const std::string& name, std::string text) {
    texts_.at(name) = std::move(text);
  }

  // All that was read.
  std::vector<KeptFile> take();

 private:
  const Files* files_;
  std::map<std::string, std::string> texts_;
  std::set<std::string> secrets_;
  std::size_t size_ = 0;
};

}  // namespace hotline::config
