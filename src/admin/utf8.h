// Text that may hold anything, as characters.
#pragma once

#include <string>
#include <string_view>

namespace hotline::admin {

inline constexpr char32_t kMalformed = 0xfffd;

// The characters of a UTF-8 text; what is malformed becomes U+FFFD.
std::u32string characters_of(std::string_view text);

// The UTF-8 form of a character, appended.
void append_character(std::string& text, char32_t character);

// Has it a shape of its own? Not so control characters, line breaks, and the invisible ones that
// turn the direction of writing.
bool is_printable(char32_t character);

}  // namespace hotline::admin
