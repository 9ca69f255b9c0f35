#include "media/prompt_library.h"

#include <set>

#include "hotline/base/contract.h"

namespace hotline::media {

// What is known while files are loaded.
class PromptLoader {
 public:
  PromptLoader(const std::filesystem::path& directory, std::size_t most)
      : directory_(directory), most_(most) {}

  void load(const PromptFile& file) {
    HOTLINE_EXPECT(loaded_.library.find(file.name) == nullptr);
    const auto [at, is_new] = by_path_.try_emplace(file.path);
    if (is_new) at->second = kept(directory_ / file.path);
    if (!at->second) {
      loaded_.problems.push_back({file, at->second.error()});
      return;
    }
    loaded_.library.prompts_.emplace(file.name, *at->second);
  }

  LoadedPrompts take() { return std::move(loaded_); }

 private:
  using Loaded = tl::expected<std::shared_ptr<const Audio>, std::string>;

  struct BySound {
    bool operator()(const std::shared_ptr<const Audio>& a,
                    const std::shared_ptr<const Audio>& b) const {
      return *a < *b;
    }
  };

  Loaded kept(const std::filesystem::path& path) {
    const Loaded audio = load_prompt(path);
    if (!audio) return audio;
    if (const auto same = by_sound_.find(*audio); same != by_sound_.end()) return *same;
    if ((*audio)->bytes() > most_ - loaded_.library.bytes_) {
      return tl::make_unexpected(path.string() + ": is one too many: all prompts together take " +
                                 "more than " + std::to_string(most_) + " bytes");
    }
    loaded_.library.bytes_ += (*audio)->bytes();
    by_sound_.insert(*audio);
    return audio;
  }

  const std::filesystem::path& directory_;
  std::size_t most_;
  LoadedPrompts loaded_;
  std::map<std::string, Loaded> by_path_;
  std::set<std::shared_ptr<const Audio>, BySound> by_sound_;
};

std::shared_ptr<const Audio> PromptLibrary::find(std::string_view name) const {
  const auto at = prompts_.find(name);
  return at == prompts_.end() ? nullptr : at->second;
}

LoadedPrompts load_prompts(const std::filesystem::path& directory,
                           std::span<const PromptFile> files, std::size_t most) {
  PromptLoader loader(directory, most);
  for (const PromptFile& file : files) loader.load(file);
  return loader.take();
}

}  // namespace hotline::media
