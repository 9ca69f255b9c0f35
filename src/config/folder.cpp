#include "config/folder.h"

namespace hotline::config {

tl::expected<std::string_view, std::string> Folder::read(const std::string& name,
                                                         std::size_t most) {
  if (!stays_inside(name)) {
    return tl::unexpected(std::string("is not inside the configuration directory"));
  }
  if (const auto known = texts_.find(name); known != texts_.end()) return known->second;
  auto text = files_->read(name, most);
  if (!text) return tl::unexpected(text.error());
  size_ += text->size();
  if (size_ > kMostInAll) {
    return tl::unexpected("makes the configuration larger than " +
                          std::to_string(kMostInAll >> 20) + " MiB");
  }
  return texts_.emplace(name, std::move(*text)).first->second;
}

tl::expected<std::string_view, std::string> Folder::read_secret(const std::string& name,
                                                                std::size_t most) {
  secrets_.insert(name);
  return read(name, most);
}

std::vector<KeptFile> Folder::take() {
  std::vector<KeptFile> kept;
  kept.reserve(texts_.size());
  for (auto& [name, text] : texts_) {
    kept.push_back({name, std::move(text), secrets_.count(name) == 1});
  }
  texts_.clear();
  return kept;
}

}  // namespace hotline::config
