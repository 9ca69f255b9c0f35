// The versions of the configuration that were loaded, kept in the state directory: what each was
// made of, when it was taken and by whom.
//
//   history/000012.json    a version: its files by name and SHA-256
//   history/files/HASH     the text of a file, once for all versions that have it
//   history/lock           held while a version is added
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

#include "config/durable.h"
#include "config/folder.h"

namespace hotline::config {

// How a version came to be.
struct Origin {
  enum class How : std::uint8_t {
    start,    // the server read it when it started
    signal,   // … when it got a HUP
    command,  // … when somebody said hotlinectl reload
    saved,    // was not loaded: a rollback put it aside
  };
  How how = How::start;
  std::optional<std::uint32_t> uid;  // of a command: whose
  std::string user;                  // their name; empty where the system knows none

  std::string to_string() const;  // "start", "signal", "li (1000)", "saved by li (1000)"
};

// Looks the name up, which may take a while where the system asks others.
Origin by_user(Origin::How how, std::uint32_t uid);

struct VersionFile {
  std::string name;
  std::string hash;  // SHA-256
  std::uint64_t bytes = 0;
  bool is_secret = false;
};

struct Version {
  std::uint32_t number = 0;  // 0: not in the history
  std::string hash;          // SHA-256 of "HASH  NAME\n" for each file, in the order of names
  WallTime at{};
  Origin origin;
  std::vector<VersionFile> files;  // by name

  const VersionFile* find(const std::string& name) const;
};

// What a load was made of as a version, without a number.
Version version_of(const std::vector<KeptFile>& files, Origin origin, WallTime at);

struct HistoryBounds {
  std::size_t versions = 50;
  std::uint64_t bytes = std::uint64_t{256} << 20;  // of files' texts
};

// Several processes may use one history: readers see whole versions, writers wait for each other.
class History {
 public:
  explicit History(const std::filesystem::path& state_dir, HistoryBounds bounds = {});

  // Oldest first; those that cannot be read are named apart.
  // Errors: a sentence. No history yet is none.
  struct Listed {
    std::vector<Version> versions;
    std::vector<std::string> damaged;  // a sentence for each

    // The version that was loaded last; null where there is none.
    const Version* in_use() const;
    const Version* find(std::uint32_t number) const;
  };
  tl::expected<Listed, std::string> list() const;

  // The text of a version's file, as it was. Errors: a sentence.
  tl::expected<std::string, std::string> text(const VersionFile& file) const;
  tl::expected<std::vector<KeptFile>, std::string> texts(const Version& version) const;

  // Adds a version, unless it is the one in use (or, of one that is only saved, any that is there).
  // The oldest are dropped beyond the bounds, the one in use never. Waits for the disk. At any
  // instant, also of a crash, every version that can be listed is whole.
  // Requires: the state directory exists; version_of(files, …).
  // Returns: the version as it is kept, with its number. Errors: a sentence.
  tl::expected<Version, std::string> keep(Version version, const std::vector<KeptFile>& files);

 private:
  tl::expected<std::vector<std::uint32_t>, std::string> numbers() const;
  tl::expected<Version, std::string> read(std::uint32_t number) const;
  tl::expected<void, std::string> make_directories() const;
  tl::expected<void, std::string> add_texts(const Version& version,
                                            const std::vector<KeptFile>& files) const;
  tl::expected<void, std::string> write(const Version& version) const;
  void drop_oldest() const;
  void remove_unused(const std::vector<Version>& kept) const;

  std::filesystem::path path(std::uint32_t number) const;
  std::filesystem::path path(const VersionFile& file) const { return files_ / file.hash; }

  std::filesystem::path directory_;
  std::filesystem::path files_;
  std::optional<Owner> owner_;  // of the state directory: root's files have to be the server's too
  HistoryBounds bounds_;
};

}  // namespace hotline::config
