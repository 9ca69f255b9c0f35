#include "hotline/routing/prompt.h"

#include "hotline/routing/hotline.h"

namespace hotline::routing {
namespace {

const std::string kNothing;

}  // namespace

const std::string& ringback_of(const Hotline& called, const Menu* menu, const Group& group,
                               const Phone& phone) {
  const PromptRef none;
  const PromptRef& of_menu = menu == nullptr ? none : menu->ringback;
  for (const PromptRef* prompt : {&phone.ringback, &group.ringback, &of_menu, &called.ringback}) {
    if (*prompt) return (*prompt)->path;
  }
  return kNothing;
}

const std::string& whisper_of(const Hotline& called, const Group& group) {
  const PromptRef& nearest = group.whisper ? group.whisper : called.whisper;
  return nearest ? nearest->path : kNothing;
}

const std::string& hold_music_of(const Hotline& called) {
  static const std::string tone = "tone";
  return called.hold_music ? called.hold_music->path : tone;
}

bool may_be_announced(Cause cause) {
  switch (cause) {
    case Cause::unknown_number:
    case Cause::blacklisted:
    case Cause::withheld:
    case Cause::region_refused:
    case Cause::cap_reached:
    case Cause::caller_limit:
    case Cause::suspended:
    case Cause::no_credit:
    case Cause::closed:
    case Cause::no_answer:
    case Cause::all_busy:
    case Cause::trunk_failed:
      return true;
    case Cause::media_unsupported:
    case Cause::overload:
    case Cause::store_down:
    case Cause::draining:
    case Cause::hop_limit:
    case Cause::loop:
    case Cause::cancelled:
    case Cause::hung_up:
    case Cause::credit_ended:
    case Cause::longest_call:
    case Cause::operator_ended:
    case Cause::shutdown:
    case Cause::caller_lost:
    case Cause::session_expired:
    case Cause::media_lost:
    case Cause::crash:
      return false;
  }
  return false;
}

const std::string& announcement_for(const Announcements* announcements, Cause cause) {
  if (announcements == nullptr) return kNothing;
  const auto found = announcements->find(cause);
  return found == announcements->end() ? kNothing : found->second->path;
}

}  // namespace hotline::routing
