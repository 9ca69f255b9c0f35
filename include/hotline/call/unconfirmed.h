// The calls whose callers may not have confirmed the answer yet. A restart must know them, for they
// are told once more, and pay from then on. Pure. Thread: the call thread.
#pragma once

#include <set>
#include <unordered_map>
#include <utility>

#include "hotline/base/ids.h"
#include "hotline/base/time.h"

namespace hotline::call {

class Unconfirmed {
 public:
  // The answer was given to the journal at that time; the caller hears of it later.
  void add(CallRef call, Instant answered);
  // It is confirmed, or the call is over. Nothing happens where it was before.
  void settle(CallRef call);
  // All answers before that are confirmed; max: all are.
  Instant since() const;

 private:
  std::unordered_map<CallRef, Instant> answered_;
  std::set<std::pair<Instant, CallRef>> in_order_;
};

}  // namespace hotline::call
