#include "region/utf8.h"

#include <algorithm>
#include <cstddef>

namespace hotline::region {
namespace {

constexpr char32_t kMalformed = 0xffff'ffff;

struct Form {
  unsigned char mask;
  unsigned char lead;
  std::size_t following;
  char32_t least;  // smaller ones have a shorter form
};

constexpr Form kForms[] = {
    {0x80, 0x00, 0, 0},
    {0xe0, 0xc0, 1, 0x80},
    {0xf0, 0xe0, 2, 0x800},
    {0xf8, 0xf0, 3, 0x1'0000},
};

// The character that begins the text, which is taken off it.
char32_t take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const auto* const form = std::find_if(std::begin(kForms), std::end(kForms),
                                        [first](Form f) { return (first & f.mask) == f.lead; });
  if (form == std::end(kForms) || text.size() <= form->following) return kMalformed;
  auto character = static_cast<char32_t>(first & static_cast<unsigned char>(~form->mask));
  for (std::size_t i = 1; i <= form->following; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return kMalformed;
    character = character << 6 | (byte & 0x3f);
  }
  const bool is_surrogate = character >= 0xd800 && character <= 0xdfff;
  if (character < form->least || is_surrogate || character > 0x10'ffff) return kMalformed;
  text.remove_prefix(form->following + 1);
  return character;
}

}  // namespace

std::optional<std::u32string> characters_of(std::string_view text) {
  std::u32string characters;
  while (!text.empty()) {
    const char32_t character = take_character(text);
    if (character == kMalformed) return std::nullopt;
    characters += character;
  }
  return characters;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto beyond_ascii = std::find_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    text.remove_prefix(static_cast<std::size_t>(beyond_ascii - text.begin()));
    if (!text.empty() && take_character(text) == kMalformed) return false;
  }
  return true;
}

}  // namespace hotline::region
