// A phone that a hotline's calls may ring.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "hotline/base/time.h"
#include "hotline/region/region.h"
#include "hotline/routing/prompt.h"
#include "hotline/routing/source.h"
#include "hotline/schedule/schedule.h"

namespace hotline::routing {

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

}  // namespace hotline::routing
