#include "hotline/call/unconfirmed.h"

namespace hotline::call {

void Unconfirmed::add(CallRef call, Instant answered) {
  if (answered_.try_emplace(call, answered).second) in_order_.insert({answered, call});
}

void Unconfirmed::settle(CallRef call) {
  const auto found = answered_.find(call);
  if (found == answered_.end()) return;
  in_order_.erase({found->second, call});
  answered_.erase(found);
}

Instant Unconfirmed::since() const {
  return in_order_.empty() ? Instant::max() : in_order_.begin()->first;
}

}  // namespace hotline::call
