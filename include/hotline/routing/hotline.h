// One hotline's rules: its phones, groups and routes, as configuration wrote them.
// Built once per load, immutable afterwards; pointers stay inside one Snapshot.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "hotline/base/cause.h"
#include "hotline/base/time.h"
#include "hotline/billing/tariff.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/members.h"
#include "hotline/routing/menu.h"
#include "hotline/routing/phone.h"
#include "hotline/routing/prompt.h"
#include "hotline/routing/queue.h"
#include "hotline/routing/rate.h"
#include "hotline/routing/recording.h"
#include "hotline/routing/route.h"
#include "hotline/routing/screening.h"
#include "hotline/routing/source.h"
#include "hotline/routing/target.h"
#include "hotline/routing/voicemail.h"

namespace hotline::routing {

enum class RingStrategy : std::uint8_t {
  sequence,      // in the order written
  parallel,      // all at once
  staged,        // some at once, others added while these ring
  round_robin,   // each call begins with the next phone
  random,        // any order
  weighted,      // shares of the calls, smoothly mixed
  least_recent,  // who answered longest ago first
  fewest_calls,  // who answered fewest calls today first
  longest_idle,  // who has been free longest first
};

struct Group {
  Members phones;  // at least one, in ring order
  RingStrategy ring = RingStrategy::sequence;
  bool sticky = false;                 // the phone that answered this caller last comes first
  std::vector<std::uint16_t> after_s;  // staged: when each begins to ring, never falling
  // weighted: indices of phones, each as often as it weighs, evenly spread.
  std::vector<std::uint8_t> turns;
  std::string name;
  std::string key;  // the one of its name in the world: "4001234567/sales"
  Source source;
  PromptRef ringback;
  PromptRef whisper;
  bool records = false;  // the calls that its phones take
  // What happens when no phone takes the call; never a route set, and never in a circle.
  Target on_busy = Cause::all_busy;
  Target on_no_answer = Cause::no_answer;
  Target on_closed = Cause::closed;

  // Does its plan depend on how many calls it has had?
  bool takes_turns() const {
    return ring == RingStrategy::round_robin || ring == RingStrategy::weighted;
  }
};

// The order in which phones of these weights take turns, as long as their sum: each as often as
// it weighs and as evenly as can be. Phones of weight 0 are not in it.
std::vector<std::uint8_t> smooth_turns(const std::vector<std::uint32_t>& weights);

enum class Present : std::uint8_t { caller, hotline };  // the number a phone sees
// What a caller hears before an answer: its own carrier's ringing, or what the phone plays.
enum class EarlyMedia : std::uint8_t { none, phone };

// Whom a phone may pass its caller on to.
struct Transfers {
  bool to_phones = true;
  std::string trunk;  // numbers that are no phone's go through it; empty: to none of these
};

struct Hotline {
  std::string number;                // ten digits
  std::vector<std::string> aliases;  // further numbers with the same rules
  Source source;
  std::string account;
  std::shared_ptr<const billing::Package> package;
  std::shared_ptr<const Rates> rates;  // of the package; null: none
  Present present = Present::caller;
  EarlyMedia early_media = EarlyMedia::none;
  PromptRef ringback;        // of the hotline or, where it says nothing, of the platform
  PromptRef confirm_prompt;  // what a phone hears that has to press 1; null: none has to
  std::shared_ptr<const Announcements> announcements;  // over the platform's; null: none
  PromptRef whisper;      // what a phone hears that has answered; null: nothing
  bool whispers = false;  // here, or at one of its groups
  PromptRef hold_music;   // of the hotline or, where it says nothing, of the platform; null: "tone"
  Transfers transfers;
  PromptRef survey;         // asks the caller how it was, when the phone has hung up; null: nothing
  PromptRef survey_thanks;  // said to who has pressed a key
  bool answers_refusals = false;  // so that their announcements are heard everywhere; it pays
  Recording recording;
  bool plays_ringback = false;  // here, or at one of its groups or phones
  Seconds hunt_max{120};
  // What each decision reads stands together.
  Screening screening;
  std::shared_ptr<const AccountRules> account_rules;  // null: none
  std::optional<MonthCap> month_cap;
  boost::container::small_vector<std::unique_ptr<Group>, 4> groups;
  Routes routes;
  Route otherwise;                     // an empty condition
  Target at_cap = Cause::cap_reached;  // never a route set
  std::vector<std::unique_ptr<Phone>> phones;
  std::vector<std::unique_ptr<Menu>> menus;
  std::vector<std::unique_ptr<Queue>> queues;
  std::vector<std::unique_ptr<Voicemail>> voicemails;
  std::vector<std::unique_ptr<RouteSet>> route_sets;
  bool remembers_callers = false;  // a rule asks for a caller's last call
};

// What the caller of that hotline hears while that phone of that group rings: the nearest level
// that says something counts. `menu`: the last one that was chosen in; null: none was.
// Returns: a path, "tone", or empty: nothing of ours.
const std::string& ringback_of(const Hotline& called, const Menu* menu, const Group& group,
                               const Phone& phone);

// What that group's phones hear before they hear a caller of that hotline. Returns: a path, "tone",
// or empty: nothing.
const std::string& whisper_of(const Hotline& called, const Group& group);
// What a caller of that hotline hears while it is passed on. Returns: as above.
const std::string& hold_music_of(const Hotline& called);

// What traces and records of a call call a group, a phone, a menu or a queue: by its name, or by
// its key where it is another hotline's than the one that was called. Returns: a part of what is
// named.
const std::string& name_at(const Hotline& called, const Group& group);
const std::string& name_at(const Hotline& called, const Phone& phone);
const std::string& name_at(const Hotline& called, const Menu& menu);
const std::string& name_at(const Hotline& called, const Queue& queue);
const std::string& name_at(const Hotline& called, const Voicemail& voicemail);
// The hotline's own phone of that name; null: it has none.
const Phone* phone_of(const Hotline& hotline, std::string_view name);
// The key of what is named so, where that number was called.
std::string key_of(const std::string& called, const std::string& name);

}  // namespace hotline::routing
