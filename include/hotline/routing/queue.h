// A queue (排队): callers wait until a phone of its group has a line free, the longest waiting
// first. Built by the loader, then constant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/menu.h"
#include "hotline/routing/prompt.h"
#include "hotline/routing/source.h"
#include "hotline/routing/target.h"

namespace hotline::routing {

struct Queue {
  std::string name;
  std::string key;  // the one of its name in the world: "4001234567/main"
  Source source;
  const Group* group = nullptr;
  bool answers = true;  // the caller is answered while it waits, and pays; else it hears us early
  PromptRef music;      // what it hears; null: the tone
  PromptRef announcement;  // said with the position, or alone; null: nothing
  bool says_position = true;
  bool says_wait = false;      // how long it may take, once that is known
  Seconds announce_every{30};  // 0: only once, when the waiting begins
  Seconds longest_wait{300};
  std::uint32_t most_waiting = 20;
  Seconds retry{10};  // a phone that did not take a call is not rung by the queue for so long
  CallerLists first;  // these callers go before others
  std::vector<Option> options;  // keys that leave it
  // Where a call goes for which there is no room, or that has waited too long.
  Target on_full = Cause::all_busy;
  Target on_timeout = Cause::no_answer;
};

}  // namespace hotline::routing
