// The words of closed sets: enums whose values count from 0 and have a to_string() beside them.
#pragma once

#include <optional>
#include <string_view>

namespace hotline {

// The value that has this word. `last`: the set's last value. Errors: nullopt where none has it.
template <class Value>
std::optional<Value> from_word(std::string_view word, Value last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto value = static_cast<Value>(i);
    if (to_string(value) == word) return value;
  }
  return std::nullopt;
}

}  // namespace hotline
