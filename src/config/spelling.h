// "did you mean …": the nearest of the words that would have been right.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hotline::config {

// `; did you mean "ring_s"?`, or nothing where no word is near.
std::string did_you_mean(std::string_view written, std::span<const std::string_view> right);

}  // namespace hotline::config
