#include "hotline/routing/hotline.h"

namespace hotline::routing {

const std::string& ringback_of(const Hotline& called, const Group& group, const Phone& phone) {
  static const std::string nothing;
  for (const PromptRef* prompt : {&phone.ringback, &group.ringback, &called.ringback}) {
    if (*prompt) return (*prompt)->path;
  }
  return nothing;
}

}  // namespace hotline::routing
