#include "call/note_values.h"

#include <charconv>

namespace hotline::call {

std::string note_value(std::initializer_list<std::int64_t> numbers, std::string_view text) {
  std::string value;
  for (const std::int64_t number : numbers) {
    value += std::to_string(number);
    value += ',';
  }
  value += text;
  return value;
}

std::optional<NoteValue> read_note_value(std::string_view value, std::size_t numbers) {
  NoteValue read;
  const char* at = value.data();
  const char* const end = at + value.size();
  while (read.numbers.size() < numbers) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || stop == end || *stop != ',') return std::nullopt;
    read.numbers.push_back(number);
    at = stop + 1;
  }
  read.text.assign(at, end);
  return read;
}

}  // namespace hotline::call
