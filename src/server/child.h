// Runs a program of somebody else's, once, and waits for its end.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

namespace hotline::server {

struct Errand {
  std::vector<std::string> command;  // the program's path and its arguments; no shell
  std::string input;                 // on its standard input, then its end; at most kMostInput
  Seconds patience{30};              // then it is killed, with all that it has started
  std::function<bool()> hurry;       // true: it has no more than kHurried left
};
inline constexpr std::size_t kMostInput = 16'384;
inline constexpr Milliseconds kHurried{2000};

// Nothing of ours is open in it but its standard input and output, which is read, and kept in part
// to explain a failure.
// Errors: a sentence, where it does not end by itself with exit status 0.
// Thread: any but the call thread; waits.
tl::expected<void, std::string> run_errand(const Errand& errand);

}  // namespace hotline::server
