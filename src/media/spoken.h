// Sentences with numbers in them, put together from prompts by the grammar of spoken Chinese: what
// a caller who waits is told. Pure.
#pragma once

#include <string_view>
#include <vector>

namespace hotline::media {

// Names of prompts (media/prompt_names.h), to be played one after the other.
using Pieces = std::vector<std::string_view>;

inline constexpr unsigned kMostSpoken = 9'999'999;

// A number by itself: 二, 十二, 一百零二, 两千, 一万零一十.
// Requires: number <= kMostSpoken.
Pieces speak_number(unsigned number);

// A number before a measure word (位, 分钟): as by itself, but 两 for a plain 2.
// Requires: number <= kMostSpoken.
Pieces speak_count(unsigned number);

// A phone number, an extension, a year: digit by digit, with 幺 for 1. What is no digit is left
// out.
Pieces speak_digits(std::string_view text);

// 您前面还有 N 位; for nobody ahead: you are next.
// Requires: ahead <= kMostSpoken.
Pieces speak_queue_position(unsigned ahead);

// 预计还需等待 N 分钟; for 0: less than a minute.
// Requires: minutes <= kMostSpoken.
Pieces speak_waiting_time(unsigned minutes);

// All that speak_queue_position and speak_waiting_time may need.
Pieces pieces_of_positions();
Pieces pieces_of_waiting_times();

}  // namespace hotline::media
