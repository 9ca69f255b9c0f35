// A menu (企业总机): the caller is answered, hears a prompt and presses keys. Several keys make an
// extension. Built by the loader, then constant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/routing/prompt.h"
#include "hotline/routing/source.h"
#include "hotline/routing/target.h"

namespace hotline::routing {

// What a caller may press.
struct Option {
  std::string keys;      // "1", "*", "801"
  bool repeats = false;  // says the prompt again; `to` means nothing then
  Target to = Cause::closed;
};

struct Menu {
  std::string name;
  std::string key;  // the one of its name in the world: "4001234567/main"
  Source source;
  PromptRef prompt;
  PromptRef wrong_key;  // said before the prompt when nothing has such keys; null: nothing
  PromptRef ringback;   // of phones that are rung from here
  std::vector<Option> options;
  Seconds timeout{5};  // from the prompt's end to the first key
  Seconds key_gap{3};  // between two keys of one choice
  std::uint32_t tries = 3;
  bool barge_in = true;  // keys count while the prompt is heard
  // Where a call goes whose caller has chosen nothing, or cannot hear us. Never a route set, and
  // never in a circle.
  Target otherwise = Cause::no_answer;
};

}  // namespace hotline::routing
