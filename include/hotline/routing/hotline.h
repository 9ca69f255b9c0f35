// One hotline's rules: its phones, groups and routes, as configuration wrote them.
// Built once per load, immutable afterwards; pointers stay inside one Snapshot.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hotline/base/cause.h"
#include "hotline/base/time.h"
#include "hotline/billing/tariff.h"
#include "hotline/region/region.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/source.h"
#include "hotline/schedule/schedule.h"

namespace hotline::routing {

inline constexpr std::size_t kMostPhones = 20;  // bound phones of one hotline

// A phone is a number behind a trunk, or an address of its own.
struct TrunkNumber {
  std::string trunk;
  std::string number;
  friend bool operator==(const TrunkNumber&, const TrunkNumber&) = default;
};
struct PhoneUri {
  std::string uri;  // "sip:li@127.0.0.9:5070": an IP literal, a port
  friend bool operator==(const PhoneUri&, const PhoneUri&) = default;
};
using PhoneAddress = std::variant<TrunkNumber, PhoneUri>;

struct Phone {
  std::string name;
  Source source;
  PhoneAddress address;
  std::string line_key;  // the same real phone in two hotlines shares its lines: "unicom/0216…"
  std::uint32_t lines = 1;
  Seconds ring{25};
  std::shared_ptr<const schedule::Schedule> schedule;  // null: always open
};

enum class RingStrategy : std::uint8_t { sequence, parallel };

struct Group {
  std::string name;
  Source source;
  RingStrategy ring = RingStrategy::sequence;
  std::vector<const Phone*> phones;  // at least one, in ring order
  Cause on_busy = Cause::all_busy;
  Cause on_no_answer = Cause::no_answer;
};

using Target = std::variant<const Group*, Cause>;

// All that is present must hold; the values of one condition are alternatives.
struct Condition {
  region::PlaceSet region;                                           // empty: any
  std::vector<std::shared_ptr<const schedule::Schedule>> schedules;  // empty: always
  std::vector<std::shared_ptr<const CallerList>> caller_lists;       // empty: any
};

struct Route {
  std::string name;  // "otherwise" for the last
  Source source;
  Condition when;
  Target to;
};

enum class Present : std::uint8_t { caller, hotline };  // the number a phone sees
// What a caller hears before an answer: its own carrier's ringing, or what the phone plays.
enum class EarlyMedia : std::uint8_t { none, phone };

struct Hotline {
  std::string number;  // ten digits
  Source source;
  std::string account;
  std::shared_ptr<const billing::Package> package;
  Present present = Present::caller;
  EarlyMedia early_media = EarlyMedia::none;
  Seconds hunt_max{120};
  std::vector<std::shared_ptr<const CallerList>> blacklists;
  std::vector<std::shared_ptr<const CallerList>> whitelists;
  std::vector<std::unique_ptr<const Phone>> phones;
  std::vector<std::unique_ptr<const Group>> groups;
  std::vector<Route> routes;  // first match wins
  Route otherwise;            // an empty condition
};

}  // namespace hotline::routing
