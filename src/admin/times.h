// Points of time as people and programs write them: RFC 3339 to the millisecond, in China's time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/time.h"

namespace hotline::admin {

// "2026-01-02T03:04:05.678+08:00"
std::string to_rfc3339(WallTime when, std::chrono::minutes offset = kChinaOffset);
// "+08:00"
std::string to_text(std::chrono::minutes offset);

// Which end of a period a text names: a date alone stands for its first instant as a beginning,
// and for the first instant after it as an end, so that a period of one day has one date.
enum class Edge { begin, end };

// Reads "2026-01-02" (a day of China's time) or an RFC 3339 instant with up to three decimals
// ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678+08:00").
// Errors: nullopt for anything else, and for days that do not exist.
// Source: RFC 3339 §5.6.
std::optional<WallTime> parse_time(std::string_view text, Edge edge);

}  // namespace hotline::admin
