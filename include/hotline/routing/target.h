// Where a call goes: to a group of phones, through further routes, to a menu, into a queue, to a
// voicemail box, or nowhere. What it points to lives as long as its snapshot.
#pragma once

#include <variant>

#include "hotline/base/cause.h"

namespace hotline::routing {

struct Group;
struct Menu;
struct Queue;
struct RouteSet;
struct Voicemail;

using Target =
    std::variant<const Group*, const RouteSet*, const Menu*, const Queue*, const Voicemail*, Cause>;

}  // namespace hotline::routing
