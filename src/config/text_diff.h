// What differs between two texts, line by line, as `diff -u` shows it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotline::config {

// Lines that differ, beyond which no text is shown but how many lines there are of each.
inline constexpr std::size_t kMostDiffering = 1000;

// "--- before", "+++ after" and the hunks, three lines around each; empty where nothing differs.
// Source: E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986.
std::string unified_diff(std::string_view before, std::string_view after,
                         std::string_view before_name, std::string_view after_name);

}  // namespace hotline::config
