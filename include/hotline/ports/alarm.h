// What the core asks of time: one alarm, set again and again.
// Thread: the call thread only.
#pragma once

#include "hotline/base/time.h"

namespace hotline::ports {

class Alarm {
 public:
  virtual ~Alarm() = default;

  // Have the switchboard woken at that instant; replaces the former one. Instant::max(): never.
  virtual void wake_at(Instant when) = 0;
};

}  // namespace hotline::ports
