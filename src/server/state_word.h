// What a live call is doing, in a word: for admins and metrics.
#pragma once

#include <string_view>

#include "hotline/call/call.h"

namespace hotline::server {

std::string_view state_word(const call::State& state);

}  // namespace hotline::server
