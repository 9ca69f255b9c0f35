#include "admin/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace hotline::admin {

std::u32string characters_of(std::string_view text) {
  const auto utf16 = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::u32string characters;
  for (std::int32_t i = 0; i < utf16.length(); i = utf16.moveIndex32(i, 1)) {
    characters += static_cast<char32_t>(utf16.char32At(i));
  }
  return characters;
}

void append_character(std::string& text, char32_t character) {
  icu::UnicodeString(static_cast<UChar32>(character)).toUTF8String(text);
}

bool is_printable(char32_t character) {
  const auto code = static_cast<UChar32>(character);
  const auto kind = u_charType(code);
  return u_isprint(code) != 0 && kind != U_FORMAT_CHAR && kind != U_LINE_SEPARATOR &&
         kind != U_PARAGRAPH_SEPARATOR;
}

}  // namespace hotline::admin
