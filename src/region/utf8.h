// UTF-8 as characters: names are compared by these, not by bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hotline::region {

// Errors: nullopt where the bytes are no UTF-8 (RFC 3629: shortest form, no surrogates).
std::optional<std::u32string> characters_of(std::string_view text);

// The same question without the characters.
bool is_utf8(std::string_view text);

}  // namespace hotline::region
