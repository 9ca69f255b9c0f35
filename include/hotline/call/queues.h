// Who waits where, in which order. A queue is known by its key, so callers keep their place when a
// new configuration comes. Call thread only.
#pragma once

#include <cstdint>
#include <map>
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
  bool join(const std::string& queue, CallRef call, bool goes_first, std::uint32_t most);
  void leave(CallRef call);
  // How many go before it. Requires: it waits.
  std::uint32_t ahead(CallRef call) const;

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
  };
  struct Line {
    std::vector<Waiting> waiting;
    std::map<std::string, Instant> resting;  // phones, until then
  };

  std::map<std::string, Line> lines_;  // only where somebody waits
  std::unordered_map<CallRef, std::string> where_;
};

}  // namespace hotline::call
