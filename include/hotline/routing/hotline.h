// One hotline's rules: its phones, groups and routes, as configuration wrote them.
// Built once per load, immutable afterwards; pointers stay inside one Snapshot.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hotline/base/cause.h"
#include "hotline/base/time.h"
#include "hotline/billing/tariff.h"
#include "hotline/region/region.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/condition.h"
#include "hotline/routing/menu.h"
#include "hotline/routing/prompt.h"
#include "hotline/routing/queue.h"
#include "hotline/routing/rate.h"
#include "hotline/routing/recording.h"
#include "hotline/routing/screening.h"
#include "hotline/routing/source.h"
#include "hotline/routing/target.h"
#include "hotline/routing/voicemail.h"
#include "hotline/schedule/schedule.h"

namespace hotline::routing {

inline constexpr std::size_t kMostPhones = 20;  // bound phones of one hotline

// A phone is a number behind a trunk, an address of its own, or wherever it says that it is.
struct TrunkNumber {
  std::string trunk;
  std::string number;
  friend bool operator==(const TrunkNumber&, const TrunkNumber&) = default;
};
struct PhoneUri {
  std::string uri;  // "sip:li@127.0.0.9:5070": an IP literal, a port
  friend bool operator==(const PhoneUri&, const PhoneUri&) = default;
};
struct PhoneUser {
  std::string user;  // as which it registers (RFC 3261 §10)
  friend bool operator==(const PhoneUser&, const PhoneUser&) = default;
};
using PhoneAddress = std::variant<TrunkNumber, PhoneUri, PhoneUser>;
// What a person calls it, beside its trunk: the number, the URI, the user.
const std::string& name_of(const PhoneAddress& address);
// The one of its name in the world: "unicom/02161234567", "sip:li@127.0.0.9:5070", "user/li".
std::string line_key_of(const PhoneAddress& address);

// The province that a phone's number belongs to, "未知" where the table does not know; empty where
// it has no number.
std::string province_of(const PhoneAddress& address, const region::Table& regions);

struct Phone {
  std::string name;  // in its hotline; of an outside number what was written
  std::string key;   // the one of its name in the world: "4001234567/desk"
  Source source;
  PhoneAddress address;
  std::string line_key;  // the same real phone in two hotlines shares its lines: "unicom/0216…"
  std::uint32_t lines = 1;
  Seconds ring{25};
  Seconds wrap_up{0};                                  // a line rests so long after a call
  std::uint32_t pause_after = 0;                       // failed attempts in a row; 0: never
  Seconds pause_for{0};                                // how long it then rests
  std::shared_ptr<const schedule::Schedule> schedule;  // null: always open
  Seconds confirm{0};          // who answers has so long to press 1; 0: need not
  bool keeps_history = false;  // a strategy asks what it has done
  PromptRef ringback;
};

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

// A phone in a group. Its hours stand here too: among ten thousand hotlines a phone is seldom in
// the processor's cache, and most phones need not be looked at to plan a call.
struct Member {
  // Requires: the phone has its schedule already.
  Member(const Phone* of) : phone(of), hours(of->schedule.get()) {}  // NOLINT(google-explicit-*)

  const Phone* phone;
  const schedule::Schedule* hours;  // null: always open
  friend bool operator==(const Member& a, const Member& b) { return a.phone == b.phone; }
};

struct Group {
  std::string name;
  std::string key;  // the one of its name in the world: "4001234567/sales"
  Source source;
  RingStrategy ring = RingStrategy::sequence;
  std::vector<Member> phones;          // at least one, in ring order
  std::vector<std::uint16_t> after_s;  // staged: when each begins to ring, never falling
  // weighted: indices of phones, each as often as it weighs, evenly spread.
  std::vector<std::uint8_t> turns;
  bool sticky = false;  // the phone that answered this caller last comes first
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

struct Route {
  std::string name;  // "otherwise" for the last
  Source source;
  Condition when;
  Target to = Cause::closed;
};

// Routes that others jump to. A call that none of them takes goes on behind the jump.
struct RouteSet {
  std::string name;
  Source source;
  std::vector<Route> routes;
};

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
  Screening screening;
  std::shared_ptr<const AccountRules> account_rules;  // null: none
  std::optional<MonthCap> month_cap;
  Target at_cap = Cause::cap_reached;  // never a route set
  std::vector<std::unique_ptr<Phone>> phones;
  std::vector<std::unique_ptr<Group>> groups;
  std::vector<std::unique_ptr<Menu>> menus;
  std::vector<std::unique_ptr<Queue>> queues;
  std::vector<std::unique_ptr<Voicemail>> voicemails;
  std::vector<std::unique_ptr<RouteSet>> route_sets;
  std::vector<Route> routes;       // first match wins
  Route otherwise;                 // an empty condition
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
