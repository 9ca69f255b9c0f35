// A voicemail box (留言): the caller is answered, told what it is, and recorded after a beep. Built
// by the loader, then constant.
#pragma once

#include <string>

#include "hotline/base/time.h"
#include "hotline/routing/prompt.h"
#include "hotline/routing/source.h"

namespace hotline::routing {

struct Voicemail {
  std::string name;
  std::string key;  // the one of its name in the world: "4001234567/main"
  Source source;
  PromptRef prompt;
  Seconds longest{120};  // of a message
};

}  // namespace hotline::routing
