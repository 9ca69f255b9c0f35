// The files of a configuration directory, by their names relative to it. Reading is bounded: no
// more than asked, nothing but regular files, no name that leads outside.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace hotline::config {

inline constexpr const char* kPlatformFile = "hotline.toml";

inline constexpr std::size_t kMostToml = std::size_t{4} << 20;
inline constexpr std::size_t kMostList = std::size_t{64} << 20;
inline constexpr std::size_t kMostHotlines = 100'000;  // files of hotlines/

// Does the name stay inside the directory: relative, no ".."?
bool stays_inside(const std::string& name);

class Files {
 public:
  virtual ~Files() = default;

  // The text of a file of at most `most` bytes.
  // Requires: stays_inside(name).
  // Errors: why not, in a sentence.
  virtual tl::expected<std::string, std::string> read(const std::string& name,
                                                      std::size_t most) const = 0;
  // May nobody but its owner read it? False where that cannot be told.
  virtual bool is_private(const std::string& name) const = 0;
  // The names of hotlines/*.toml, sorted; none where there is no such directory.
  // Errors: why not, in a sentence.
  virtual tl::expected<std::vector<std::string>, std::string> hotlines() const = 0;
};

class DiskFiles final : public Files {
 public:
  explicit DiskFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}

  tl::expected<std::string, std::string> read(const std::string& name,
                                              std::size_t most) const override;
  bool is_private(const std::string& name) const override;
  tl::expected<std::vector<std::string>, std::string> hotlines() const override;

 private:
  std::filesystem::path directory_;
};

// A directory that exists in memory only: what tests and the fuzzer load.
class MemoryFiles final : public Files {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}

  tl::expected<std::string, std::string> read(const std::string& name,
                                              std::size_t most) const override;
  bool is_private(const std::string&) const override { return true; }
  tl::expected<std::vector<std::string>, std::string> hotlines() const override;

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace hotline::config
