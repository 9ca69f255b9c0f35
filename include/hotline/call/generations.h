// A bounded table that forgets what has not been written longest: two halves, and when the younger
// is full it becomes the older, whose entries go.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "hotline/base/text_hash.h"

namespace hotline::call {

template <class Value>
class Generations {
 public:
  // Keeps at least `half` entries and at most twice as many.
  explicit Generations(std::size_t half) : half_(half) {}

  // Null: unknown, or forgotten.
  const Value* find(std::string_view key) const {
    if (const auto it = young_.find(key); it != young_.end()) return &it->second;
    const auto it = old_.find(key);
    return it == old_.end() ? nullptr : &it->second;
  }

  // The entry of that key, made where there is none; it counts as written.
  Value& write(const std::string& key) {
    if (const auto it = young_.find(key); it != young_.end()) return it->second;
    Value value{};
    if (const auto it = old_.find(key); it != old_.end()) {
      value = std::move(it->second);
      old_.erase(it);
    }
    if (young_.size() >= half_) old_ = std::exchange(young_, {});
    return young_.emplace(key, std::move(value)).first->second;
  }

  void erase(std::string_view key) {
    if (const auto it = young_.find(key); it != young_.end()) young_.erase(it);
    if (const auto it = old_.find(key); it != old_.end()) old_.erase(it);
  }

  std::size_t size() const { return young_.size() + old_.size(); }

 private:
  using Half = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

  std::size_t half_;
  Half young_;
  Half old_;
};

}  // namespace hotline::call
