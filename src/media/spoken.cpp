#include "media/spoken.h"

#include "hotline/base/contract.h"

#include "media/prompt_names.h"

namespace hotline::media {
namespace {

constexpr unsigned kWan = 10'000;

struct Place {
  unsigned value;
  std::string_view name;  // none for ones
};

constexpr Place kPlaces[] = {{1000, prompt::qian}, {100, prompt::bai}, {10, prompt::shi}, {1, {}}};

// The digit in front of 千, 百, 十 or nothing. Spoken first, 1 is silent in 十 (十二, but
// 一百一十二) and 2 is 两 in 两千 (but 一万二千; 二百, 二十).
void speak_place(unsigned digit, const Place& place, Pieces& pieces) {
  const bool is_first = pieces.empty();
  if (digit == 2 && place.value == 1000 && is_first) {
    pieces.push_back(prompt::liang);
  } else if (digit != 1 || place.value != 10 || !is_first) {
    pieces.push_back(prompt::digit[digit]);
  }
  if (!place.name.empty()) pieces.push_back(place.name);
}

// Up to four digits. However many zeros stand before a digit, 零 is said once; those at the end are
// not said.
void speak_group(unsigned group, Pieces& pieces) {
  bool zeros_passed = false;
  for (const Place& place : kPlaces) {
    const unsigned digit = group / place.value % 10;
    if (digit != 0) {
      if (zeros_passed && !pieces.empty()) pieces.push_back(prompt::digit[0]);
      speak_place(digit, place, pieces);
    }
    zeros_passed = digit == 0;
  }
}

Pieces and_numbers(Pieces pieces) {
  using namespace prompt;
  pieces.insert(pieces.end(), {liang, shi, bai, qian, wan});
  pieces.insert(pieces.end(), std::begin(digit), std::end(digit));
  return pieces;
}

}  // namespace

Pieces speak_number(unsigned number) {
  HOTLINE_EXPECT(number <= kMostSpoken);
  if (number == 0) return {prompt::digit[0]};
  Pieces pieces;
  const unsigned of_wan = number / kWan;
  if (of_wan == 2) {
    pieces.push_back(prompt::liang);
  } else {
    speak_group(of_wan, pieces);
  }
  if (of_wan > 0) pieces.push_back(prompt::wan);
  speak_group(number % kWan, pieces);
  return pieces;
}

Pieces speak_count(unsigned number) {
  if (number == 2) return {prompt::liang};
  return speak_number(number);
}

Pieces speak_digits(std::string_view text) {
  Pieces pieces;
  for (const char c : text) {
    if (c < '0' || c > '9') continue;
    pieces.push_back(c == '1' ? prompt::yao : prompt::digit[c - '0']);
  }
  return pieces;
}

Pieces speak_queue_position(unsigned ahead) {
  if (ahead == 0) return {prompt::queue_next};
  Pieces pieces = speak_count(ahead);
  pieces.insert(pieces.begin(), prompt::queue_ahead);
  pieces.push_back(prompt::people);
  return pieces;
}

Pieces speak_waiting_time(unsigned minutes) {
  if (minutes == 0) return {prompt::wait_short};
  Pieces pieces = speak_count(minutes);
  pieces.insert(pieces.begin(), prompt::wait_about);
  pieces.push_back(prompt::minutes);
  return pieces;
}

Pieces pieces_of_positions() {
  return and_numbers({prompt::queue_next, prompt::queue_ahead, prompt::people});
}

Pieces pieces_of_waiting_times() {
  return and_numbers({prompt::wait_short, prompt::wait_about, prompt::minutes});
}

}  // namespace hotline::media
