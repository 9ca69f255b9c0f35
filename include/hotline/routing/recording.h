// Which calls of a hotline are recorded.
#pragma once

#include "hotline/number/number.h"
#include "hotline/region/region.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/prompt.h"

namespace hotline::routing {

struct Group;
struct Hotline;

struct Recording {
  bool all = false;
  CallerLists callers;  // whose calls are, of any group
  PromptRef notice;     // what both sides hear first; null: nothing
};

// Is a call of that caller to that hotline recorded, once a phone of that group has taken it?
bool is_recorded(const Hotline& called, const Group& group, const number::Number& caller,
                 const region::Table& regions);

}  // namespace hotline::routing
