#include "sip/overload.h"

#include <chrono>
#include <utility>

namespace hotline::sip {

bool Overload::turns_away(const std::string& trunk, Milliseconds waited, Instant now) {
  begin_second(now);
  const std::uint32_t of_trunk = ++offered_[trunk];
  const bool away = is_overloaded(waited, now) && of_trunk > sure_;
  if (!away) ++let_in_;
  return away;
}

bool Overload::is_overloaded(Milliseconds waited, Instant now) {
  if (waited < kWait) {
    above_since_ = last_above_ = {};
    return false;
  }
  if (now - last_above_ > kGrace) above_since_ = now;  // nobody has looked meanwhile
  last_above_ = now;
  if (now >= overloaded_until_ && now - above_since_ < kGrace) return false;
  overloaded_until_ = now + kMemory;
  return true;
}

// Half of what was done in the last second is shared out among those who called then; a trunk by
// itself takes what is left.
void Overload::begin_second(Instant now) {
  if (now < second_ends_) return;
  const bool was_just_now = now - second_ends_ < Seconds(1);
  const auto trunks = static_cast<std::uint32_t>(offered_.size());
  sure_ = was_just_now && trunks > 1 ? let_in_ / 2 / trunks : 0;
  offered_.clear();
  let_in_ = 0;
  second_ends_ = now + Seconds(1);
}

}  // namespace hotline::sip
