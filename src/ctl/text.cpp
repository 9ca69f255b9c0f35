#include "ctl/text.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "admin/utf8.h"

namespace hotline::ctl {
namespace {

constexpr char32_t kPictures = 0x2400;  // ␀, then one for each control character of ASCII
constexpr char32_t kDelete = 0x7f;
constexpr char32_t kDeletePicture = 0x2421;

char32_t shape_of(char32_t character) {
  if (character < ' ') return kPictures + character;
  if (character == kDelete) return kDeletePicture;
  return admin::is_printable(character) ? character : admin::kMalformed;
}

// Of nothing but characters that stay as they are. Most text is, and most of that is ASCII.
bool is_printable(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; })) {
    return true;
  }
  const std::u32string characters = admin::characters_of(text);
  return std::all_of(characters.begin(), characters.end(),
                     [](char32_t c) { return c != admin::kMalformed && admin::is_printable(c); });
}

std::size_t width_of(char32_t character) {
  const auto code = static_cast<UChar32>(character);
  const auto kind = u_charType(code);
  if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK) return 0;
  const auto width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::string printable(std::string_view text) {
  if (is_printable(text)) return std::string(text);
  std::string clean;
  clean.reserve(text.size());
  for (const char32_t character : admin::characters_of(text)) {
    admin::append_character(clean, shape_of(character));
  }
  return clean;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char32_t character : admin::characters_of(text)) width += width_of(character);
  return width;
}

}  // namespace hotline::ctl
