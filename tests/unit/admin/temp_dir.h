// A directory of a test's own, short enough for socket paths; removed with the object.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "hotline/base/contract.h"

namespace hotline::admin {

class TempDir {
 public:
  TempDir() {
    char pattern[] = "/tmp/hl-admin-XXXXXX";
    HOTLINE_EXPECT(::mkdtemp(pattern) != nullptr);
    path_ = pattern;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace hotline::admin
