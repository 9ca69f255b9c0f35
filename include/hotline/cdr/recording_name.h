// What the file of a call's recording is called: a template of the configuration, and what is known
// when caller and phone begin to talk. Nothing that a caller sends leads out of the directory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/time.h"

namespace hotline::cdr {

// What stands for the placeholders {hotline}, {call}, {caller} and {phone}; {date} is
// "2026-11-26" and {time} "041500", of the begin, in China's time.
struct RecordingFacts {
  std::string hotline;
  std::string call;
  std::string caller;  // empty: withheld
  std::string phone;
  WallTime begun{};
};

// What is wrong with a template, as the end of a sentence; nullopt: nothing. It names a .wav file
// below a directory, and says {call}, so that no two calls have the same name.
std::optional<std::string> wrong_in_recording_name(std::string_view form);

// Requires: a template with which nothing is wrong.
// Returns: a relative path.
std::string recording_name(std::string_view form, const RecordingFacts& facts);

}  // namespace hotline::cdr
