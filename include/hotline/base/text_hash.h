// Hashes text, so that a table by std::string is asked with a std::string_view and copies nothing.
#pragma once

#include <functional>
#include <string_view>

namespace hotline {

struct TextHash : std::hash<std::string_view> {
  using is_transparent = void;
};

}  // namespace hotline
