// Who waits where, in which order. A queue is known by its key, so callers keep their place when a
// new configuration comes. Call thread only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "hotline/base/ids.h"
#include "hotline/base/time.h"

namespace hotline::call {

class Queues {
 public:
  // Waits there, behind all others or, if it goes first, behind those who do; and nowhere else.
  // False: so many wait already.
  bool join(const std::string& queue, CallRef call, bool goes_first, std::uint32_t most,
            Instant now);
  void leave(CallRef call);
  // As leave(): a phone has taken it. Where it had to wait for one, that says how fast its queue
  // moves.
  void taken(CallRef call, Instant now);

  struct Place {
    std::uint32_t ahead = 0;               // so many go before it
    std::optional<Milliseconds> expected;  // how long it may still take; nobody knows: nullopt
  };
  // What a call that has to wait is told. Requires: it waits.
  Place place(CallRef call, Instant now);

  // A phone that did not take a call of the queue is not rung for it until then.
  void rest(const std::string& queue, const std::string& line_key, Instant until);
  bool rests(const std::string& queue, const std::string& line_key, Instant now) const;

  bool empty() const { return where_.empty(); }
  // All who wait, queue by queue, each in its order.
  std::vector<CallRef> all() const;
  // How many wait in each queue that somebody waits in.
  std::map<std::string, std::uint32_t> lengths() const;

 private:
  struct Waiting {
    CallRef call;
    bool goes_first = false;
    bool has_to_wait = false;  // no phone was free when it came
  };
  struct Line {
    std::vector<Waiting> waiting;
    std::map<std::string, Instant> resting;  // phones, until then
    Instant since;  // phones have been waited for since then, or since one took a call
  };
  // How long phones take to take one caller after the other, while some wait.
  struct Pace {
    Milliseconds apart;
    Instant known_at;
  };

  Line& line_of(CallRef call);
  void forget_old_paces(Instant now);

  std::map<std::string, Line> lines_;  // only where somebody waits
  std::map<std::string, Pace> paces_;  // of the last hour
  std::unordered_map<CallRef, std::string> where_;
};

}  // namespace hotline::call
