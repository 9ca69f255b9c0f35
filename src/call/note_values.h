// How the values of notes are written: numbers with commas between them, and text at the end.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::call {

std::string note_value(std::initializer_list<std::int64_t> numbers, std::string_view text = {});

struct NoteValue {
  std::vector<std::int64_t> numbers;
  std::string text;
};
// Errors: nullopt where it does not begin with so many numbers.
std::optional<NoteValue> read_note_value(std::string_view value, std::size_t numbers);

}  // namespace hotline::call
