// What routing says about one call: whom to ring, where it is asked or waits, or why it is refused,
// and by which rules.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/number/number.h"
#include "hotline/region/region.h"
#include "hotline/routing/asked.h"
#include "hotline/routing/facts.h"
#include "hotline/routing/snapshot.h"

namespace hotline::routing {

// Phones in ring order; those of one stage ring together. The next stage follows when all phones
// that ring have failed, or when its time has come, whichever is first. A sequence has one phone
// a stage, a parallel group one stage.
struct RingPlan {
  static constexpr std::uint16_t kWhenOthersFailed = 0xffff;

  struct Entry {
    const Phone* phone = nullptr;
    std::uint8_t stage = 0;
    std::uint16_t after_s = kWhenOthersFailed;  // the plan's begin
  };

  const Group* group = nullptr;
  std::array<Entry, kMostPhones> entries{};
  std::uint8_t size = 0;
};

// One rule that was looked at, and what it said.
struct TraceStep {
  enum class Said : std::uint8_t {
    matched,
    other_region,
    other_kind,
    other_carrier,
    other_caller,
    other_date,
    other_time,
    other_account_state,
    no_repeat,     // the caller has not called of late
    lines_free,    // not all phones are busy
    other_share,   // the dice sent it elsewhere
    passed_on,     // a route set that took nothing
    listed,        // a blacklist or whitelist holds the caller
    blocked,       // the caller is refused for a while
    too_many,      // the caller has as many calls as it may
    cap_reached,   // the month's calls or money are used up
    phone_shut,    // a phone left out by its own schedule
    phone_paused,  // a phone left out by hand, or after failures
    all_shut,      // no phone of the group is open
    all_busy,      // no phone of the group has a line free, or all that are open are paused
    no_answer,     // phones of the group rang, none answered
    not_heard,     // the caller cannot hear a menu
    pressed,       // the caller chose by these keys
    not_chosen,    // the caller chose nothing a menu has
    full,          // no room in the queue
    waited,        // as long as the queue lets anybody wait
  };

  const Source* source = nullptr;     // lives as long as the snapshot
  const std::string* name = nullptr;  // as long as snapshot and decision
  const char* rule = "";              // "whitelist", "blacklist", "route", "group", "phone", …
  Said said = Said::matched;
  schedule::Basis basis = schedule::Basis::weekly;  // meaningful where a schedule was asked
  bool asked_schedule = false;
};
using Trace = std::vector<TraceStep>;

using Verdict = std::variant<RingPlan, const Menu*, const Queue*, const Voicemail*, Cause>;

struct Decision {
  Verdict verdict;
  region::Located located;
  Trace trace;
  Asked asked;  // the facts it rests on
  const Hotline* called = nullptr;
  std::shared_ptr<const std::string> block_why;  // of the trace's step about a block by hand
};

// A call to decide about.
struct Question {
  const Snapshot& snapshot;
  const Hotline& hotline;  // of that snapshot
  const number::Number& caller;
  WallTime when;
  const Facts& facts;
};

// Decides about a call. Costs about a microsecond; reads no clock, remembers nothing: the same
// question gives the same decision.
Decision decide(const Question& question);

// Does a whitelist hold the caller before any blacklist does? Such a caller is never refused for
// calling often.
bool is_welcome(const Question& question);

// Why a group's phones did not take a call.
enum class Failed : std::uint8_t { busy, no_answer };

// Decides where a call goes on whose plan is used up. `located` is left empty.
Decision decide_overflow(const Question& question, const Group& group, Failed why);

// Decides where a call goes on that has pressed these keys. `option` is one of the menu's that does
// not repeat; null: the caller chose nothing.
Decision decide_choice(const Question& question, const Menu& menu, const Option* option);

// Why a call leaves a queue without a phone.
enum class Left : std::uint8_t { full, waited, by_key };

// Decides where it goes on. `option` is one of the queue's, and null unless it left by_key.
Decision decide_leaving(const Question& question, const Queue& queue, Left why,
                        const Option* option = nullptr);

// The phones of the queue's group that may be rung for it now: open, not paused, with a line free.
// Requires: the queue has a group.
RingPlan free_phones(const Question& question, const Queue& queue);

// Does that caller go before others who wait?
bool goes_first(const Question& question, const Queue& queue);

// One rule as a person reads it: "hotlines/4001234567.toml:31 route east: other region".
std::string describe(const TraceStep& step);
// The trace, a line a rule.
std::string describe(const Trace& trace);

// Where the trace and the verdict say that the call went: "group sales", "refused: closed", of
// another hotline's group "group 4006006600/sales"; "menu main", "queue main".
std::string outcome(const Decision& decision);

}  // namespace hotline::routing
