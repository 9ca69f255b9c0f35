// Every prompt of a configuration, loaded before it counts: one immutable library beside one
// snapshot. Loading reads files, on any thread but the call thread and the senders'; reading the
// library is any thread's.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/prompt_wav.h"

namespace hotline::media {

// Four and a half hours of audio, in two codecs.
inline constexpr std::size_t kMostLibraryBytes = std::size_t{256} << 20;

struct PromptFile {
  std::string name;  // what the program asks for
  std::string path;  // relative to the configuration directory
};

struct PromptProblem {
  PromptFile file;
  std::string what;  // a sentence that begins with the path
};

class PromptLibrary {
 public:
  // None where there is no such prompt, or where its file could not be loaded: play a tone.
  std::shared_ptr<const Audio> find(std::string_view name) const;
  // What the prompts take, each audio counted once.
  std::size_t bytes() const { return bytes_; }

 private:
  friend class PromptLoader;

  std::map<std::string, std::shared_ptr<const Audio>, std::less<>> prompts_;
  std::size_t bytes_ = 0;
};

struct LoadedPrompts {
  PromptLibrary library;
  std::vector<PromptProblem> problems;  // in the order of the files
};

// Loads what can be loaded and tells what cannot, all at once. Files named twice are read once, and
// files that sound the same are kept once; what would take the library above `most` is left out.
// Requires: the names differ.
LoadedPrompts load_prompts(const std::filesystem::path& directory,
                           std::span<const PromptFile> files, std::size_t most = kMostLibraryBytes);

}  // namespace hotline::media
